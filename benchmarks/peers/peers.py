"""Times of other people's tools for the same work, one item a call, as one JSON line: {"seconds": median, "what": ..., and numbers that were found}.

Needs Debian's python3-numpy (with OpenBLAS, libopenblas0-pthread) and, for the items of PyTorch, python3-torch; or pip's numpy and torch.
"""
import argparse
import json
import sys

# Nothing is left beside the sources.
sys.dont_write_bytecode = True

import blas
import setting


def notebook_items(options):
    import notebook
    return {
        "hessian-loop": lambda: notebook.hessian_loop(options.data, options.rows),
        "hessian-batched": lambda: notebook.hessian_batched(options.data, options.dtype),
        "notebook-training": lambda: notebook.training(options.data),
    }


def network_items(options):
    import networks
    case = (options.network, options.data, options.samples)
    return {
        "gradient": lambda: networks.passes("gradient", *case, options.repeats),
        "hessian-product": lambda: networks.passes("product", *case, options.repeats),
        "hessian-products": lambda: networks.products(*case),
        "gauss-newton-product": lambda: networks.passes("gauss_newton", *case, options.repeats),
        "training": lambda: networks.training(*case, options.batch, options.repeats),
    }


def curvature_items(options):
    import curvature
    case = (options.network, options.data, options.samples, options.weights)
    return {
        "hutchinson": lambda: curvature.hutchinson(case, options.seed),
        "hutchplusplus": lambda: curvature.hutchplusplus(case, options.products, options.seed),
        "quadrature": lambda: curvature.quadrature(case, options.seed),
        "lanczos": lambda: curvature.lanczos(case, options.pairs, options.tolerance, options.above, options.rule, options.seed),
    }


def matrix_items(options):
    import matrices
    return {
        "product": lambda: matrices.product(options.size, options.dtype),
        "eigenvalues": lambda: matrices.eigen(options.size, False, options.repeats),
        "eigenvectors": lambda: matrices.eigen(options.size, True, options.repeats),
    }


ITEMS = {
    "product": matrix_items,
    "eigenvalues": matrix_items,
    "eigenvectors": matrix_items,
    "hessian-loop": notebook_items,
    "hessian-batched": notebook_items,
    "notebook-training": notebook_items,
    "gradient": network_items,
    "hessian-product": network_items,
    "hessian-products": network_items,
    "gauss-newton-product": network_items,
    "training": network_items,
    "hutchinson": curvature_items,
    "hutchplusplus": curvature_items,
    "quadrature": curvature_items,
    "lanczos": curvature_items,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("item", choices=ITEMS)
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float64")
    parser.add_argument("--data", default="data/mnist")
    parser.add_argument("--rows", type=int, default=57)
    parser.add_argument("--network", default="lenet5", help="one of networks.py")
    parser.add_argument("--samples", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--weights", help="the network's parameters one after the other, a .npy file of float32; random ones if left out")
    parser.add_argument("--products", type=int, default=99, help="of hutchplusplus, at least 6")
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--tolerance", type=float, default=1e-6)
    parser.add_argument("--above", type=float, default=float("-inf"), help="what the pairs' eigenvalues are above")
    parser.add_argument("--rule", choices=["usual", "doubling", "least"], default="usual", help="of lanczos, as curvature.py says")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu", help="where PyTorch computes")
    options = parser.parse_args()
    setting.DEVICE = options.device
    item = ITEMS[options.item](options)[options.item]
    blas.start_again_with_better_core()
    if options.threads and "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(options.threads)
    seconds, what, *numbers = item()
    json.dump({"seconds": seconds, "what": what} | (numbers[0] if numbers else {}), sys.stdout)


if __name__ == "__main__":
    main()
