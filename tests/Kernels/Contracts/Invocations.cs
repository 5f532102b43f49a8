using System.Numerics;
using System.Reflection;

namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>
/// Every kernel with several operands: sizes that fill no vector, operands shared and not, results accumulated and not, and numbers at the ends of the range
/// where nothing is summed.
/// Random numbers of both signs, so that sums cancel.
/// </summary>
internal static class Invocations<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 2;

    private static readonly T Factor = T.CreateTruncating(0.7);

    // Zeros, ones, the smallest and the largest numbers, and what is none.
    private static readonly T[] Extremes =
    [
        T.Zero, T.NegativeZero, T.One, -T.One, T.Epsilon, -T.Epsilon, T.CreateTruncating(1e-38), T.CreateTruncating(-3e-39),
        T.CreateTruncating(3e38), T.PositiveInfinity, T.NegativeInfinity, T.NaN,
    ];

    // The fourth one's sums are split. Tiles, too large for the simulator, are compared in TiledProductTests.
    private static readonly (int M, int K, int N)[] ProductSizes = [(1, 1, 1), (7, 17, 9), (5, 1, 6), (3, 300, 2)];

    private static readonly (int Rows, int Channels, int Inner)[] BiasSizes = [(1, 1, 1), (13, 5, 1), (2, 3, 7), (5, 11, 2), (131, 2, 1), (3, 1, 133)];

    // The last one's rows are longer than what one thread of a scatter takes.
    private static readonly (int Rows, int Source, int Gathered)[] GatherSizes = [(1, 1, 1), (3, 5, 4), (3, 3, 7), (2, 71, 20)];

    private static readonly (int Samples, int Classes, double Scale)[] SoftmaxSizes = [(1, 1, 1), (5, 7, 4), (3, 10, 60), (2, 33, 400)];

    private static readonly (int Samples, ConvolutionShape Shape)[] Convolutions =
        [(2, new(2, 5, 6, 3, 3, 2, stride: 2, padding: 1)), (1, new(1, 7, 8, 2, 3, 3, dilation: 2)), (2, new(3, 4, 5, 5, 1, 1)),
            (2, new(4, 5, 6, 2, new Window(3, Stride: 2, After: 1), new Window(2, Before: 1, Dilation: 2), groups: 2)),
            (3, new(16, 7, 9, 16, 3, 3, padding: 1)),
            (3, new(32, 9, 24, 32, new Window(3, Stride: 2, After: 2), new Window(2, Stride: 2, Before: 1, Dilation: 2), groups: 2))];

    // More samples than one group of the kernel holds, so that it sums in two stages.
    private const int ManySamples = 41;

    private static readonly ConvolutionShape SmallConvolution = new(1, 5, 5, 2, 2, 2);

    public static IReadOnlyList<Invocation<T>> All { get; } =
        [
            .. MatrixProducts(), .. WeightedGrams(), .. ConvolutionKernels(), .. BiasKernels(), .. PointwiseKernels(), .. Multiplications(), .. MaxPools(),
            .. GatherKernels(), .. SoftmaxKernels(), .. RowKernels(), .. VectorKernels(), .. Copies(),
        ];

    public static IEnumerable<Invocation<T>> Of(string kernel) => All.Where(invocation => invocation.Kernel == kernel);

    private static IEnumerable<Invocation<T>> MatrixProducts()
        => from size in ProductSizes
           from transposed in Choice
           from shared in Choice
           from accumulate in Choice
           select new Invocation<T>(
               nameof(IKernels<T>.MatrixProduct),
               $"{size}, transposed {transposed}, shared {shared}, accumulated {accumulate}",
               Agreement.Sum(size.K + 1),
               lab =>
               {
                   (int m, int k, int n) = size;
                   View<T> c = Target(lab, V * m * n, accumulate);
                   MatrixBatch<T> a = transposed
                       ? MatrixBatch<T>.RowMajor(Put(lab, 1, V * k * m), k, m, k * m).Transpose()
                       : MatrixBatch<T>.RowMajor(Put(lab, 1, V * m * k), m, k, m * k);
                   lab.Kernels.MatrixProduct(
                       V, a, MatrixBatch<T>.RowMajor(Put(lab, 2, V * k * n), k, n, shared ? 0 : k * n), MatrixBatch<T>.RowMajor(c, m, n, m * n), accumulate);
                   return [lab.Read(c)];
               });
    private static IEnumerable<Invocation<T>> WeightedGrams()
        => from size in ((int S, int F, int P)[])[(1, 1, 1), (7, 5, 3), (4, 19, 2)]
           select new Invocation<T>(nameof(IKernels<T>.WeightedGram), $"{size}", Agreement.Sum(size.S + 1), lab =>
           {
               View<T> grams = Target(lab, size.P * size.F * size.F, false);
               lab.Kernels.WeightedGram(size.F, MatrixBatch<T>.RowMajor(Put(lab, 1, size.S * size.P), size.S, size.P), Put(lab, 2, size.S * size.F), grams);
               return [WeightedGramTests<T>.Upper(lab.Read(grams), size.F)];
           });

    private static IEnumerable<Invocation<T>> ConvolutionKernels()
    {
        foreach ((int samples, ConvolutionShape shape) in Convolutions)
        {
            foreach ((bool shared, bool accumulate) in from shared in Choice from accumulate in Choice select (shared, accumulate))
            {
                yield return Convolve(samples, shape, shared, accumulate);
                yield return ConvolveInputAdjoint(samples, shape, shared, accumulate);
                yield return ConvolveTwo(samples, shape, shared);
                yield return ConvolveTwoInputAdjoints(samples, shape, shared, accumulate);
                yield return ConvolveWeightAdjoint(samples, shape, shared, accumulate);
            }
        }

        yield return ConvolveWeightAdjoint(ManySamples, SmallConvolution, shared: false, accumulate: false);
        yield return ConvolveWeightAdjoint(2 * ManySamples, new(16, 4, 4, 16, 3, 3, padding: 1), shared: false, accumulate: false);
    }

    private static Invocation<T> Convolve(int samples, ConvolutionShape shape, bool shared, bool accumulate)
        => new(nameof(IKernels<T>.Convolve), Operands(samples, shape, shared, accumulate), Agreement.Sum((shape.WeightSize / shape.OutputChannels) + 1), lab =>
        {
            View<T> y = Target(lab, V * samples * shape.OutputSize, accumulate);
            lab.Kernels.Convolve(
                V, samples, shape, PutBatch(lab, 1, samples * shape.InputSize, shared), PutBatch(lab, 2, shape.WeightSize, !shared), y, accumulate);
            return [lab.Read(y)];
        });

    private static Invocation<T> ConvolveInputAdjoint(int samples, ConvolutionShape shape, bool shared, bool accumulate)
        => new(
            nameof(IKernels<T>.ConvolveInputAdjoint),
            Operands(samples, shape, shared, accumulate),
            Agreement.Sum((shape.WeightSize / shape.InputChannels) + 1),
            lab =>
            {
                View<T> x = Target(lab, V * samples * shape.InputSize, accumulate);
                lab.Kernels.ConvolveInputAdjoint(
                    V, samples, shape, PutBatch(lab, 1, samples * shape.OutputSize, shared), PutBatch(lab, 2, shape.WeightSize, !shared), x, accumulate);
                return [lab.Read(x)];
            });

    private static Invocation<T> ConvolveTwo(int samples, ConvolutionShape shape, bool shared)
        => new(
            nameof(IKernels<T>.ConvolveTwo),
            Operands(samples, shape, shared, accumulate: false),
            Agreement.Sum((2 * shape.WeightSize / shape.OutputChannels) + 1),
            lab =>
            {
                int size = samples * shape.InputSize;
                View<T> y = lab.Blank(V * samples * shape.OutputSize);
                var one = new ConvolutionTerm<T>(PutBatch(lab, 1, size, shared), PutBatch(lab, 2, shape.WeightSize, !shared));
                var other = new ConvolutionTerm<T>(PutBatch(lab, 3, size, !shared), PutBatch(lab, 4, shape.WeightSize, shared));
                lab.Kernels.ConvolveTwo(V, samples, shape, one, other, y);
                return [lab.Read(y)];
            });

    private static Invocation<T> ConvolveTwoInputAdjoints(int samples, ConvolutionShape shape, bool shared, bool accumulate)
        => new(
            nameof(IKernels<T>.ConvolveTwoInputAdjoints),
            Operands(samples, shape, shared, accumulate),
            Agreement.Sum((2 * shape.WeightSize / shape.InputChannels) + 1),
            lab =>
            {
                int size = samples * shape.OutputSize;
                View<T> x = Target(lab, V * samples * shape.InputSize, accumulate);
                var one = new ConvolutionTerm<T>(PutBatch(lab, 1, size, shared), PutBatch(lab, 2, shape.WeightSize, !shared));
                var other = new ConvolutionTerm<T>(PutBatch(lab, 3, size, !shared), PutBatch(lab, 4, shape.WeightSize, shared));
                lab.Kernels.ConvolveTwoInputAdjoints(V, samples, shape, one, other, x, accumulate);
                return [lab.Read(x)];
            });

    private static Invocation<T> ConvolveWeightAdjoint(int samples, ConvolutionShape shape, bool shared, bool accumulate)
        => new(
            nameof(IKernels<T>.ConvolveWeightAdjoint),
            Operands(samples, shape, shared, accumulate),
            Agreement.Sum((samples * shape.OutputSize / shape.OutputChannels) + 1),
            lab =>
            {
                View<T> w = Target(lab, V * shape.WeightSize, accumulate);
                lab.Kernels.ConvolveWeightAdjoint(
                    V,
                    samples,
                    shape,
                    PutBatch(lab, 1, samples * shape.InputSize, shared),
                    PutBatch(lab, 2, samples * shape.OutputSize, !shared),
                    new(w, shape.WeightSize),
                    accumulate);
                return [lab.Read(w)];
            });

    private static string Operands(int samples, ConvolutionShape shape, bool shared, bool accumulate)
        => $"{samples} samples, {shape}, shared {shared}, accumulated {accumulate}";

    private static IEnumerable<Invocation<T>> BiasKernels()
    {
        foreach ((int rows, int channels, int inner) in BiasSizes)
        {
            foreach ((bool shared, bool accumulate) in from shared in Choice from accumulate in Choice select (shared, accumulate))
            {
                int size = rows * channels * inner;
                string operands = $"{rows} rows, {channels} channels of {inner}, shared {shared}, accumulated {accumulate}";
                yield return new(nameof(IKernels<T>.AddBias), operands, Agreement.Exact, lab =>
                {
                    View<T> y = Put(lab, 3, V * size);
                    lab.Kernels.AddBias(V, rows, channels, inner, PutBatch(lab, 1, channels, shared), y);
                    return [lab.Read(y)];
                });
                yield return new(nameof(IKernels<T>.SumToBias), operands, Agreement.Sum((rows * inner) + 1), lab =>
                {
                    View<T> b = Target(lab, V * channels, accumulate);
                    lab.Kernels.SumToBias(V, rows, channels, inner, PutBatch(lab, 1, size, shared), new(b, channels), accumulate);
                    return [lab.Read(b)];
                });
            }
        }
    }

    private static IEnumerable<Invocation<T>> PointwiseKernels()
        => from function in Vocabulary.Functions
           from kernel in (string[])[nameof(IKernels<T>.Apply), nameof(IKernels<T>.ApplySecondDerivative)]
           select new Invocation<T>(kernel, function.Name, Agreement.SharedSource, lab =>
           {
               // From tails to tails: exp(−x) leaves the range of float at 104, that of double at 745.
               T[] arguments = [.. Extremes, .. Scaled(1, 20, 1), .. Scaled(2, 20, 8), .. Scaled(3, 20, 110), .. Scaled(4, 20, 800)];
               MethodInfo apply = typeof(IKernels<T>).GetMethod(kernel)!.MakeGenericMethod(function);
               View<T>[] results = [.. apply.GetParameters().Skip(2).Select(_ => lab.Blank(arguments.Length))];
               apply.Invoke(lab.Kernels, [arguments.Length, lab.Put(arguments), .. results]);
               return [.. results.Select(lab.Read)];
           });

    private static IEnumerable<Invocation<T>> Multiplications()
        => from length in (int[])[1, 11, 37]
           from shared in Choice
           from accumulate in Choice
           select new Invocation<T>(
               nameof(IKernels<T>.Multiply),
               $"{length}, shared {shared}, accumulated {accumulate}",
               accumulate ? Agreement.Sum(2) : Agreement.Exact,
               lab =>
               {
                   T[] a = accumulate ? Numbers.Random<T>(1, V * length) : [.. Extremes, .. Numbers.Random<T>(1, V * length)];
                   View<T> y = Target(lab, V * length, accumulate);
                   lab.Kernels.Multiply(V, length, new(lab.Put(a), shared ? 0 : length), PutBatch(lab, 2, length, !shared), y, accumulate);
                   return [lab.Read(y)];
               });

    private static IEnumerable<Invocation<T>> MaxPools()
        => from shape in (PoolingShape[])[new(1, 4, 4, 2, 2), new(3, 5, 7, 3, 2, padding: 1), new(2, 7, 5, 2, 3), new(1, 6, 6, 1, 1),
            new(2, 5, 7, new Window(3, Stride: 2) { Ceil = true }, new Window(2, Before: 1, Dilation: 2))]
           from ties in Choice
           select new Invocation<T>(nameof(IKernels<T>.MaxPool), $"{shape}, ties {ties}", Agreement.Exact, lab =>
           {
               const int Samples = 2;
               int inputs = Samples * shape.Channels * shape.InputPlane, outputs = Samples * shape.Channels * shape.OutputPlane;
               T[] x = [.. Numbers.RandomIntegers(1, inputs, -1, 2).Select(T.CreateTruncating)];
               if (!ties)
                   x = [.. Extremes, .. Numbers.Random<T>(1, inputs)];
               View<T> y = lab.Blank(outputs);
               View<int> winners = lab.Put(new int[outputs]);
               lab.Kernels.MaxPool(Samples, shape, lab.Put(x), y, winners);
               return [lab.Read(y), [.. lab.Read(winners).Select(T.CreateTruncating)]];
           });

    private static IEnumerable<Invocation<T>> GatherKernels()
    {
        foreach ((int rows, int source, int gathered) in GatherSizes)
        {
            foreach ((bool shared, bool accumulate) in from shared in Choice from accumulate in Choice select (shared, accumulate))
            {
                var shape = new GatherShape(V, rows, source, gathered, shared ? 0 : rows * gathered, gathered);
                int[] index = Numbers.RandomIntegers(3, V * rows * gathered, -1, source);
                string operands = $"{shape}, shared {shared}, accumulated {accumulate}";
                yield return new(nameof(IKernels<T>.Gather), operands, Agreement.Exact, lab =>
                {
                    View<T> y = lab.Blank(V * rows * gathered);
                    lab.Kernels.Gather(shape, lab.Put(index), PutBatch(lab, 1, rows * source, shared), y);
                    return [lab.Read(y)];
                });
                yield return new(nameof(IKernels<T>.ScatterAdd), operands, Agreement.Sum(gathered + 1), lab =>
                {
                    View<T> x = Target(lab, V * rows * source, accumulate);
                    lab.Kernels.ScatterAdd(shape, lab.Put(index), PutBatch(lab, 1, rows * gathered, !shared), x, accumulate);
                    return [lab.Read(x)];
                });
            }
        }
    }

    private static IEnumerable<Invocation<T>> SoftmaxKernels()
    {
        foreach ((int samples, int classes, double scale) in SoftmaxSizes)
        {
            string operands = $"{samples} samples, {classes} classes, logits up to {scale}";
            int[] labels = Numbers.RandomIntegers(2, samples, 0, classes);
            yield return new(nameof(IKernels<T>.SoftmaxLoss), operands, Agreement.Softmax(classes), lab =>
            {
                View<T> losses = lab.Blank(samples), probabilities = lab.Blank(samples * classes);
                lab.Kernels.SoftmaxLoss(samples, classes, lab.Put(Scaled(1, samples * classes, scale)), lab.Put(labels), losses, probabilities);
                return [lab.Read(losses), lab.Read(probabilities)];
            });
            yield return new(nameof(IKernels<T>.SoftmaxLossAdjoint), operands, Agreement.Exact, lab =>
            {
                View<T> result = lab.Blank(samples * classes);
                lab.Kernels.SoftmaxLossAdjoint(samples, classes, Put(lab, 1, samples * classes), lab.Put(labels), Put(lab, 3, samples), result);
                return [lab.Read(result)];
            });
            yield return new(nameof(IKernels<T>.SoftmaxCurvature), operands, Agreement.Sum(classes + 4), lab =>
            {
                View<T> y = lab.Blank(V * samples * classes);
                View<T> losses = lab.Blank(samples), probabilities = lab.Blank(samples * classes);
                lab.Kernels.SoftmaxLoss(samples, classes, lab.Put(Scaled(1, samples * classes, scale)), lab.Put(labels), losses, probabilities);
                lab.Kernels.SoftmaxCurvature(V, samples, classes, probabilities, Put(lab, 2, samples), Put(lab, 3, V * samples * classes), y);
                return [lab.Read(y)];
            });
        }
    }

    private static IEnumerable<Invocation<T>> RowKernels()
    {
        foreach ((int rows, int width, double scale) in SoftmaxSizes)
        {
            string operands = $"{rows} rows of {width}, numbers up to {scale}";
            T[] x = Scaled(1, rows * width, scale);
            yield return new(nameof(IKernels<T>.Softmax), operands, Agreement.Softmax(width), lab =>
            {
                View<T> y = lab.Blank(x.Length);
                lab.Kernels.Softmax(rows, width, lab.Put(x), y);
                return [lab.Read(y)];
            });
            // Means are taken off twice, of both factors.
            yield return new(nameof(IKernels<T>.AddSoftmaxSecondDerivative), operands, Agreement.Sum((4 * width) + 8), lab =>
            {
                View<T> p = lab.Blank(x.Length), y = Put(lab, 4, V * x.Length);
                lab.Kernels.Softmax(rows, width, lab.Put(x), p);
                lab.Kernels.AddSoftmaxSecondDerivative(V, rows, width, p, Put(lab, 2, x.Length), Put(lab, 3, V * x.Length), y);
                return [lab.Read(y)];
            });
            yield return new(nameof(IKernels<T>.OneHot), operands, Agreement.Exact, lab =>
            {
                T[] classes = [.. Extremes, .. Numbers.RandomIntegers(1, rows, -1, width + 1).Select(T.CreateTruncating)];
                View<T> y = lab.Blank(classes.Length * width);
                lab.Kernels.OneHot(classes.Length, width, lab.Put(classes), y);
                return [lab.Read(y)];
            });
            // The sums' error is relative to the numbers, the results' size about 1, and s multiplies what is differentiated.
            T[] spread = Scaled(1, rows * width, 1);
            yield return new(nameof(IKernels<T>.Standardise), operands, Agreement.Sum((2 * width) + 8), lab =>
            {
                View<T> y = lab.Blank(x.Length), scales = lab.Blank(rows);
                lab.Kernels.Standardise(rows, width, T.One, lab.Put(spread), y, scales);
                return [lab.Read(y), lab.Read(scales)];
            });
            foreach (bool accumulate in Choice)
            {
                yield return new(nameof(IKernels<T>.StandardiseDerivative), $"{operands}, accumulated {accumulate}", Agreement.Sum((2 * width) + 4), lab =>
                {
                    View<T> result = Target(lab, V * x.Length, accumulate);
                    lab.Kernels.StandardiseDerivative(V, rows, width, lab.Put(spread), Put(lab, 2, rows), Put(lab, 3, V * x.Length), result, accumulate);
                    return [lab.Read(result)];
                });
            }

            yield return new(nameof(IKernels<T>.AddStandardiseSecondDerivative), operands, Agreement.Sum((4 * width) + 8), lab =>
            {
                View<T> result = Put(lab, 5, V * x.Length);
                lab.Kernels.AddStandardiseSecondDerivative(
                    V, rows, width, lab.Put(spread), Put(lab, 2, rows), Put(lab, 3, x.Length), Put(lab, 4, V * x.Length), result);
                return [lab.Read(result)];
            });
        }
    }

    private static IEnumerable<Invocation<T>> VectorKernels()
    {
        foreach (int length in (int[])[1, 23, 64])
        {
            T[] numbers = [.. Extremes, .. Numbers.Random<T>(1, length)];
            yield return new(nameof(IKernels<T>.Axpy), $"{length}", Agreement.Sum(2), lab => InPlace(
                lab, Numbers.Random<T>(1, length), y => lab.Kernels.Axpy(length, Factor, Put(lab, 2, length), y)));
            yield return new(nameof(IKernels<T>.Scale), $"{length}", Agreement.Exact, lab => InPlace(lab, numbers, y => lab.Kernels.Scale(length, Factor, y)));
            yield return new(nameof(IKernels<T>.Fill), $"{length}", Agreement.Exact, lab => InPlace(lab, numbers, y => lab.Kernels.Fill(length, Factor, y)));
        }
    }

    private static IEnumerable<Invocation<T>> Copies()
        => from length in (int[])[1, 11, 37]
           from shared in Choice
           from accumulate in Choice
           select new Invocation<T>(nameof(IKernels<T>.Copy), $"{length}, shared {shared}, accumulated {accumulate}", Agreement.Exact, lab =>
           {
               int row = length + 3;
               T[] x = [.. Extremes, .. Numbers.Random<T>(1, V * length)];
               View<T> y = Put(lab, 2, V * row);
               lab.Kernels.Copy(V, length, new(lab.Put(x), shared ? 0 : length), new(y, row), accumulate);
               return [lab.Read(y)];
           });

    private static bool[] Choice => [false, true];

    private static T[][] InPlace(Lab<T> lab, T[] values, Action<View<T>> kernel)
    {
        View<T> y = lab.Put(values);
        kernel(y);
        return [lab.Read(y)];
    }

    private static View<T> Put(Lab<T> lab, int seed, int length) => lab.Put(Numbers.Random<T>(seed, length));

    private static Batch<T> PutBatch(Lab<T> lab, int seed, int length, bool shared) => new(Put(lab, seed, V * length), shared ? 0 : length);

    private static View<T> Target(Lab<T> lab, int length, bool accumulate) => accumulate ? Put(lab, 9, length) : lab.Blank(length);

    private static T[] Scaled(int seed, int length, double scale) => [.. Numbers.Random<T>(seed, length).Select(value => value * T.CreateTruncating(scale))];
}
