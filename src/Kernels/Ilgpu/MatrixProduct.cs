using System.Numerics;
using ILGPU;

namespace BasinVolume.Kernels.Ilgpu;

/// <summary>c = a b: one thread an element of c, its sum in ascending k.</summary>
internal sealed class MatrixProduct<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<Arguments> _kernel = device.Load<Arguments>(Multiply);

    public void Launch(int members, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
    {
        if (a.Columns != b.Rows || c.Rows != a.Rows || c.Columns != b.Columns)
            throw new ArgumentException($"A {a.Rows} x {a.Columns} matrix times a {b.Rows} x {b.Columns} one does not give a {c.Rows} x {c.Columns} one.", nameof(c));
        _kernel.Launch((long)members * c.Rows * c.Columns, new Arguments
        {
            A = Operand.Of(device, a, members),
            B = Operand.Of(device, b, members),
            C = Operand.Of(device, c, members),
            Inner = a.Columns,
            Rows = c.Rows,
            Columns = c.Columns,
            Accumulate = accumulate ? 1 : 0,
        });
    }

    internal static void Multiply(Index1D thread, Arguments arguments)
    {
        int column = thread % arguments.Columns;
        int rest = thread / arguments.Columns;
        int row = rest % arguments.Rows;
        int member = rest / arguments.Rows;

        int a = (member * arguments.A.BatchStride) + (row * arguments.A.RowStride);
        int b = (member * arguments.B.BatchStride) + (column * arguments.B.ColumnStride);
        int c = (member * arguments.C.BatchStride) + (row * arguments.C.RowStride) + (column * arguments.C.ColumnStride);
        T sum = T.Zero;
        for (int k = 0; k < arguments.Inner; k++)
        {
            sum += arguments.A.Elements[a] * arguments.B.Elements[b];
            a += arguments.A.ColumnStride;
            b += arguments.B.RowStride;
        }

        arguments.C.Elements[c] = arguments.Accumulate != 0 ? arguments.C.Elements[c] + sum : sum;
    }

    internal struct Operand
    {
        public ArrayView<T> Elements;
        public int BatchStride;
        public int RowStride;
        public int ColumnStride;

        public static Operand Of(IlgpuDevice device, in MatrixBatch<T> matrices, int members) => new()
        {
            Elements = device.Take(matrices, members),
            BatchStride = matrices.BatchStride,
            RowStride = matrices.RowStride,
            ColumnStride = matrices.ColumnStride,
        };
    }

    internal struct Arguments
    {
        public Operand A;
        public Operand B;
        public Operand C;
        public int Inner;
        public int Rows;
        public int Columns;
        public int Accumulate;
    }
}
