using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Traces;

/// <summary>A matrix whose products are computed in single precision.</summary>
internal sealed class SingleMap : ILinearMap
{
    private readonly float[] _elements;

    public SingleMap(Matrix matrix)
    {
        Order = matrix.Rows;
        _elements = [.. matrix.Values.Select(value => (float)value)];
    }

    public int Order { get; }

    public double UnitRoundoff => Spectrum.SingleRoundoff;

    // What the matrix is after it was rounded.
    public double Trace => Enumerable.Range(0, Order).Sum(i => (double)_elements[i * (Order + 1)]);

    public double[] Diagonal => [.. Enumerable.Range(0, Order).Select(i => (double)_elements[i * (Order + 1)])];

    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        float[] direction = new float[Order];
        for (int row = 0; row < directions.Rows; row++)
        {
            for (int i = 0; i < Order; i++)
                direction[i] = (float)directions[row, i];
            for (int i = 0; i < Order; i++)
            {
                float sum = 0;
                for (int j = 0; j < Order; j++)
                    sum += _elements[(i * Order) + j] * direction[j];
                products[row, i] = sum;
            }
        }
    }
}
