using System.Numerics;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// A convolution, or one of its transposes, as a product of matrices that are gathered while they are fetched; <see cref="ConvolutionForm{T}"/> says which.
/// One group of threads computes a patch as in <see cref="TiledProduct{T, TTile}"/>: some terms are in shared memory, the next ones are on their way to
/// registers while it multiplies. Each thread sums 8 × 4 elements in registers, in stretches of <see cref="MatrixProduct{T}.Stretch"/> terms.
/// </summary>
internal sealed class TiledConvolution<T, TPatch>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TPatch : struct, IPatch
{
    private readonly IlgpuGroupKernel<ConvolutionArguments<T>> _kernel = device.LoadGroups<ConvolutionArguments<T>>(Multiply, TPatch.Threads);

    // Threads that fetch one term; a thread's lines lie so many apart.
    private static int Apart => TPatch.Threads / TileEdge<T>.Depth;

    public void Launch(ConvolutionArguments<T> arguments)
    {
        arguments.RowPatches = Parts(arguments.Target.Rows, TPatch.Rows);
        arguments.ColumnPatches = Parts(arguments.Target.Columns, TPatch.Columns);
        _kernel.Launch((long)arguments.ColumnPatches * arguments.RowPatches * arguments.Groups * arguments.Batches * arguments.Splits, arguments);
    }

    internal static void Multiply(ConvolutionArguments<T> arguments)
    {
        ArrayView<LinePlace> rows = SharedMemory.Allocate<LinePlace>(TPatch.Rows);
        ArrayView<LinePlace> columns = SharedMemory.Allocate<LinePlace>(TPatch.Columns);
        ArrayView<Four<T>> left = SharedMemory.Allocate<Four<T>>(2 * TileEdge<T>.Depth * TileEdge<T>.Pitch(TPatch.Rows));
        ArrayView<Four<T>> right = SharedMemory.Allocate<Four<T>>(2 * TileEdge<T>.Depth * TileEdge<T>.Pitch(TPatch.Columns));

        // Patches of the same columns follow each other: what one has fetched of the image, the others find near.
        int firstRow = Grid.IdxX % arguments.RowPatches * TPatch.Rows;
        int rest = Grid.IdxX / arguments.RowPatches;
        int firstColumn = rest % arguments.ColumnPatches * TPatch.Columns;
        rest /= arguments.ColumnPatches;
        int group = rest % arguments.Groups;
        rest /= arguments.Groups;
        int batch = rest % arguments.Batches;
        int split = rest / arguments.Batches;

        ImageLines rowLines = arguments.Left.Lines, columnLines = arguments.Right.Lines;
        int firstLeft = (batch * rowLines.BatchStride) + (group * rowLines.GroupStride);
        for (int i = Group.IdxX; i < TPatch.Rows; i += TPatch.Threads)
            rows[i] = rowLines.Place(firstRow + i, firstLeft, arguments.Left.Width);
        int firstRight = (batch * columnLines.BatchStride) + (group * columnLines.GroupStride);
        for (int i = Group.IdxX; i < TPatch.Columns; i += TPatch.Threads)
            columns[i] = columnLines.Place(firstColumn + i, firstRight, arguments.Right.Width);
        Group.Barrier();

        int k = split * arguments.PerSplit;
        int end = arguments.Terms - k < arguments.PerSplit ? arguments.Terms : k + arguments.PerSplit;
        RegisterTile<T> sum = Sum(arguments, rows, columns, left, right, k, end);

        ImageStore<T> target = arguments.Target;
        int row = firstRow + (Group.IdxX / (TPatch.Columns / RegisterTile<T>.Columns) * RegisterTile<T>.Rows);
        int column = firstColumn + (Group.IdxX % (TPatch.Columns / RegisterTile<T>.Columns) * RegisterTile<T>.Columns);
        target.Store((split * target.SplitStride) + (batch * target.BatchStride) + (group * target.GroupStride), row, column, sum);
    }

