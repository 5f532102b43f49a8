"""Which library multiplies matrices, for which processor, on how many threads: as far as a process can know it."""
import ctypes
import os
import re
import sys

INSTALL = "OpenBLAS is not loaded (Debian: apt-get install libopenblas0-pthread; pip's numpy brings its own)"

# What a file is called, and what it is. The reference BLAS is the last, because others bring a libblas as well.
KNOWN = [
    (r"openblas", "OpenBLAS"),
    (r"libmkl_", "MKL"),
    (r"libblis", "BLIS"),
    (r"libatlas|libf77blas|libsatlas|libtatlas", "ATLAS"),
    (r"libnvpl_blas", "NVPL"),
    (r"libarmpl", "Arm's library"),
    (r"Accelerate|vecLib", "Accelerate"),
    (r"libblas\.|libcblas\.", "the reference BLAS"),
]

# NumPy's wheels give OpenBLAS's functions names of their own, so that another one may be there too.
NAMES = ["openblas_{}", "openblas_{}64_", "scipy_openblas_{}", "scipy_openblas_{}64_"]


def loaded_files():
    """The shared objects of this process; none where the system does not say."""
    try:
        with open("/proc/self/maps") as file:
            paths = {line.split(maxsplit=5)[5].strip() for line in file if line.count("/") and ".so" in line}
    except OSError:
        return []
    return sorted(paths)


def loaded():
    """(what it is, its file) for each BLAS that is loaded."""
    found = []
    for path in loaded_files():
        name = next((name for pattern, name in KNOWN if re.search(pattern, os.path.basename(path))), None)
        # Debian's OpenBLAS has files called libblas and liblapack in a folder of its own, beside itself.
        if name == "the reference BLAS" and "openblas" in path:
            continue
        if name:
            found.append((name, path))
    return found


def openblas():
    """The files of OpenBLAS that are loaded; those of NumPy and of PyTorch may be two."""
    return [path for name, path in loaded() if name == "OpenBLAS"]


def ask(path, what, result):
    library = ctypes.CDLL(path, mode=os.RTLD_NOLOAD)
    for name in NAMES:
        function = getattr(library, name.format(what), None)
        if function:
            function.restype = result
            return function()
    return None


def core_of(path):
    core = ask(path, "get_corename", ctypes.c_char_p)
    return core.decode() if core else "an unknown processor"


def openblas_said(path):
    config = ask(path, "get_config", ctypes.c_char_p)
    version = re.search(rb"OpenBLAS ([\d.]+)", config or b"")
    threads = ask(path, "get_num_threads", ctypes.c_int)
    return f"OpenBLAS{' ' + version[1].decode() if version else ''} for {core_of(path)} on {threads} thread(s)"


def said(without_file):
    """What is loaded, for a person; where no file tells it, what the caller knows."""
    if openblas():
        return " and ".join(openblas_said(path) for path in openblas())
    others = [f"{name} ({os.path.basename(path)})" for name, path in loaded()]
    return f"{' and '.join(others) or without_file}; {INSTALL}"


def of_numpy():
    import numpy as np
    return f"numpy {np.__version__}, {said(numpy_config())}"


def numpy_config():
    """What NumPy was built with."""
    import numpy as np
    try:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return f"{blas['name']} {blas['version']} when it was built"
    except (TypeError, KeyError):
        return "a BLAS that no file names"


def of_torch():
    """PyTorch with its BLAS, its MKL-DNN (convolutions) and its threads."""
    import torch
    config = torch.__config__.show()
    mkl = re.search(r"Math Kernel Library Version ([\w.]+)", config)
    dnn = re.search(r"MKL-DNN v([\w.]+)", config)
    built = re.search(r"BLAS_INFO=(\w+)", config)
    # MKL is part of PyTorch's own library in its wheels, so that no file is called so.
    blas = f"MKL {mkl[1]}" if mkl else said(f"BLAS '{built[1]}' when it was built" if built else "a BLAS that no file names")
    return f"torch {torch.__version__} on {torch.get_num_threads()} thread(s), {blas}, {'MKL-DNN ' + dnn[1] if dnn else 'no MKL-DNN'}"


def start_again_with_better_core():
    """A release of OpenBLAS that is older than the processor falls back to kernels of 2004; told a core with the same vectors it is five times faster, and that is what we want to be measured against."""
    if "OPENBLAS_CORETYPE" in os.environ or not any(core_of(path) in ("Prescott", "Generic") for path in openblas()):
        return
    with open("/proc/cpuinfo") as file:
        flags = next((line for line in file if line.startswith("flags")), "").split()
    core = "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags else None
    if core:
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"OPENBLAS_CORETYPE": core})
