"""Times of other people's tools for the same work, one item a call, as one JSON line: {"seconds": median, "what": ...}.

Needs Debian's python3-numpy (with OpenBLAS, libopenblas0-pthread) and, for the items of PyTorch, python3-torch.
"""
import argparse
import ctypes
import gzip
import json
import os
import statistics
import sys
import time

import numpy as np


DEVICE = "cpu"


def openblas_core():
    """The kernels that OpenBLAS has chosen for this processor; None if NumPy and PyTorch use another library."""
    try:
        library = ctypes.CDLL("libopenblas.so.0", mode=os.RTLD_NOLOAD)
    except OSError:
        return None
    library.openblas_get_corename.restype = ctypes.c_char_p
    return library.openblas_get_corename().decode()


def start_again_with_better_core():
    """A release of OpenBLAS that is older than the processor falls back to kernels of 2004; told a core with the same vectors it is five times faster, and that is what we want to be measured against."""
    if openblas_core() not in ("Prescott", "Generic") or "OPENBLAS_CORETYPE" in os.environ:
        return
    with open("/proc/cpuinfo") as file:
        flags = next((line for line in file if line.startswith("flags")), "").split()
    core = "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags else None
    if core:
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"OPENBLAS_CORETYPE": core})


def finish():
    """Waits for what a GPU has been given."""
    if DEVICE == "cuda":
        import torch
        torch.cuda.synchronize()


def median(action, repeats):
    action()
    times = []
    for _ in range(repeats):
        finish()
        start = time.perf_counter()
        action()
        finish()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def matrix_product(size, dtype):
    generator = np.random.default_rng(1)
    a, b = (generator.standard_normal((size, size)).astype(dtype) for _ in range(2))
    if DEVICE == "cuda":
        import torch
        a, b = (torch.from_numpy(factor).to(DEVICE) for factor in (a, b))
        return median(lambda: a @ b, 7), f"torch {torch.__version__}, cuBLAS, {size} x {size} {dtype}"
    return median(lambda: a @ b, 7), f"numpy {np.__version__}, OpenBLAS for {openblas_core()}, {size} x {size} {dtype}"


def eigen(size, vectors, repeats):
    generator = np.random.default_rng(1)
    a = generator.standard_normal((size, size))
    a = a + a.T
    solve = np.linalg.eigh if vectors else np.linalg.eigvalsh
    return median(lambda: solve(a), repeats), f"numpy.linalg.{solve.__name__}, OpenBLAS for {openblas_core()}, {size} x {size}"


def read_idx(path, header):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def images(folder, name):
    pixels = read_idx(f"{folder}/{name}-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
    labels = read_idx(f"{folder}/{name}-labels-idx1-ubyte.gz", 8)
    return pixels, labels


def tensors(folder, name, dtype, indices=None):
    import torch
    pixels, labels = images(folder, name)
    if indices is not None:
        pixels, labels = pixels[indices], labels[indices]
    x = (torch.from_numpy(pixels / np.float32(255)).to(dtype) - 0.1307) / 0.3081
    return x.to(DEVICE), torch.from_numpy(labels.astype(np.int64)).to(DEVICE)


def network(dtype):
    import torch
    from torch import nn
    torch.manual_seed(1)
    model = nn.Sequential(nn.Conv2d(1, 1, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(169, 10), nn.LogSoftmax(1)).to(DEVICE, dtype)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(0, 0.5 if parameter.dim() > 1 else 0.0)
    return model


def gradient_of(model, x, y):
    """The notebook's loss, the mean of batch means, and its gradient as a graph."""
    import torch
    from torch.nn import functional
    batches = [functional.nll_loss(model(x[i:i + 64]), y[i:i + 64]) for i in range(0, len(x), 64)]
    loss = sum(batches) / len(batches)
    parameters = list(model.parameters())
    gradients = torch.autograd.grad(loss, parameters, create_graph=True)
    return parameters, torch.cat([gradient.reshape(-1) for gradient in gradients])


def subset(count):
    return np.random.RandomState(1).randint(0, 60000, count)


def hessian_loop(folder, rows):
    """The notebook's way: one double-backward pass a row. Some rows are timed, all cost the same."""
    import torch
    dtype = torch.float32
    model = network(dtype)
    x, y = tensors(folder, "train", dtype, subset(1500))
    start = time.perf_counter()
    parameters, gradient = gradient_of(model, x, y)
    for i in range(rows):
        torch.autograd.grad(gradient[i * (len(gradient) // rows)], parameters, retain_graph=True)
    finish()
    seconds = (time.perf_counter() - start) * len(gradient) / rows
    return seconds, f"torch {torch.__version__}, {rows} of {len(gradient)} rows timed"


def hessian_batched(folder, dtype):
    """All rows by batched backward passes (vmap inside autograd), 57 rows at once."""
    import torch
    dtype = getattr(torch, dtype)
    model = network(dtype)
    x, y = tensors(folder, "train", dtype, subset(1500))
    start = time.perf_counter()
    parameters, gradient = gradient_of(model, x, y)
    eye = torch.eye(len(gradient), dtype=dtype, device=DEVICE)
    for rows in eye.split(57):
        torch.autograd.grad(gradient, parameters, grad_outputs=rows, retain_graph=True, is_grads_batched=True)
    finish()
    return time.perf_counter() - start, f"torch {torch.__version__}, is_grads_batched"


def training(folder):
    """One model as the notebook trains it: 10 epochs of 24 batches, the test images after each."""
    import torch
    from torch.nn import functional
    dtype = torch.float32
    model = network(dtype)
    x, y = tensors(folder, "train", dtype, subset(1500))
    test_x, test_y = tensors(folder, "t10k", dtype)
    optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
    start = time.perf_counter()
    for _ in range(10):
        for i in range(0, len(x), 64):
            optimizer.zero_grad()
            functional.nll_loss(model(x[i:i + 64]), y[i:i + 64]).backward()
            optimizer.step()
        with torch.no_grad():
            for i in range(0, len(test_x), 1000):
                output = model(test_x[i:i + 1000])
                functional.nll_loss(output, test_y[i:i + 1000], reduction="sum").item()
                output.argmax(1).eq(test_y[i:i + 1000]).sum().item()
    finish()
    return time.perf_counter() - start, f"torch {torch.__version__}"


def main():
    global DEVICE
    parser = argparse.ArgumentParser()
    parser.add_argument("item", choices=["product", "eigenvalues", "eigenvectors", "hessian-loop", "hessian-batched", "training"])
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float64")
    parser.add_argument("--data", default="data/mnist")
    parser.add_argument("--rows", type=int, default=57)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu", help="where PyTorch computes")
    options = parser.parse_args()
    start_again_with_better_core()
    DEVICE = options.device
    if options.threads and options.item in ("hessian-loop", "hessian-batched", "training"):
        import torch
        torch.set_num_threads(options.threads)
    seconds, what = {
        "product": lambda: matrix_product(options.size, options.dtype),
        "eigenvalues": lambda: eigen(options.size, False, options.repeats),
        "eigenvectors": lambda: eigen(options.size, True, options.repeats),
        "hessian-loop": lambda: hessian_loop(options.data, options.rows),
        "hessian-batched": lambda: hessian_batched(options.data, options.dtype),
        "training": lambda: training(options.data),
    }[options.item]()
    json.dump({"seconds": seconds, "what": what}, sys.stdout)


if __name__ == "__main__":
    main()