    private static RegisterTile<T> Sum(
        ConvolutionArguments<T> arguments,
        ArrayView<LinePlace> rows,
        ArrayView<LinePlace> columns,
        ArrayView<Four<T>> left,
        ArrayView<Four<T>> right,
        int k,
        int end)
    {
        int a = Group.IdxX / (TPatch.Columns / RegisterTile<T>.Columns) * 2;
        int b = Group.IdxX % (TPatch.Columns / RegisterTile<T>.Columns);
        int leftTerm = arguments.Left.TermOf(Apart), rightTerm = arguments.Right.TermOf(Apart);
        Term leftAt = arguments.Counter.At(k + leftTerm), rightAt = arguments.Counter.At(k + rightTerm);
        int half = 0;
        Fetched next = Fetch(
            arguments, rows, columns, arguments.Left.Way(leftAt, k + leftTerm < end), arguments.Right.Way(rightAt, k + rightTerm < end));
        RegisterTile<T> total = default;
        while (k < end)
        {
            RegisterTile<T> stretch = default;
            int stop = end - k < MatrixProduct<T>.Stretch ? end : k + MatrixProduct<T>.Stretch;
            while (k < stop)
            {
                int leftHalf = half * TileEdge<T>.Depth * TileEdge<T>.Pitch(TPatch.Rows);
                int rightHalf = half * TileEdge<T>.Depth * TileEdge<T>.Pitch(TPatch.Columns);
                Put(
                    left.Cast<T>(), ((leftHalf + (leftTerm * TileEdge<T>.Pitch(TPatch.Rows))) * 4) + arguments.Left.LineOf(Apart),
                    right.Cast<T>(), ((rightHalf + (rightTerm * TileEdge<T>.Pitch(TPatch.Columns))) * 4) + arguments.Right.LineOf(Apart), next);
                Group.Barrier();
                k += TileEdge<T>.Depth;
                leftAt = arguments.Counter.Next(leftAt);
                rightAt = arguments.Counter.Next(rightAt);
                next = Fetch(
                    arguments, rows, columns, arguments.Left.Way(leftAt, k + leftTerm < end), arguments.Right.Way(rightAt, k + rightTerm < end));
                stretch = stretch.PlusTerms(
                    TileEdge<T>.From(left, a + leftHalf), TileEdge<T>.Pitch(TPatch.Rows),
                    TileEdge<T>.From(right, b + rightHalf), TileEdge<T>.Pitch(TPatch.Columns));
                half = 1 - half;
            }

            total = total.Plus(stretch);
        }

        return total;
    }

    // Sizes of patches are constants, and so are the answers to these questions in a compiled kernel.
    private static Fetched Fetch(
        ConvolutionArguments<T> arguments, ArrayView<LinePlace> rows, ArrayView<LinePlace> columns, LinePlace leftWay, LinePlace rightWay)
    {
        Fetched fetched = default;
        int line = arguments.Left.LineOf(Apart);
        fetched.Left0 = arguments.Left.Fetch(rows[line], leftWay);
        if (TPatch.Rows > Apart)
            fetched.Left1 = arguments.Left.Fetch(rows[line + Apart], leftWay);
        if (TPatch.Rows > 2 * Apart)
        {
            fetched.Left2 = arguments.Left.Fetch(rows[line + (2 * Apart)], leftWay);
            fetched.Left3 = arguments.Left.Fetch(rows[line + (3 * Apart)], leftWay);
        }

        line = arguments.Right.LineOf(Apart);
        fetched.Right0 = arguments.Right.FetchFour(columns, line, Apart, rightWay);
        if (TPatch.Columns > 4 * Apart)
        {
            fetched.Right1 = arguments.Right.FetchFour(columns, line + (4 * Apart), Apart, rightWay);
            fetched.Right2 = arguments.Right.FetchFour(columns, line + (8 * Apart), Apart, rightWay);
            fetched.Right3 = arguments.Right.FetchFour(columns, line + (12 * Apart), Apart, rightWay);
        }

        return fetched;
    }

    private static void Put(ArrayView<T> left, int leftPlace, ArrayView<T> right, int rightPlace, Fetched fetched)
    {
        left[leftPlace] = fetched.Left0;
        if (TPatch.Rows > Apart)
            left[leftPlace + Apart] = fetched.Left1;
        if (TPatch.Rows > 2 * Apart)
        {
            left[leftPlace + (2 * Apart)] = fetched.Left2;
            left[leftPlace + (3 * Apart)] = fetched.Left3;
        }

        Put(right, rightPlace, fetched.Right0);
        if (TPatch.Columns > 4 * Apart)
        {
            Put(right, rightPlace + (4 * Apart), fetched.Right1);
            Put(right, rightPlace + (8 * Apart), fetched.Right2);
            Put(right, rightPlace + (12 * Apart), fetched.Right3);
        }
    }

    private static void Put(ArrayView<T> tile, int place, Four<T> four)
    {
        tile[place] = four.X;
        tile[place + Apart] = four.Y;
        tile[place + (2 * Apart)] = four.Z;
        tile[place + (3 * Apart)] = four.W;
    }

    private static int Parts(int length, int part) => (int)(((long)length + part - 1) / part);

    // What a thread has on its way.
    private struct Fetched
    {
        public T Left0;
        public T Left1;
        public T Left2;
        public T Left3;
        public Four<T> Right0;
        public Four<T> Right1;
        public Four<T> Right2;
        public Four<T> Right3;
    }
}

/// <summary>A convolution as a product: rows by terms, times terms by columns, for each group of channels of each batch.</summary>
internal struct ConvolutionArguments<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ImageEdge<T> Left;
    public ImageEdge<T> Right;
    public ImageStore<T> Target;
    public TermCounter Counter;
    public int Terms;
    public int Groups;
    public int Batches;
    public int Splits;

    /// <summary>Terms of each split but the last.</summary>
    public int PerSplit;

    public int RowPatches;
    public int ColumnPatches;
}
