"""What others do with a Hessian's products: their algorithms from their descriptions, over double backward.

PyHessian (Yao, Gholami, Keutzer and Mahoney 2020): Hutchinson's trace with its rule when to stop, and stochastic Lanczos quadrature.
hessian-eigenthings 1.0: Lanczos with one vector, and Hutch++ (Meyer, Musco, Musco and Woodruff 2021).
One product a call, as both take them. With one batch PyHessian builds the gradient's graph once; hessian-eigenthings builds it for every product.
"""
import math
import time

import numpy as np
import torch

import blas
import networks
import setting

# PyHessian: the relative change of the mean that ends it, and most probes; steps of a quadrature.
CHANGE = 1e-3
MOST_PROBES = 100
QUADRATURE_STEPS = 100

# hessian-eigenthings: most steps for which every new vector is made orthogonal to all.
ORTHOGONAL_STEPS = 50

# By how much the least number of steps is found.
LOOK = 2

# Ritz values that have converged and are no farther apart than so many tolerances are copies.
COPIES = 10

# Steps at which whoever gives up gives up.
MOST_STEPS = 600


class Hessian:
    """v -> Hv with vectors of all parameters, counted; the clock starts with it, and what both sides have to read is read before."""

    def __init__(self, network, folder, samples, weights, shared):
        self.case = networks.Case(network, folder, samples)
        if weights:
            torch.nn.utils.vector_to_parameters(torch.from_numpy(np.load(weights)).to(setting.DEVICE), self.case.parameters)
        self.order = sum(parameter.numel() for parameter in self.case.parameters)
        # Threads and memory of a first pass are no part of the algorithm.
        self.case.product()
        setting.finish()
        self.products = 0
        self.start, self.processor = time.perf_counter(), time.process_time()
        self.shared = self.case.graph() if shared else None

    def times(self, vector):
        self.products += 1
        graph = self.shared or self.case.graph()
        split = torch.split(vector, [parameter.numel() for parameter in self.case.parameters])
        directions = [part.view_as(parameter) for part, parameter in zip(split, self.case.parameters)]
        product = torch.autograd.grad(graph, self.case.parameters, directions, retain_graph=self.shared is not None)
        return torch.cat([part.reshape(-1) for part in product])

    def columns(self, matrix):
        return torch.stack([self.times(column) for column in matrix.T], 1)

    def signs(self, *count):
        """Rademacher's vectors."""
        return torch.randint(2, (self.order, *count), device=setting.DEVICE).float() * 2 - 1

    def found(self, what, **numbers):
        """Seconds until now, those of the processor, and what was found."""
        setting.finish()
        seconds, processor = time.perf_counter() - self.start, time.process_time() - self.processor
        graph = "one graph for all products" if self.shared else "a graph for each product"
        return seconds, f"{what}, {graph}, {blas.of_torch()}", {"products": self.products, "processor": processor, **numbers}


def hutchinson(case, seed):
    """The mean of v'Hv until one more probe changes it by less than a thousandth of itself, at most a hundred."""
    hessian = Hessian(*case, shared=True)
    torch.manual_seed(seed)
    samples, last = [], 0.0
    while len(samples) < MOST_PROBES:
        v = hessian.signs()
        samples.append((v @ hessian.times(v)).item())
        mean = float(np.mean(samples))
        if abs(mean - last) < CHANGE * (abs(last) + 1e-6):
            break
        last = mean
    # PyHessian says no error; the samples' spread does.
    error = float(np.std(samples, ddof=1)) / math.sqrt(len(samples))
    return hessian.found("PyHessian's Hutchinson", trace=mean, error=error)


def hutchplusplus(case, products, seed):
    """tr Q'HQ on the range of a third of the products, and Hutchinson's mean on what is orthogonal to it."""
    hessian = Hessian(*case, shared=False)
    torch.manual_seed(seed)
    third = products // 3
    q = torch.linalg.qr(hessian.columns(hessian.signs(third)))[0]
    inside = (q * hessian.columns(q)).sum().item()
    probes = hessian.signs(third)
    probes -= q @ (q.T @ probes)
    outside = (probes * hessian.columns(probes)).sum(0)
    error = outside.std().item() / math.sqrt(third)
    return hessian.found("hessian-eigenthings' Hutch++", trace=inside + outside.mean().item(), error=error)


