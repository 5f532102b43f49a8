using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Matrices;

/// <summary>The arrays that a finished run left of a model, read in one way by all jobs that begin with a run.</summary>
internal static class RunArrays
{
    /// <summary>Reads what a run says of a model, and says which one was taken where nobody chose.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">Which model; null for the first.</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="DataException">There is no finished run, or it has no such model.</exception>
    public static RunModel Model(string folder, string? name, IRunView view)
    {
        var model = RunModel.Read(folder, name);
        if (name is null && model.All.Length > 1)
            view.Say($"{model.Name}, the first model of {Printable.List(model.All)}; --name chooses another");
        return model;
    }

    /// <summary>The Hessian, which is as exact as the run's precision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="zeroTolerance">What was said of its zeros; null if they follow from the precision.</param>
    /// <param name="copies">How many matrices of its order are held at once by what is done with it.</param>
    /// <exception cref="DataException">It cannot be read, is not as exact as it should be, or does not fit the run.</exception>
    public static SymmetricMatrix Hessian(RunModel model, double? zeroTolerance, double copies)
    {
        if (model.IsByProducts)
            throw new DataException(
                $"{model.Folder} has no dense Hessian of {model.Name}, whose curvature was told by products; "
                + "'volume --run' takes its volumes from what it kept, and 'curvature' tells more.");
        MatrixPrecision precision = model.Precision == Precision.Float32 ? MatrixPrecision.Float32 : MatrixPrecision.Float64;
        SymmetricMatrix hessian = SymmetricMatrix.Read(model.HessianFile, new(precision, ZeroTolerance: zeroTolerance), copies);
        int order = Order(model);
        return hessian.Matrix.Rows == order
            ? hessian
            : throw new DataException(
                $"{model.Folder} does not fit together: result.json has {order} parameters and the Hessian {hessian.Matrix.Rows} rows; "
                + "give the folder as the run left it.");
    }

    /// <summary>The gradient, [n].</summary>
    /// <exception cref="DataException">It cannot be read, does not fit the run, or is not finite.</exception>
    public static double[] Gradient(RunModel model) => VectorFile.Read(model.GradientFile, Order(model), "parameter map of result.json");

    /// <summary>The weights, [n].</summary>
    /// <exception cref="DataException">A tensor cannot be read, does not fit the run, or is not finite.</exception>
    public static double[] Weights(RunModel model)
        => [.. model.Tensors.SelectMany(tensor => VectorFile.Read(model.WeightsFileOf(tensor), tensor.Size, $"tensor {tensor.Name} of result.json"))];

    private static int Order(RunModel model) => model.Tensors.Sum(tensor => tensor.Size);
}
