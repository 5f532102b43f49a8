// A network from its description in JSON, and its curvature without ever holding the Hessian: products with directions, and single blocks.
#:project ../src/Autodiff/BasinVolume.Autodiff.csproj
#:project ../src/Curvature/BasinVolume.Curvature.csproj
#:project ../src/Gpu/BasinVolume.Gpu.csproj

using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Descriptions;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;

string folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
Network network = NetworkDescription.Read(Path.Combine(folder, "network.json"));
foreach (Parameter parameter in network.Parameters)
    Console.WriteLine($"{parameter.Name} {parameter.Shape}, rows {parameter.Offset} to {parameter.Offset + parameter.Size - 1} of the Hessian");

// 50 random pictures in three classes, and weights as PyTorch might have left them; normal numbers with a seed.
var pictures = new Matrix(50, network.Input.Size);
NormalVectors.Fill(seed: 1, index: 0, pictures.Values);
var samples = new MatrixSamples(pictures, [.. Enumerable.Range(0, pictures.Rows).Select(s => s % 3)]);
double[] weights = new double[network.ParameterCount];
NormalVectors.Fill(seed: 1, index: 1, weights);

// A GPU if there is one that can be used, else the processor.
using Device device = DeviceCatalog.Open("auto", Environment.ProcessorCount);
using var plan = new Plan<double>(network, device);
plan.SetParameters([.. weights.Select(weight => 0.2 * weight)]);

// The curvature of largest magnitude, by powers of H: each product costs a few passes and no n × n matrix.
var direction = new Matrix(1, network.ParameterCount);
NormalVectors.Fill(seed: 1, index: 2, direction.Values);
double curvature = 0;
for (int power = 0; power < 200; power++)
{
    double length = Math.Sqrt(direction.Values.Sum(v => v * v));
    direction = new Matrix(1, network.ParameterCount, [.. direction.Values.Select(v => v / length)]);
    Matrix product = Hessian.Multiply(plan, samples, direction);
    curvature = direction.Values.Zip(product.Values, (v, hv) => v * hv).Sum();
    direction = product;
}

Console.WriteLine($"curvature of largest magnitude, by 200 products: {curvature:g8}");

// The block of the first convolution by itself.
Matrix block = Hessian.Block(plan, samples, [network.Parameters[0]], [network.Parameters[0]]);
double[] own = SymmetricEigenvalues.Compute(block, device.Threads);
Console.WriteLine($"{network.Parameters[0].Name} by itself: {own[0]:g4} to {own[^1]:g4}");

// This network is small enough to look at the whole Hessian as well.
double[] all = SymmetricEigenvalues.Compute(Hessian.Compute(plan, samples).Matrix, device.Threads);
double largest = Math.Abs(all[0]) > all[^1] ? all[0] : all[^1];
Console.WriteLine($"the same from all {all.Length} eigenvalues: {largest:g8}");
return Math.Abs(curvature - largest) < 1e-6 * Math.Abs(largest) ? 0 : 1;
