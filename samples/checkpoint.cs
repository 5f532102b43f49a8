// A model of PyTorch's at its weights: the largest eigenvalues of its Hessian with their vectors, and how negative the spectrum is.
#:project ../src/Basins/BasinVolume.Basins.csproj

using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Weights;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;

// The model, layer by layer. torch.nn.Sequential would call its tensors 0.weight, 0.bias, 2.weight and 2.bias.
Network network = new NetworkBuilder(new Shape(13)).Linear("0", 8).Tanh().Linear("2", 3).SoftmaxLoss().Build();

// In the place of torch.save(model.state_dict(), "model.pt"): the same file with normal numbers in it.
string path = Path.Combine(Path.GetTempPath(), $"model-{Environment.ProcessId}.pt");
var normal = new double[network.ParameterCount];
NormalVectors.Fill(seed: 1, index: 0, normal);
TorchCheckpoint.Write<double>(path, NetworkTensors.Of(network), normal);

// Its weights; .safetensors, .npz and a folder of .npy files are read in the same way.
(network, double[] weights) = NetworkTensors.Read(network, path);
File.Delete(path);

// The data: x and y of a .npz file would be Npz.Read("data.npz", "x", "y").
var x = new Matrix(200, 13);
NormalVectors.Fill(seed: 1, index: 1, x.Values);
var samples = new MatrixSamples(x, [.. Enumerable.Range(0, 200).Select(s => s % 3)]);

using var curvature = LossCurvature.Of(network, weights, samples);
Console.WriteLine(curvature);
RitzPairs top = curvature.TopEigenpairs(3);
foreach (RitzPair pair in top.Pairs)
    Console.WriteLine($"an eigenvalue in {pair.Interval.Low:g12} … {pair.Interval.High:g12}");

// This network is small enough for all of them. The matrix goes to NumPy as a file, and to Math.NET in memory.
Spectrum spectrum = curvature.Eigenvalues();
Console.WriteLine($"all {network.ParameterCount}: {spectrum.Minimum:g4} to {spectrum.Maximum:g12}, {spectrum.Inertia.Negative} negative");
Matrix hessian = curvature.Hessian().Matrix;
string file = Path.Combine(Path.GetTempPath(), $"hessian-{Environment.ProcessId}.npy");
Npy.Write<double>(file, [hessian.Rows, hessian.Columns], hessian.Values);
File.Delete(file);
double trace = hessian.ToMathNet().Trace();
return top.Pairs[^1].Interval.Contains(spectrum.Maximum) && Math.Abs(trace - spectrum.Eigenvalues.Sum()) < 1e-10 * Math.Abs(trace) ? 0 : 1;
