"""Makes the .npy files beside it. Run with NumPy 1.24 in this folder."""
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
