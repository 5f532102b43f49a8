"""The networks of the field in float32: gradient, products of the Hessian and of the Gauss-Newton matrix, training.

Times need the same shapes as ours, not the same weights.
"""
import torch
from torch import nn
from torch.nn import functional

import blas
import images
import setting

# Directions of a whole batch, and of the trial that says which way is the faster one.
DIRECTIONS = 16
TRIAL = 4


class Block(nn.Module):
    """Two convolutions 3 x 3 that are added to what goes in, or to a convolution 1 x 1 of it where the shape changes."""

    def __init__(self, inputs, outputs, stride, norms):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), *norm(outputs, norms), nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), *norm(outputs, norms))
        self.straight = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), *norm(outputs, norms)) if stride > 1 else nn.Identity()

    def forward(self, x):
        return functional.relu(self.main(x) + self.straight(x))


def norm(channels, norms):
    return [nn.BatchNorm2d(channels)] if norms else []


def resnet20(norms):
    blocks = [
        Block(inputs if first else outputs, outputs, stride if first else 1, norms)
        for inputs, outputs, stride in [(16, 16, 1), (16, 32, 2), (32, 64, 2)]
        for first in [True, False, False]
    ]
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 1, 1, bias=False), *norm(16, norms), nn.ReLU(), *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def lenet5():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def mlp(*widths):
    layers = [nn.Flatten()]
    for inputs, outputs in zip((784, *widths), (*widths, 10)):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


# Statistics of a batch normalisation are fixed, as ours are.
NETWORKS = {
    "mlp": lambda: mlp(16),
    "lenet5": lenet5,
    "curvlinops-mlp": lambda: mlp(1024, 512, 256, 128, 64),
    "resnet20": lambda: resnet20(True).eval(),
    "resnet20-plain": lambda: resnet20(False),
}


class Case:
    """A network on samples."""

    def __init__(self, network, folder, samples):
        torch.manual_seed(1)
        self.model = NETWORKS[network]().to(setting.DEVICE)
        self.parameters = list(self.model.parameters())
        self.x, self.y = (
            images.random(samples, (3, 32, 32)) if network.startswith("resnet20")
            else images.mnist(folder, "train", torch.float32, range(samples)))
        self.directions = [[torch.randn_like(parameter) for parameter in self.parameters] for _ in range(DIRECTIONS)]

    def loss(self):
        return functional.cross_entropy(self.model(self.x), self.y)

    def gradient(self):
        """One backward pass."""
        return torch.autograd.grad(self.loss(), self.parameters)

    def graph(self):
        return torch.autograd.grad(self.loss(), self.parameters, create_graph=True)

    def product(self):
        """Double backward: the graph of the gradient is built anew, as for new weights."""
        return torch.autograd.grad(self.graph(), self.parameters, self.directions[0])

    def loop(self, count):
        """Several products that share the graph, one after the other."""
        graph = self.graph()
        for direction in self.directions[:count]:
            torch.autograd.grad(graph, self.parameters, direction, retain_graph=True)

    def batched(self, count):
        """Several products that share the graph, by vmap inside autograd."""
        stacked = [torch.stack(tensors) for tensors in zip(*self.directions[:count])]
        torch.autograd.grad(self.graph(), self.parameters, stacked, is_grads_batched=True)

    def gauss_newton(self):
        """J v is what the gradient of u -> J^T u gives for v; then the loss's second derivative in the output, and J^T."""
        output = self.model(self.x)
        u = torch.zeros_like(output, requires_grad=True)
        pulled = torch.autograd.grad(output, self.parameters, u, create_graph=True)
        pushed, = torch.autograd.grad(pulled, u, self.directions[0])
        with torch.no_grad():
            p = functional.softmax(output, 1)
            weighted = p * pushed
            curved = (weighted - p * weighted.sum(1, keepdim=True)) / len(p)
        return torch.autograd.grad(output, self.parameters, curved)


def passes(item, network, folder, samples, repeats):
    """Seconds of one of a case's methods."""
    action = getattr(Case(network, folder, samples), item)
    return setting.median(action, repeats), blas.of_torch()


def products(network, folder, samples):
    """Sixteen products, in the way that is the faster one in a trial with four."""
    case = Case(network, folder, samples)
    setting.warm(case.product)
    ways = {"is_grads_batched": case.batched, "retain_graph": case.loop}
    trial = {name: setting.once(lambda: way(TRIAL)) for name, way in ways.items()}
    name, other = sorted(trial, key=trial.get)
    what = f"{name} ({TRIAL} directions: {trial[name]:.3g} s, {other} {trial[other]:.3g} s)"
    return setting.once(lambda: ways[name](DIRECTIONS)), f"{what}, {blas.of_torch()}"


def training(network, folder, samples, batch, repeats):
    """One epoch with Adadelta; data is in memory as numbers."""
    case = Case(network, folder, samples)
    optimizer = torch.optim.Adadelta(case.parameters, lr=1.0)

    def epoch():
        for i in range(0, samples, batch):
            optimizer.zero_grad()
            functional.cross_entropy(case.model(case.x[i:i + batch]), case.y[i:i + batch]).backward()
            optimizer.step()

    norms = any(isinstance(module, nn.BatchNorm2d) for module in case.model.modules())
    return setting.median(epoch, repeats), f"{'batch normalisation with fixed statistics, ' if norms else ''}{blas.of_torch()}"
