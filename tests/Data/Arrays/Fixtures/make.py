"""Arrays as NumPy saves them: python3 make.py (NumPy 1.24). Element (n, …) of x has the value of its place, row by row."""
import numpy as np

x = np.arange(2 * 5 * 6 * 3, dtype=np.uint8).reshape(2, 5, 6, 3)
np.savez_compressed("last.npz", x=x, y=np.array([[1], [0]], np.int64))
np.savez("first.npz", x=np.ascontiguousarray(x.transpose(0, 3, 1, 2)), y=np.array([1, 0], np.uint8))
np.savez("fortran.npz", x=np.asfortranarray(x), y=np.array([1, 0], ">i2"))
np.savez("real.npz", X_train=np.arange(6, dtype=">f4").reshape(2, 3) / 8, Y_train=np.asfortranarray(np.arange(4.0).reshape(2, 2)),
         X_test=np.arange(3, dtype=">f4").reshape(1, 3), Y_test=np.array([[5.0, 6]]), extra=np.zeros(3))
np.savez("half.npz", x=np.array([[[0.5, -2]]], np.float16), y=np.array([True]))
np.savez("tokens.npz", x=np.array([[3, 1, 2], [0, 0, 5]], np.int64), y=np.array([[1, 2, 0], [0, 5, 3]], np.int32))
