// A network of your own at weights of your own, and how curved its loss is there.
#:project ../src/Basins/BasinVolume.Basins.csproj
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Training;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;

var random = new Random(1);
var x = new Matrix(200, 13, [.. Enumerable.Range(0, 200 * 13).Select(_ => random.NextDouble())]);  // your inputs, a sample a row
int[] y = [.. Enumerable.Range(0, 200).Select(_ => random.Next(3))];  // your classes
Network network = new NetworkBuilder(new Shape(13)).Linear("0", 8).Tanh().Linear("2", 3).SoftmaxLoss().Build();
double[] weights = InitialWeights.AsPyTorch(network, random.NextDouble);  // yours: NetworkTensors.Read(network, "model.pt")
using var curvature = LossCurvature.Of(network, weights, new MatrixSamples(x, y));
Console.WriteLine(curvature);
Console.WriteLine(curvature.Eigenvalues());
Console.WriteLine(curvature.TopEigenpairs(3));
Console.WriteLine(curvature.Volume(BasinThreshold.Excess(0.05), new GaussianPrior(PriorCentre.Weights, 0.5)));
