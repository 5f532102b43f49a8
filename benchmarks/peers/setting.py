"""Where PyTorch computes, and how a run is timed."""
import statistics
import time

DEVICE = "cpu"
WARM_SECONDS = 1


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


def warm(action):
    """Until compiled, and until the memory that it takes has been taken before."""
    end = time.perf_counter() + WARM_SECONDS
    action()
    while time.perf_counter() < end:
        action()


def median(action, repeats):
    warm(action)
    return statistics.median(once(action) for _ in range(repeats))
