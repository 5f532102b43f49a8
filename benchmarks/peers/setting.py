"""Where PyTorch computes, and how a run is timed."""
import statistics
import time

DEVICE = "cpu"


def finish():
    """Waits for what a GPU has been given."""
    if DEVICE == "cuda":
        import torch
        torch.cuda.synchronize()


def once(action):
    finish()
    start = time.perf_counter()
    action()
    finish()
    return time.perf_counter() - start


def median(action, repeats):
    action()
    return statistics.median(once(action) for _ in range(repeats))
