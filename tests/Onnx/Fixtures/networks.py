"""Writes networks.zip: 40 random networks as PyTorch exports them, with loss, gradient and Hessian by double backward.

Made with Python 3.11 and PyTorch 1.13 (Debian 12: python3-torch, python3-numpy): python3 networks.py
Of each network NN the archive has NN.onnx, and little-endian NN.json, NN-x, NN-y, NN-loss, NN-logits, NN-gradient and NN-hessian (the lower triangle, row by
row), all float64, in the order of the names in NN.json.
"""
import io, json, random, struct, sys, warnings, zipfile

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.stateless import functional_call

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)
ACTIVATIONS = {
    "relu": nn.ReLU, "leaky": nn.LeakyReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "softplus": nn.Softplus, "elu": nn.ELU, "gelu": nn.GELU,
    "gelu-tanh": lambda: nn.GELU(approximate="tanh"), "silu": nn.SiLU,
}


class Lambda(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Residual(nn.Module):
    def __init__(self, inner, join):
        super().__init__()
        self.inner, self.join = inner, join

    def forward(self, x):
        y = self.inner(x)
        return {"add": lambda: x + y, "sub": lambda: x - y, "mul": lambda: x * y, "gate": lambda: x * torch.sigmoid(y), "cat": lambda: torch.cat([x, y], 1)}[self.join]()


class Attention(nn.Module):
    def __init__(self, width, heads, time, causal):
        super().__init__()
        self.heads, self.causal = heads, causal
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width, bias=False)
        self.register_buffer("mask", torch.triu(torch.ones(time, time, dtype=torch.bool), 1), persistent=False)

    def forward(self, x):
        n, t, w = x.shape
        q, k, v = (part.reshape(n, t, self.heads, w // self.heads).transpose(1, 2) for part in self.qkv(x).chunk(3, dim=-1))
        scores = q @ k.transpose(-2, -1) / (w // self.heads) ** 0.5
        if self.causal:
            scores = scores.masked_fill(self.mask, float("-inf"))
        return self.out((torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(n, t, w))


class Positions(nn.Module):
    def __init__(self, time, width):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(1, time, width) / 2)

    def forward(self, x):
        return x + self.weight


class Normalized(nn.Module):
    """The normalisation of the input, as a part of the network."""

    def __init__(self, channels):
        super().__init__()
        self.mean, self.std = torch.rand(1, channels, 1, 1) / 3, 0.5 + torch.rand(1, channels, 1, 1)

    def forward(self, x):
        return (x - self.mean) / self.std


def size(layers, sample):
    with torch.no_grad():
        return layers(torch.zeros(2, *sample)).shape[1:]


def image(rng, activation, seed):
    sample = (rng.choice([1, 2]), rng.choice([5, 6]), rng.choice([4, 6]))
    channels = sample[0]
    layers = [Normalized(channels)] if rng.random() < 0.3 else []
    for _ in range(rng.choice([1, 2])):
        out = rng.choice([1, 2])
        kind = rng.choice(["plain", "rectangular", "grouped", "dilated"])
        if kind == "grouped" and channels == 2:
            layers.append(nn.Conv2d(2, 2, (2, 1), groups=2, padding=(1, 0), bias=rng.random() < 0.5))
            out = 2
        elif kind == "rectangular":
            layers.append(nn.Conv2d(channels, out, (1, 3), stride=(1, 1), padding=(0, 1), bias=rng.random() < 0.5))
        elif kind == "dilated":
            layers.append(nn.Conv2d(channels, out, 2, dilation=(1, 2), padding=1))
        else:
            layers.append(nn.Conv2d(channels, out, 2, padding=rng.choice([0, 1])))
        channels = out
        if rng.random() < 0.4:
            norm = nn.BatchNorm2d(channels)
            norm.running_mean.uniform_(-0.3, 0.3), norm.running_var.uniform_(0.5, 2)
            nn.init.uniform_(norm.weight, 0.5, 1.5), nn.init.uniform_(norm.bias, -0.5, 0.5)
            layers.append(norm)
        layers.append(activation())
    if rng.random() < 0.4:
        layers.append(Residual(nn.Conv2d(channels, channels, 1), rng.choice(["add", "sub", "mul", "gate", "cat"])))
    pool = ["max", "average", "ceil", "global", "dilated", "unpadded", "mean", "none"][seed // 3 % 8]
    layers += {
        "max": [nn.MaxPool2d(2, stride=(1, 2), padding=1)], "ceil": [nn.MaxPool2d((2, 3), stride=2, ceil_mode=True)], "dilated": [nn.MaxPool2d(2, stride=1, dilation=(1, 2))],
        "average": [nn.AvgPool2d((2, 1), padding=(1, 0))], "unpadded": [nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)],
        "global": [nn.AdaptiveAvgPool2d(1)], "mean": [Lambda(lambda x: x.mean((2, 3)))], "none": [],
    }[pool]
    layers.append(rng.choice([nn.Flatten(), Lambda(lambda x: x.view(x.size(0), -1)), Lambda(lambda x: x.reshape(x.shape[0], -1))]))
    return sample, layers


def line(rng, activation):
    sample = (rng.choice([1, 2]), rng.choice([6, 7]))
    layers = [nn.Conv1d(sample[0], 2, 3, stride=2, padding=1), activation()]
    if rng.random() < 0.5:
        norm = nn.BatchNorm1d(2)
        norm.running_mean.uniform_(-0.3, 0.3), norm.running_var.uniform_(0.5, 2)
        layers.append(norm)
    layers += [rng.choice([nn.MaxPool1d(2), nn.AvgPool1d(2, padding=1)]), nn.Flatten()]
    return sample, layers


def vector(rng, activation):
    width = rng.choice([3, 4])
    layers = [nn.Linear(width, width, bias=rng.random() < 0.7), activation()]
    layers.append(rng.choice([
        Residual(nn.Linear(width, width), rng.choice(["add", "sub", "mul", "gate", "cat"])), nn.LayerNorm(width), nn.Dropout(0.3), nn.Identity(),
        Lambda(lambda x: 0.5 * x + 1), Lambda(lambda x: x.unsqueeze(1).squeeze(1)), Lambda(lambda x: torch.cat([x[:, :2], -x], 1)), nn.Softmax(dim=1)]))
    return (width,), layers


def sequence(rng, activation, tokens):
    time, width = 3, rng.choice([2, 4]) if not tokens else 2
    layers = [nn.Embedding(4, width), Positions(time, width)] if tokens else [nn.Linear(2, width), Positions(time, width)]
    block = rng.choice(["attention", "norm", "mlp", "turned"])
    if block == "attention" and width == 2:
        layers.append(Residual(Attention(2, rng.choice([1, 2]), time, rng.random() < 0.6), "add"))
    elif block == "norm":
        layers += [nn.LayerNorm(width), activation()]
    elif block == "turned":
        layers += [Lambda(lambda x: x.transpose(1, 2)), nn.Linear(time, 2), activation(), Lambda(lambda x: x.permute(0, 2, 1))]
    else:
        layers += [nn.LayerNorm(width, elementwise_affine=False), nn.Linear(width, 2, bias=False), activation()]
    layers.append(rng.choice([nn.Flatten(), Lambda(lambda x: x.mean(1)), Lambda(lambda x: x[:, -1])]))
    return (time,) if tokens else (time, 2), layers


def network(seed):
    rng = random.Random(seed)
    torch.manual_seed(seed)
    activation = ACTIVATIONS[list(ACTIVATIONS)[seed % len(ACTIVATIONS)]]
    kind = ["image", "image", "vector", "sequence", "tokens", "image", "line", "sequence"][seed % 8]
    if kind == "image":
        sample, layers = image(rng, activation, seed)
    elif kind == "line":
        sample, layers = line(rng, activation)
    elif kind == "vector":
        sample, layers = vector(rng, activation)
    else:
        sample, layers = sequence(rng, activation, kind == "tokens")
    x = torch.randint(0, 4, (4, *sample)) if kind == "tokens" else torch.randn(4, *sample)
    features = nn.Sequential(*layers).eval()
    with torch.no_grad():
        width = features(x).shape[1]
    loss = rng.choice(["cross-entropy", "cross-entropy", "mean-squared", "binary-cross-entropy"])
    outputs = rng.choice([2, 3])
    end = {"cross-entropy": rng.choice([[], [nn.LogSoftmax(dim=1)], [nn.Softmax(dim=1)]]), "mean-squared": [], "binary-cross-entropy": rng.choice([[], [nn.Sigmoid()]])}[loss]
    model = nn.Sequential(*layers, nn.Linear(width, outputs, bias=rng.random() < 0.8), *end).eval()
    y = {"cross-entropy": torch.randint(0, outputs, (4,)), "mean-squared": torch.randn(4, outputs), "binary-cross-entropy": torch.rand(4, outputs)}[loss]
    return model, end, x, y, loss, rng.choice([9, 11, 13, 14, 16, 17])


def objective(model, end, loss, x, y, parameters):
    out = functional_call(model, parameters, x)
    if loss == "mean-squared":
        return F.mse_loss(out, y)
    if loss == "binary-cross-entropy":
        return F.binary_cross_entropy(out, y) if end else F.binary_cross_entropy_with_logits(out, y)
    if end and isinstance(end[0], nn.Softmax):
        return F.nll_loss(torch.log(out), y)
    return F.nll_loss(out, y) if end else F.cross_entropy(out, y)


def record(archive, number, seed):
    model, end, x, y, loss, opset = network(seed)
    names = [name for name, _ in model.named_parameters()]
    count = sum(p.numel() for p in model.parameters())
    if count > 48:
        return False
    file = io.BytesIO()
    try:
        torch.onnx.export(model, x, file, opset_version=opset, training=torch.onnx.TrainingMode.PRESERVE, input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "N"}, "y": {0: "N"}})
    except Exception as e:
        print(f"seed {seed}: {str(e).splitlines()[0]}", file=sys.stderr)
        return False
    shapes = {name: p.shape for name, p in model.named_parameters()}
    flat = torch.cat([p.detach().reshape(-1) for p in model.parameters()]).requires_grad_()

    def of(vector):
        parameters, offset = {}, 0
        for name in names:
            n = shapes[name].numel()
            parameters[name] = vector[offset:offset + n].reshape(shapes[name])
            offset += n
        return objective(model, end, loss, x, y, parameters)

    value = of(flat)
    gradient, = torch.autograd.grad(value, flat, create_graph=True)
    rows = [torch.autograd.grad(gradient[i], flat, retain_graph=True, allow_unused=True)[0] if gradient[i].requires_grad else None for i in range(count)]
    hessian = torch.stack([torch.zeros(count) if row is None else row for row in rows]).numpy()
    hessian = (hessian + hessian.T) / 2
    body = nn.Sequential(*list(model)[:-len(end)]) if end else model
    logits = body.eval()(x).detach().numpy()

    def write(name, content):
        entry = zipfile.ZipInfo(f"{number:02}{name}")
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, content)

    write(".onnx", file.getvalue())
    write(".json", json.dumps({"seed": seed, "opset": opset, "loss": loss, "parameters": {name: list(shapes[name]) for name in names}, "sample": list(x.shape[1:])}))
    for name, values in [("x", x), ("y", y), ("loss", value), ("logits", logits), ("gradient", gradient), ("hessian", hessian[np.tril_indices(count)])]:
        values = values.detach().numpy() if isinstance(values, torch.Tensor) else values
        write(f"-{name}", np.ascontiguousarray(values, dtype="<f8").tobytes())
    return True


def main():
    with zipfile.ZipFile("networks.zip", "w") as archive:
        number, seed = 0, 0
        while number < 40:
            number += record(archive, number, seed)
            seed += 1


if __name__ == "__main__":
    main()