class Recurrence:
    """Lanczos with one vector in the network's precision; its numbers in double."""

    def __init__(self, hessian, start, orthogonal):
        self.hessian, self.orthogonal = hessian, orthogonal
        self.basis = [start / start.norm()]
        self.alphas, self.betas = [], []

    def step(self):
        v = self.basis[-1]
        w = self.hessian.times(v)
        if self.betas:
            w -= self.betas[-1] * self.basis[-2]
        self.alphas.append((v @ w).item())
        w -= self.alphas[-1] * v
        if self.orthogonal:
            for u in self.basis:
                w -= (u @ w) * u
        self.betas.append(w.norm().item())
        self.basis.append(w / w.norm())

    def run(self, steps):
        for _ in range(steps):
            self.step()
        return self

    def solve(self):
        """Ascending Ritz values, the eigenvectors of the tridiagonal matrix as columns, and the residuals."""
        inner = self.betas[:-1]
        values, vectors = np.linalg.eigh(np.diag(self.alphas) + np.diag(inner, 1) + np.diag(inner, -1))
        return values, vectors, self.betas[-1] * np.abs(vectors[-1])

    def vector(self, coordinates):
        return sum(float(x) * v for x, v in zip(coordinates, self.basis))


def quadrature(case, seed):
    """PyHessian's density: the nodes and weights of one probe."""
    hessian = Hessian(*case, shared=True)
    torch.manual_seed(seed)
    recurrence = Recurrence(hessian, hessian.signs(), True).run(QUADRATURE_STEPS)
    values, vectors, _ = recurrence.solve()
    return hessian.found("PyHessian's quadrature", nodes=values.tolist(), weights=(vectors[0] ** 2).tolist())


def lanczos(case, pairs, tolerance, above, rule, seed):
    """The largest eigenvalues with their vectors, whose residuals are to be below tolerance max |value|.

    "usual" is one run with twice as many steps as pairs, as hessian-eigenthings takes them unless it is told another number; every new vector is made
    orthogonal to all others unless there are more than 50 steps. "doubling" is what is left to whoever sees that pairs have not converged: the number has to be
    given beforehand and a run does not go on, so it begins again with twice as many. "least" is one run with the least number that does, which nobody knows
    beforehand, and with vectors made orthogonal whatever their number.
    """
    hessian = Hessian(*case, shared=False)
    torch.manual_seed(seed)
    start = torch.randn(hessian.order, device=setting.DEVICE)
    count = 2 * pairs
    recurrence = Recurrence(hessian, start, rule == "least" or count <= ORTHOGONAL_STEPS).run(count)
    while rule != "usual" and count < MOST_STEPS and not reached(recurrence, pairs, tolerance, above):
        if rule == "least":
            count += LOOK
            recurrence.run(LOOK)
        else:
            count *= 2
            recurrence = Recurrence(hessian, start, count <= ORTHOGONAL_STEPS).run(count)
    values, vectors, residuals = recurrence.solve()
    places = np.arange(len(values))[::-1][:pairs] if rule == "usual" else places_reached(values, residuals, tolerance, above)[:pairs]
    vectors = [recurrence.vector(column) for column in vectors[:, places].T]
    numbers = {"values": values[places].tolist(), "residuals": residuals[places].tolist()}
    seconds, what, numbers = hessian.found(f"hessian-eigenthings' Lanczos, {rule}", **numbers)
    true = [(hessian.times(v) - value * v).norm().item() for v, value in zip(vectors, numbers["values"])]
    return seconds, what, {**numbers, "true": true}


def reached(recurrence, pairs, tolerance, above):
    """Whether so many have reached the tolerance. It is told what lies below the values that are asked for, so that copies and the other end do not count.

    It costs them nothing: whoever gives the number of steps beforehand does not look.
    """
    start, processor = time.perf_counter(), time.process_time()
    values, _, residuals = recurrence.solve()
    enough = len(places_reached(values, residuals, tolerance, above)) >= pairs
    recurrence.hessian.start += time.perf_counter() - start
    recurrence.hessian.processor += time.process_time() - processor
    return enough


def places_reached(values, residuals, tolerance, above):
    """The places of ascending values that have reached the tolerance, descending, one of each group of copies."""
    bound = tolerance * max(abs(values))
    places = []
    for place in reversed(np.flatnonzero((residuals <= bound) & (values > above))):
        if not places or values[places[-1]] - values[place] > COPIES * bound:
            places.append(place)
    return places
