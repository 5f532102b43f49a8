"""Images as tensors: MNIST's, or random ones of another shape."""
import gzip

import numpy as np
import torch

import setting


def read_idx(path, header):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def mnist(folder, name, dtype, indices):
    """Normalised images and their labels; all of them for None."""
    pixels = read_idx(f"{folder}/{name}-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
    labels = read_idx(f"{folder}/{name}-labels-idx1-ubyte.gz", 8)
    if indices is not None:
        pixels, labels = pixels[indices], labels[indices]
    x = (torch.from_numpy(pixels / np.float32(255)).to(dtype) - 0.1307) / 0.3081
    return x.to(setting.DEVICE), torch.from_numpy(labels.astype(np.int64)).to(setting.DEVICE)


def random(count, shape):
    """Random pixels in ten classes."""
    torch.manual_seed(1)
    return torch.rand(count, *shape, device=setting.DEVICE), torch.randint(10, (count,), device=setting.DEVICE)
