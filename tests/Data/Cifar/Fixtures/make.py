"""Writes CIFAR's pickles in the ways that Python has: as Python 2 wrote those that are published, and as Python 3 writes them with each protocol.

Image i has at place j the level (7 i + 13 j + j // 1024) mod 256. Run with NumPy: python3 make.py
"""
import os
import pickle

import numpy

FOLDER = os.path.dirname(os.path.abspath(__file__))


class Python2(pickle._Pickler):
    """Texts and bytes as Python 2's str: SHORT_BINSTRING and BINSTRING, which Python 3 reads and does not write."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_string(self, obj):
        data = obj.encode("latin1") if isinstance(obj, str) else obj
        self.write(b"U" + bytes([len(data)]) + data if len(data) < 256 else b"T" + len(data).to_bytes(4, "little") + data)
        self.memoize(obj)

    dispatch[str] = save_string
    dispatch[bytes] = save_string


def images(count):
    i, j = numpy.ogrid[:count, :3072]
    return ((7 * i + 13 * j + j // 1024) % 256).astype(numpy.uint8)


def write(name, content, protocol, pickler=pickle.Pickler):
    with open(os.path.join(FOLDER, name + ".pickle"), "wb") as file:
        pickler(file, protocol).dump(content)


ten = {"batch_label": "training batch 1 of 5", "labels": [6, 9, 0], "data": images(3), "filenames": ["a.png", "b.png", "c.png"]}
write("ten-python2", ten, 2, Python2)
for protocol in (2, 3, 4, 5):
    write("ten-protocol%d" % protocol, ten, protocol)
write("ten-keys-of-bytes", {key.encode(): value for key, value in ten.items()}, 4)
write("ten-numpy-labels", {**ten, "labels": list(numpy.array([6, 9, 0]))}, 4)
write("ten-fortran", {**ten, "data": numpy.asfortranarray(images(3))}, 2)
write("ten-floats", {**ten, "data": images(1).astype(numpy.float32)}, 2)
write("ten-names", {"num_cases_per_batch": 3, "num_vis": 3072, "label_names": ["k%d" % i for i in range(10)]}, 2, Python2)
write("hundred-python2", {"filenames": ["a", "b"], "fine_labels": [3, 1], "coarse_labels": [0, 1], "data": images(2)}, 2, Python2)
write("hundred-names", {"fine_label_names": ["f0", "f1", "f2", "f3"], "coarse_label_names": ["c0", "c1"]}, 2, Python2)
