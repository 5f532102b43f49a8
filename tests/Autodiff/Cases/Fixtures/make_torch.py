"""Writes torch.json: loss, gradient and products with the Hessian of small networks by PyTorch's double backward (1.13, in double).

Inputs, parameters and directions are sines of their place, so that the test computes the same ones. python3 make_torch.py
"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def wave(count, pace, phase, size):
    return torch.tensor([size * math.sin(pace * i + phase) for i in range(count)])


def layer(kind, **properties):
    return {"type": kind, **properties}


def conv(name, channels, kernel, **properties):
    return layer("convolution", name=name, channels=channels, kernel=kernel, **properties)


class Points:
    """Hands out the parameters in the order of the layers."""

    def __init__(self, theta):
        self.theta, self.used = theta, 0

    def take(self, *shape):
        count = math.prod(shape)
        part = self.theta[self.used:self.used + count].reshape(shape)
        self.used += count
        return part


STATISTICS = {"mean": [0.3, -0.2, 0.1, 0.4], "variance": [0.5, 1.5, 0.8, 2.0]}
HEAD = [layer("flatten"), layer("linear", name="fc", outputs=3), layer("softmax-loss")]


def head(p, x, y):
    x = x.flatten(1)
    return F.cross_entropy(x @ p.take(3, x.shape[1]).T + p.take(3), y)


def batch_norm(p, x, channels, epsilon):
    mean, variance = (torch.tensor(STATISTICS[key][:channels]) for key in ("mean", "variance"))
    return F.batch_norm(x, mean, variance, p.take(channels), p.take(channels), training=False, eps=epsilon)


def rectangular(p, x, y):
    x = F.conv2d(F.pad(x, (2, 1, 0, 3)), p.take(3, 2, 3, 2), p.take(3), stride=(2, 1), dilation=(1, 3))
    return head(p, torch.tanh(x), y)


def grouped(p, x, y):
    x = torch.tanh(F.conv2d(x, p.take(6, 2, 2, 3), p.take(6), padding=(0, 1), groups=2))
    x = F.conv2d(x, p.take(2, 3, 1, 1), stride=2, groups=2)
    return head(p, x, y)


def depthwise(p, x, y):
    x = F.silu(F.conv2d(x, p.take(4, 1, 3, 3), p.take(4), padding=1, groups=2))
    x = F.conv2d(x, p.take(2, 4, 1, 1), p.take(2))
    return head(p, F.avg_pool2d(x, 2, ceil_mode=True), y)


def ceil_max(p, x, y):
    x = torch.tanh(F.conv2d(x, p.take(2, 2, 2, 2), p.take(2)))
    return head(p, F.max_pool2d(x, (2, 3), (2, 2), (1, 0), ceil_mode=True), y)


def dilated_max(p, x, y):
    x = torch.tanh(F.conv2d(x, p.take(2, 2, 2, 2), p.take(2)))
    return head(p, F.max_pool2d(x, 2, 1, 1, dilation=2), y)


def average(count, pads):
    def run(p, x, y):
        x = torch.tanh(F.conv2d(x, p.take(2, 2, 2, 2), p.take(2)))
        return head(p, F.avg_pool2d(x, 3, 2, pads, ceil_mode=True, count_include_pad=count), y)
    return run


def normalised(p, x, y):
    x = batch_norm(p, F.conv2d(x, p.take(4, 2, 3, 3)), 4, 1e-5)
    return head(p, torch.tanh(x).mean((2, 3)), y)


def binary(p, x, y):
    x = torch.tanh(x.flatten(1) @ p.take(3, 8).T + p.take(3))
    x = batch_norm(p, x, 3, 1e-3)
    return F.binary_cross_entropy_with_logits(x @ p.take(4, 3).T + p.take(4), y)


def affine(p, x, y):
    x = F.conv2d(x * torch.tensor([2.0, -0.5]).reshape(2, 1, 1) + 0.25, p.take(2, 2, 2, 2), p.take(2))
    return head(p, torch.tanh(x) * torch.tensor([0.5, 1.0, 1.5]), y)


CASES = [
    ("rectangular convolution", [2, 6, 5], rectangular, [
        conv("a", 3, [3, 2], stride=[2, 1], padding=[0, 2, 3, 1], dilation=[1, 3]), layer("tanh"), *HEAD]),
    ("grouped convolution", [4, 4, 3], grouped, [
        conv("a", 6, [2, 3], padding=[0, 1], groups=2), layer("tanh"), conv("b", 2, 1, stride=2, groups=2, bias=False), *HEAD]),
    ("depthwise convolution", [2, 5, 3], depthwise, [
        conv("a", 4, 3, padding=1, groups=2), layer("silu"), conv("b", 2, 1), layer("average-pool", size=2, ceil=True, countPadding=True), *HEAD]),
    ("max-pool with a last part of a window", [2, 6, 6], ceil_max, [
        conv("a", 2, 2), layer("tanh"), layer("max-pool", size=[2, 3], stride=2, padding=[1, 0], ceil=True), *HEAD]),
    ("max-pool of pixels that lie apart", [2, 5, 6], dilated_max, [
        conv("a", 2, 2), layer("tanh"), layer("max-pool", size=2, stride=1, padding=1, dilation=2), *HEAD]),
    ("average-pool that counts its padding", [2, 5, 6], average(True, (1, 0)), [
        conv("a", 2, 2), layer("tanh"), layer("average-pool", size=3, stride=2, padding=[1, 0], ceil=True), *HEAD]),
    ("average-pool that does not", [2, 5, 6], average(False, 1), [
        conv("a", 2, 2), layer("tanh"), layer("average-pool", size=3, stride=2, padding=1, ceil=True, countPadding=False), *HEAD]),
    ("batch normalisation and a global average", [2, 5, 4], normalised, [
        conv("a", 4, 3, bias=False), layer("batch-normalization", name="bn"), layer("tanh"), layer("global-average-pool"), *HEAD[1:]]),
    ("binary cross-entropy", [8], binary, [
        layer("linear", name="a", outputs=3), layer("tanh"), layer("batch-normalization", name="bn", epsilon=1e-3),
        layer("linear", name="fc", outputs=4), layer("binary-cross-entropy-loss")]),
    ("affine maps", [2, 4, 4], affine, [
        layer("affine", scale={"shape": [2, 1, 1], "values": [2, -0.5]}, shift=0.25), conv("a", 2, 2), layer("tanh"),
        layer("affine", scale={"shape": [3], "values": [0.5, 1, 1.5]}), *HEAD]),
]
SAMPLES = 5


def main():
    written = []
    for name, shape, run, layers in CASES:
        x = wave(SAMPLES * math.prod(shape), 0.77, 0.3, 1.5).reshape(SAMPLES, *shape)
        y = (wave(SAMPLES * 4, 1.9, 0.1, 0.5) + 0.5).reshape(SAMPLES, 4) if name.startswith("binary") else torch.arange(SAMPLES) % 3
        probe = Points(torch.zeros(10_000))
        run(probe, x, y)
        theta = wave(probe.used, 1.37, 0.4, 0.6).requires_grad_()
        loss = run(Points(theta), x, y)
        (gradient,) = torch.autograd.grad(loss, theta, create_graph=True)
        products = []
        for phase in (0.2, 1.7):
            direction = wave(probe.used, 0.9, phase, 1.0)
            (product,) = torch.autograd.grad(gradient @ direction, theta, retain_graph=True)
            products.append(product.tolist())
        trace = sum(torch.autograd.grad(gradient[i], theta, retain_graph=True)[0][i].item() for i in range(probe.used))
        written.append({"name": name, "network": {"input": shape, "layers": layers}, "loss": loss.item(), "trace": trace,
                        "gradient": gradient.tolist(), "products": products})
    with open("torch.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in written) + "\n]\n")


if __name__ == "__main__":
    main()
