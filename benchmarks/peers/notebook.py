"""The notebook's network: its Hessian, and its training."""
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional

import blas
import images
import setting


def network(dtype):
    torch.manual_seed(1)
    model = nn.Sequential(nn.Conv2d(1, 1, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(169, 10), nn.LogSoftmax(1)).to(setting.DEVICE, dtype)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(0, 0.5 if parameter.dim() > 1 else 0.0)
    return model


def gradient_of(model, x, y):
    """The notebook's loss, the mean of batch means, and its gradient as a graph."""
    batches = [functional.nll_loss(model(x[i:i + 64]), y[i:i + 64]) for i in range(0, len(x), 64)]
    loss = sum(batches) / len(batches)
    parameters = list(model.parameters())
    gradients = torch.autograd.grad(loss, parameters, create_graph=True)
    return parameters, torch.cat([gradient.reshape(-1) for gradient in gradients])


def subset(count):
    return np.random.RandomState(1).randint(0, 60000, count)


def hessian_loop(folder, rows):
    """The notebook's way: one double-backward pass a row. Some rows are timed, all cost the same."""
    dtype = torch.float32
    model = network(dtype)
    x, y = images.mnist(folder, "train", dtype, subset(1500))
    start = time.perf_counter()
    parameters, gradient = gradient_of(model, x, y)
    for i in range(rows):
        torch.autograd.grad(gradient[i * (len(gradient) // rows)], parameters, retain_graph=True)
    setting.finish()
    seconds = (time.perf_counter() - start) * len(gradient) / rows
    return seconds, f"{rows} of {len(gradient)} rows timed, {blas.of_torch()}"


def hessian_batched(folder, dtype):
    """All rows by batched backward passes (vmap inside autograd), 57 rows at once."""
    dtype = getattr(torch, dtype)
    model = network(dtype)
    x, y = images.mnist(folder, "train", dtype, subset(1500))
    start = time.perf_counter()
    parameters, gradient = gradient_of(model, x, y)
    eye = torch.eye(len(gradient), dtype=dtype, device=setting.DEVICE)
    for rows in eye.split(57):
        torch.autograd.grad(gradient, parameters, grad_outputs=rows, retain_graph=True, is_grads_batched=True)
    setting.finish()
    return time.perf_counter() - start, f"is_grads_batched, {blas.of_torch()}"


def training(folder):
    """One model as the notebook trains it: 10 epochs of 24 batches, the test images after each."""
    dtype = torch.float32
    model = network(dtype)
    x, y = images.mnist(folder, "train", dtype, subset(1500))
    test_x, test_y = images.mnist(folder, "t10k", dtype, None)
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
    setting.finish()
    return time.perf_counter() - start, blas.of_torch()
