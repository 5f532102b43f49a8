using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Solvers;

/// <summary>
/// Runs the recurrences of several right-hand sides, whose products are taken together. Where a recurrence says that it is done, a product with x tells the
/// true residual; what rounding has left is solved for by a recurrence of its own, as long as each halves the residual.
/// </summary>
internal static class BlockSolve
{
    // What a recurrence aims at, so that its own rounding does not leave the true residual just above the tolerance.
    private const double Margin = 0.5;

    /// <summary>Solves for each row.</summary>
    /// <param name="map">A.</param>
    /// <param name="rightHandSides">[B, n].</param>
    /// <param name="options">How far.</param>
    /// <param name="recurrence">Begins the recurrence for a residual.</param>
    /// <param name="progress">Told the share of the way to the tolerance.</param>
    /// <param name="cancellation">Checked before each product.</param>
    public static ImmutableArray<Solution> Run(
        ILinearMap map,
        Matrix rightHandSides,
        SolveOptions options,
        Func<double[], KrylovRecurrence> recurrence,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(rightHandSides);
        ArgumentNullException.ThrowIfNull(options);
        options.Checked();
        if (rightHandSides.Columns != map.Order)
            throw new MatrixException(
                $"The right-hand sides have {rightHandSides.Columns} elements where the map has order {map.Order}: take both from the same network.");
        OneSystem[] systems = [.. Enumerable.Range(0, rightHandSides.Rows).Select(row => new OneSystem(rightHandSides.Row(row), map, options, recurrence))];
        while (systems.Any(system => system.Solution is null))
        {
            // Those that are at their end wait for the others, so that the true residuals are one block of products too.
            OneSystem[] stepping = [.. systems.Where(system => system.IsStepping)];
            OneSystem[] next = stepping.Length > 0 ? stepping : [.. systems.Where(system => system.Solution is null)];
            Matrix directions = new(next.Length, map.Order), products = new(next.Length, map.Order);
            for (int row = 0; row < next.Length; row++)
                next[row].Direction.CopyTo(directions.Row(row));
            cancellation.ThrowIfCancellationRequested();
            map.Multiply(directions, products, cancellation);
            for (int row = 0; row < next.Length; row++)
                next[row].Accept(products.Row(row));
            progress?.Report(systems.Min(system => system.Share));
        }

        return [.. systems.Select(system => system.Solution!)];
    }

    /// <summary>One right-hand side: the recurrence that is going on, and what the ones before it have found.</summary>
    private sealed class OneSystem
    {
        private readonly double[] _rightHandSide;
        private readonly double _length;
        private readonly double _roundoff;
        private readonly SolveOptions _options;
        private readonly Func<double[], KrylovRecurrence> _begin;
        private readonly double[] _vector;
        private KrylovRecurrence? _recurrence;
        private double _residual;
        private double _norm;
        private double _share;
        private int _products;

        public OneSystem(ReadOnlySpan<double> rightHandSide, ILinearMap map, SolveOptions options, Func<double[], KrylovRecurrence> begin)
        {
            (_rightHandSide, _options, _begin, _roundoff) = (rightHandSide.ToArray(), options, begin, map.UnitRoundoff);
            _vector = new double[rightHandSide.Length];
            _residual = _norm = _length = EuclideanNorm.Of(rightHandSide);
            if (!double.IsFinite(_length))
                throw new MatrixException("A right-hand side is not finite: check where it comes from.");
            if (_length == 0)
                Solution = new(_vector, 0, 0, 0, Reason: null);
            else
                _recurrence = begin(_rightHandSide);
        }

        public Solution? Solution { get; private set; }

        /// <summary>The share of the way from ‖b‖ to the tolerance, by logarithms.</summary>
        public double Share => Solution is null ? _share : 1;

        /// <summary>Whether the recurrence has another step; a last product tells the residual.</summary>
        public bool IsStepping => Solution is null && _recurrence is { Breakdown: null, IsExhausted: false }
            && _norm > Margin * _options.Tolerance * _length && _products + 1 < _options.MaxProducts;

        /// <summary>What to multiply: the recurrence's direction, or x at its end.</summary>
        public ReadOnlySpan<double> Direction => IsStepping ? _recurrence!.Direction : Total();

        /// <summary>Takes A times <see cref="Direction"/>.</summary>
        public void Accept(ReadOnlySpan<double> product)
        {
            bool stepping = IsStepping;
            _products++;
            if (stepping)
                Step(product);
            else
                Judge(product);
        }

        private void Step(ReadOnlySpan<double> product)
        {
            _recurrence!.Accept(product);
            _norm = EuclideanNorm.Plain(_recurrence.Residual);
            if (!double.IsFinite(_norm))
                throw new MatrixException($"Product {_products} of a linear system is not finite; give a map with finite products.");
            _share = Math.Max(_share, Math.Clamp(Math.Log(_norm / _length) / Math.Log(Margin * _options.Tolerance), 0, 1));
        }

        // The true residual of x decides: solved, given up, or another recurrence for what is left.
        private void Judge(ReadOnlySpan<double> product)
        {
            double[] left = new double[_rightHandSide.Length];
            for (int i = 0; i < left.Length; i++)
                left[i] = _rightHandSide[i] - product[i];
            double residual = EuclideanNorm.Of(left);
            bool better = residual <= _residual;
            if (better)
                Total().CopyTo(_vector, 0);
            string? breakdown = _recurrence!.Breakdown;
            double before = _residual;
            _residual = better ? residual : _residual;
            if (_residual <= _options.Tolerance * _length)
                Solution = new(_vector, _residual, _residual / _length, _products, Reason: null);
            else if (breakdown is not null || _products + 2 > _options.MaxProducts || !(residual <= before / 2))
                Solution = new(_vector, _residual, _residual / _length, _products, Why(breakdown));
            else
                (_recurrence, _norm) = (_begin(left), residual);
        }

        private double[] Total()
        {
            double[] total = [.. _vector];
            Vectors.Add<double>(total, _recurrence!.Solution);
            return total;
        }

        private string Why(string? breakdown)
        {
            string reached = string.Create(
                CultureInfo.InvariantCulture,
                $"After {_products} products the residual is {_residual / _length:g3} of the right-hand side where {_options.Tolerance:g3} is asked for");
            if (breakdown is not null)
                return $"{breakdown} {reached}.";
            return _products + 2 > _options.MaxProducts
                ? $"{reached}; allow more products, or a larger tolerance."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{reached}, and more products do not lower it: they are known to {_roundoff:g2} only, or the matrix is nearly singular; "
                    + $"take a larger tolerance or a shift, or compute in float64.");
        }
    }
}
