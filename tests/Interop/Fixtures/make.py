"""Makes the .npy, savez*.npz and .safetensors files beside it. Run with NumPy 1.24 in this folder."""
import json
import struct

import numpy
import numpy.lib.format

grid = numpy.arange(6).reshape(2, 3)
for name, dtype in {"f4": "<f4", "f8": "<f8", "f4-big": ">f4", "f8-big": ">f8", "i4": "<i4", "i4-big": ">i4", "i8": "<i8", "i8-big": ">i8", "u1": "u1",
                    "u8": "<u8", "c16": "<c16"}.items():
    numpy.save(name, grid.astype(dtype))
numpy.save("bool", numpy.array([True, False]))
numpy.save("fortran", numpy.asfortranarray(grid.astype("<f8")))
numpy.save("scalar", numpy.array(3.5))
numpy.save("empty", numpy.zeros((0, 3)))
numpy.save("object", numpy.array([1, "a"], dtype=object))
numpy.save("structured", numpy.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
numpy.save("special", numpy.array([-0.0, numpy.inf, -numpy.inf, numpy.nan, 5e-324]))
numpy.save("large", numpy.array([2**53, 2**53 + 1]))
numpy.save("wide", numpy.arange(1.0, 1301.0).reshape(100, 13))
for major in (2, 3):
    with open(f"version{major}.npy", "wb") as file:
        numpy.lib.format.write_array(file, grid.astype("<f8"), version=(major, 0))

tensors = {"w": grid.astype("<f8"), "b": numpy.array([0.5, -0.25], dtype="<f4")}
numpy.savez("savez", **tensors)
numpy.savez_compressed("savez_compressed", **tensors)

# written.safetensors by the format's description: length of the header, header filled with spaces to a multiple of 8 bytes, elements.
written = {"conv1.weight": numpy.array([0.1, -2, 1 / 3, 4, 5e-324, 6, -0.0, 8]).reshape(2, 1, 2, 2), "conv1.bias": numpy.array([0.5, 1e300]),
           "fc.weight": numpy.arange(300.0).reshape(1, 300), "scale": numpy.array(-7.25)}
entries, end = {}, 0
for name, tensor in written.items():
    entries[name] = {"dtype": "F64", "shape": list(tensor.shape), "data_offsets": [end, end + tensor.nbytes]}
    end += tensor.nbytes
header = json.dumps(entries, separators=(",", ":")).encode()
header += b" " * (-len(header) % 8)
with open("written.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(header)) + header + b"".join(tensor.tobytes() for tensor in written.values()))
