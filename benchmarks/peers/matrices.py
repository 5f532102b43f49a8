"""Matrix products and eigenvalues in NumPy."""
import numpy as np

import blas
import setting


def product(size, dtype):
    generator = np.random.default_rng(1)
    a, b = (generator.standard_normal((size, size)).astype(dtype) for _ in range(2))
    if setting.DEVICE == "cuda":
        import torch
        a, b = (torch.from_numpy(factor).to(setting.DEVICE) for factor in (a, b))
        return setting.median(lambda: a @ b, 7), f"torch {torch.__version__}, cuBLAS, {size} x {size} {dtype}"
    return setting.median(lambda: a @ b, 7), f"{blas.of_numpy()}, {size} x {size} {dtype}"


def eigen(size, vectors, repeats):
    generator = np.random.default_rng(1)
    a = generator.standard_normal((size, size))
    a = a + a.T
    solve = np.linalg.eigh if vectors else np.linalg.eigvalsh
    return setting.median(lambda: solve(a), repeats), f"numpy.linalg.{solve.__name__}, {blas.of_numpy()}, {size} x {size}"
