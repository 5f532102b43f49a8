"""Makes the .npy files beside it. Run with NumPy 1.24 in this folder."""
import numpy

numpy.random.seed(2022)
numpy.save("randint-2022-60000-1500", numpy.random.randint(60000, size=1500))
numpy.random.seed(2022)
numpy.save("permutation-2022-60000-1500", numpy.random.permutation(60000)[:1500])
numpy.save("normal-2022-0.1-1001", numpy.random.RandomState(2022).normal(0, 0.1, 1001))
numpy.save("uniform-4294967295-100", numpy.random.RandomState(2**32 - 1).random_sample(100))
