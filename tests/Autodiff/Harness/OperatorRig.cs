using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>
/// One operator with its places in a plan, its passes run one by one on any inputs, adjoints and tangents. Everything that a pass is to write is NaN before it.
/// </summary>
internal sealed class OperatorRig<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Operator _operator;
    private readonly ISamples _samples;
    private readonly Plan<T> _plan;
    private readonly int _node;
    private readonly Frame<T> _frame;
    private readonly Parameter[] _parameters;
    private int _directions;

    /// <summary>Compiles the operator.</summary>
    /// <param name="operator">What is tested.</param>
    /// <param name="device">Where.</param>
    /// <param name="surroundings">What lies around it.</param>
    /// <param name="directions">The largest number of directions.</param>
    /// <param name="samplesOf">Samples with what the network's loss needs; their inputs do not count.</param>
    public OperatorRig(Operator @operator, Device device, Surroundings surroundings, int directions, Func<Network, ISamples> samplesOf)
    {
        _operator = @operator;
        var surrounded = new SurroundedNetwork(@operator, surroundings);
        Network network = surrounded.Network;
        _node = surrounded.Node;
        _samples = samplesOf(network);
        Point = new Point(@operator, _samples.Count);
        long perDirection = (2L * network.ParameterCount) + (2L * _samples.Count * network.Values.Sum(shape => (long)shape.Size));
        _plan = new Plan<T>(network, device, new PlanBudget(_samples.Count, directions * perDirection * sizeof(double)));
        _plan.SetParameters(new T[network.ParameterCount]);
        _frame = new PlanFrame<T>(_plan, _node);
        _parameters = [.. network.Parameters.Where(parameter => parameter.Node == _node)];
        Place(directions);
        Assert.True(_plan.AllParameters.Capacity >= directions);
        Assert.Equal(surroundings == Surroundings.Shared, _frame.Accumulates());
        Assert.Equal(surroundings == Surroundings.Constant, _frame.InputAdjoint().IsEmpty && _frame.InputTangent().IsEmpty);
    }

    /// <summary>The layout of z, its adjoints and tangents.</summary>
    public Point Point { get; }

    public void Dispose() => _plan.Dispose();

    /// <summary>y at z.</summary>
    public double[] Forward(double[] z)
    {
        for (int i = 0; i < _operator.Inputs.Count; i++)
            Write(_frame.Input(i), Point.Block(z, i));
        for (int k = 0; k < _parameters.Length; k++)
            Write(_frame.Parameter(k), Point.Parameter(z, k));
        Blank(_frame.Output);
        Blank(_frame.Saved);
        _operator.Forward(_frame);
        return Read(_frame.Output);
    }

    /// <summary>z̄ at z from ȳ. A loss has no ȳ but the samples' weights.</summary>
    public double[] Adjoint(double[] z, double[] yAdjoint)
    {
        Forward(z);
        return RunAdjoint(yAdjoint);
    }

    /// <summary>The inputs' part of z̄ from a pass that is not asked for the parameters' part and leaves alone what lies in its place; the rest is 0.</summary>
    public double[] AdjointOfValues(double[] z, double[] yAdjoint)
    {
        View<T>[] places = [.. _parameters.Select((_, k) => _frame.ParameterAdjoint(k))];
        foreach (View<T> place in places)
            Blank(place);
        _plan.AdjointOfValues();
        Assert.All(_parameters, (_, k) => Assert.True(_frame.ParameterAdjoint(k).IsEmpty));
        double[] adjoint = Adjoint(z, yAdjoint);
        Assert.All(places.SelectMany(Read), element => Assert.True(double.IsNaN(element)));
        _directions = 0; // the next run places everything anew, with the gradient
        return adjoint;
    }

    /// <summary>ẏ and z̄˙ for all directions, after the first two passes. A loss has neither ẏ nor ȳ˙.</summary>
    public (double[][] OutputTangents, double[][] TangentAdjoints) Directions(double[] z, double[] yAdjoint, double[][] zTangents, double[][] yTangentAdjoints)
    {
        Place(zTangents.Length);
        Adjoint(z, yAdjoint);
        return (RunTangent(zTangents), RunTangentAdjoint(yTangentAdjoints));
    }

    /// <summary>z̄˙ for one direction when no adjoint pass has run: the Gauss–Newton part.</summary>
    public double[] WithoutAdjoints(double[] z, double[] zTangent, double[] yTangentAdjoint)
    {
        _plan.Forward();
        _plan.MultiplyDense(1);
        _directions = 0; // the next run places everything anew, with adjoints
        Forward(z);
        RunTangent([zTangent]);
        return RunTangentAdjoint([yTangentAdjoint])[0];
    }

    // A plan hands out its places while it runs; it keeps them for the block of directions that ran last.
    private void Place(int directions)
    {
        if (_directions == directions)
            return;
        _directions = directions;
        _plan.Load(_samples, 0, _samples.Count);
        _plan.Forward();
        _plan.Adjoint();
        _plan.MultiplyDense(directions);
    }

    private double[] RunAdjoint(double[] yAdjoint)
    {
        Write(_frame.OutputAdjoint, yAdjoint);
        for (int i = 0; i < _operator.Inputs.Count; i++)
            Write(_frame.InputAdjoint(i), Before(i, _frame.InputAdjoint(i).Length));
        for (int k = 0; k < _parameters.Length; k++)
            Blank(_frame.ParameterAdjoint(k));
        _operator.Adjoint(_frame);
        var adjoint = new double[Point.Length];
        for (int i = 0; i < _operator.Inputs.Count; i++)
            Written(i, _frame.InputAdjoint(i)).CopyTo(Point.Block(adjoint, i));
        for (int k = 0; k < _parameters.Length; k++)
            Read(_frame.ParameterAdjoint(k)).CopyTo(Point.Parameter(adjoint, k));
        return adjoint;
    }

    // What is to be written is blank before the inputs are there, as an operator may act in place; likewise below.
    private double[][] RunTangent(double[][] zTangents)
    {
        if (_operator is not Loss)
            Blank(_frame.OutputTangent);
        for (int i = 0; i < _operator.Inputs.Count; i++)
            Write(_frame.InputTangent(i), [.. zTangents.SelectMany(z => Point.Block(z, i).ToArray())]);
        int n = _plan.Network.ParameterCount;
        var directions = new double[zTangents.Length * n];
        for (int v = 0; v < zTangents.Length; v++)
        {
            for (int k = 0; k < _parameters.Length; k++)
                Point.Parameter(zTangents[v], k).CopyTo(directions.AsSpan((v * n) + _parameters[k].Offset));
        }

        Write(_plan.AllParameters.Directions, directions);
        if (_operator is Loss)
            return [];
        _operator.Tangent(_frame);
        return [.. Read(_frame.OutputTangent).Chunk(_frame.OutputTangent.Length / zTangents.Length)];
    }

    private double[][] RunTangentAdjoint(double[][] yTangentAdjoints)
    {
        int n = _plan.Network.ParameterCount, count = _plan.Directions;
        for (int i = 0; i < _operator.Inputs.Count; i++)
            Write(_frame.InputTangentAdjoint(i), Before(i, _frame.InputTangentAdjoint(i).Length));
        Write(_frame.OutputTangentAdjoint, [.. yTangentAdjoints.SelectMany(y => y)]);
        Blank(_plan.AllParameters.Result);
        _operator.TangentAdjoint(_frame);
        double[][] inputs = [.. _operator.Inputs.Select((_, i) => Written(i, _frame.InputTangentAdjoint(i)))];
        double[] products = Read(_plan.AllParameters.Result.Slice(0, count * n));
        var results = new double[count][];
        for (int v = 0; v < count; v++)
        {
            double[] result = results[v] = new double[Point.Length];
            for (int i = 0; i < inputs.Length; i++)
                inputs[i].AsSpan(v * inputs[i].Length / count, inputs[i].Length / count).CopyTo(Point.Block(result, i));
            for (int k = 0; k < _parameters.Length; k++)
                products.AsSpan((v * n) + _parameters[k].Offset, _parameters[k].Size).CopyTo(Point.Parameter(result, k));
        }

        return results;
    }

    // What lies in an input's adjoint before the pass: another user's share, where there is one. It is the same for all directions, so that taking it off again
    // rounds the same.
    private double[] Before(int input, int length)
    {
        if (!_frame.Accumulates(input))
            return [.. Enumerable.Repeat(double.NaN, length)];
        double[] share = Point.Normals(new Random(input), Point.Lengths[input]);
        return [.. Enumerable.Range(0, length).Select(i => share[i % share.Length])];
    }

    private double[] Written(int input, View<T> adjoint)
    {
        double[] after = Read(adjoint);
        return _frame.Accumulates(input) ? Near.Moved(after, -1, Before(input, after.Length)) : after;
    }

    private static void Blank(View<T> view) => Write(view, [.. Enumerable.Repeat(double.NaN, view.Length)]);

    // What is not wanted has an empty view.
    private static void Write(View<T> view, ReadOnlySpan<double> values)
    {
        if (view.IsEmpty)
            return;
        var converted = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
            converted[i] = T.CreateTruncating(values[i]);
        view.Write(converted);
    }

    private static double[] Read(View<T> view)
    {
        var values = new T[view.Length];
        view.Read(values);
        return Array.ConvertAll(values, double.CreateTruncating);
    }
}
