# measures.json: log Pr(sum of g d + h d^2/2 <= rise), d = m + sigma z with m = -w for a prior around 0, else 0, by mpmath with 30 digits. Run as: python measures.py > measures.json
import json
import random
import signal

import mpmath as mp

mp.mp.dps = 30


def terms(h, g, w, sigma, origin):
    """a, b, c of Q = sum of a + b z + c z^2."""
    m = [-mp.mpf(x) if origin else mp.mpf(0) for x in w]
    h, g, sigma = [mp.mpf(x) for x in h], [mp.mpf(x) for x in g], mp.mpf(sigma)
    return [x * y * y / 2 + z * y for x, y, z in zip(h, m, g)], [sigma * (x * y + z) for x, y, z in zip(h, m, g)], [x * sigma * sigma / 2 for x in h]


def roots(a, b, c, y):
    """Where a + b z + c z^2 = y, in order; None if nowhere."""
    d = b * b - 4 * c * (a - y)
    return sorted([(-b - mp.sqrt(d)) / (2 * c), (-b + mp.sqrt(d)) / (2 * c)]) if d > 0 else None


def one(a, b, c, y):
    """n = 1: the normal law between the roots of the parabola, or outside of them."""
    ends = roots(a[0], b[0], c[0], y)
    if ends is None:
        return None
    with mp.workdps(60):
        outside = mp.ncdf(ends[0]) + mp.ncdf(-ends[1])
        inside = mp.ncdf(ends[1]) - mp.ncdf(ends[0]) if ends[0] <= 0 else mp.ncdf(-ends[0]) - mp.ncdf(-ends[1])
        p, q = (inside, outside) if c[0] > 0 else (outside, inside)
        return mp.log(p) if p < 0.5 else mp.log1p(-q)


def two(a, b, c, y):
    """n = 2: the integral over z_1 of what n = 1 gives for z_2."""
    def inner(r):
        if c[1] == 0:
            return mp.ncdf((r - a[1]) / abs(b[1]))
        ends = roots(a[1], b[1], c[1], r)
        if ends is None:
            return mp.mpf(0) if c[1] > 0 else mp.mpf(1)
        return (mp.erf(ends[1] / mp.sqrt(2)) - mp.erf(ends[0] / mp.sqrt(2))) / 2 if c[1] > 0 else mp.ncdf(ends[0]) + mp.ncdf(-ends[1])

    breaks = [mp.mpf(x) for x in range(-14, 15)]
    if c[1] != 0:  # where the inner one begins or ends
        extremum = a[1] - b[1] ** 2 / (4 * c[1])
        if c[0] != 0:
            breaks += roots(a[0] + extremum, b[0], c[0], y) or []
        elif b[0] != 0:
            breaks.append((y - extremum - a[0]) / b[0])
    breaks = sorted(x for x in breaks if -14 <= x <= 14)
    return mp.log(mp.quad(lambda z: mp.npdf(z) * inner(y - (a[0] + b[0] * z + c[0] * z * z)), breaks))


def talbot(a, b, c, y):
    """All c above 0: the inverse Laplace transform of E exp(-pQ)/p along Talbot's contour, around all poles and the negative axis."""
    least = mp.fsum(a) - mp.fsum(x * x / (4 * z) for x, z in zip(b, c))
    with mp.workdps(60):
        def transform(p):
            product = 1 / p
            for x, z in zip(b, c):
                product *= mp.exp(-p * x * x / (4 * z) / (1 + 2 * p * z)) / mp.sqrt(1 + 2 * p * z)
            return product

        coarse, fine = (mp.invertlaplace(transform, y - least, method="talbot", degree=degree) for degree in (60, 80))
        return mp.log(fine) if abs(coarse / fine - 1) < mp.mpf(10) ** -16 else None


def imhof(a, b, c, y):
    """Straight up through the saddle point of exp(K - s y)/s, in pieces on which little changes."""
    constant = mp.fsum(a)
    pairs = list(zip(b, c))
    k = lambda s: s * (constant - y) + mp.fsum(s * s * x * x / (2 * (1 - 2 * s * z)) - mp.log(1 - 2 * s * z) / 2 for x, z in pairs)
    slope = lambda s: constant - y + mp.fsum(s * x * x / (1 - 2 * s * z) + s * s * x * x * z / (1 - 2 * s * z) ** 2 + z / (1 - 2 * s * z) for x, z in pairs)
    deviation = mp.sqrt(mp.fsum(x * x + 2 * z * z for x, z in pairs))
    side = -1 if y <= constant + mp.fsum(c) else 1
    nearest = min(c) if side < 0 else max(c)
    pole = 1 / (2 * nearest) if side * nearest > 0 else None
    at = lambda x: side * x / deviation if pole is None else pole * (x / deviation / abs(pole)) / (1 + x / deviation / abs(pole))
    low, high = mp.mpf(0), mp.mpf(1)
    while side * (slope(at(high)) - 1 / at(high)) < 0:
        low, high = high, 2 * high
    for _ in range(140):
        middle = (low + high) / 2
        low, high = (low, middle) if side * (slope(at(middle)) - 1 / at(middle)) >= 0 else (middle, high)
    s = at(high)
    base = k(s)
    integrand = lambda u: mp.exp(k(s + 1j * u) - base) / (s + 1j * u)
    step = 1 / mp.sqrt(mp.fsum(x * x / (1 - 2 * s * z) ** 3 + 2 * z * z / (1 - 2 * s * z) ** 2 for x, z in pairs) + 1 / s**2)
    end, total = mp.mpf(0), mp.mpf(0)
    while end == 0 or abs(integrand(end)) * end > mp.mpf(10) ** -15 * abs(total):
        total += mp.quad(lambda u: mp.re(integrand(u)), [end, end + step], maxdegree=4)
        end += step
    logarithm = base + mp.log(side * total / mp.pi)
    return logarithm if side < 0 else mp.log1p(-mp.exp(logarithm))


def late(*_):
    raise TimeoutError


def rounded(x):
    return float("%.6g" % x)


def add(cases, what, way, h, g, w, sigma, origin, rise):
    signal.signal(signal.SIGALRM, late)
    signal.alarm(45)
    try:
        found = way(*terms(h, g, w, sigma, origin), mp.mpf(rise))
    except TimeoutError:
        found = None
    signal.alarm(0)
    if found is not None:
        cases.append(dict(what=what, h=h, g=g, weights=w, sigma=sigma, origin=origin, rise=rise, log=mp.nstr(found, 22)))


def moments(h, g, w, sigma, origin):
    a, b, c = terms(h, g, w, sigma, origin)
    return float(mp.fsum(a) + mp.fsum(c)), float(mp.sqrt(mp.fsum(x * x + 2 * z * z for x, z in zip(b, c))))


def main():
    draw, cases = random.Random(16), []
    for i in range(10):
        h = [rounded(draw.choice([-1, 1]) * 10 ** draw.uniform(-2, 2))]
        g, w = [rounded(draw.gauss(0, 1)) if i % 2 else 0.0], [rounded(draw.gauss(0, 1))]
        mean, deviation = moments(h, g, w, 0.7, True)
        add(cases, "one", one, h, g, w, 0.7, True, rounded(mean + deviation * draw.choice([-0.5, -0.3, 0.1, 1, 3, -0.01, 8])))
    for i in range(12):
        h = sorted(rounded(draw.choice([-1, 1, 1]) * 10 ** draw.uniform(-2, 1)) for _ in range(2))
        if i in (3, 7):
            h = sorted([0.0, h[1]])
        g, w = [rounded(draw.gauss(0, 1)) for _ in h] if i % 3 else [0.0, 0.0], [rounded(draw.gauss(0, 1)) for _ in h]
        if h[0] == 0 and g[0] == 0:
            g[0] = 0.3
        mean, deviation = moments(h, g, w, 0.7, True)
        add(cases, "two", two, h, g, w, 0.7, True, rounded(mean + deviation * draw.choice([-0.5, -0.3, 0.1, 1, 3, -0.05])))
    for i in range(36):
        n, what, origin = draw.choice([3, 5, 8, 14, 20, 40]), draw.choice(["definite", "indefinite", "zeros", "decades"]), i % 2 == 0
        if what in ("indefinite", "zeros"):
            n = draw.choice([14, 18, 24])
        h = sorted(
            rounded(draw.uniform(0.2, 3)) if what == "definite"
            else rounded(draw.gauss(0, 1)) if what == "indefinite"
            else rounded(10 ** draw.uniform(-2, 1)) if what == "decades"
            else 0.0 if j < n // 3 else rounded(draw.gauss(0.5, 1))
            for j in range(n))
        g, w = [rounded(draw.gauss(0, 0.5)) if i % 3 else 0.0 for _ in h], [rounded(draw.gauss(0, 0.7)) for _ in h]
        mean, deviation = moments(h, g, w, 0.6, origin)
        a, b, c = terms(h, g, w, 0.6, origin)
        definite = min(c) > 0
        least = float(mp.fsum(a) - mp.fsum(x * x / (4 * z) for x, z in zip(b, c))) if definite else None
        rise = least + (mean - least) * 10 ** draw.uniform(-3, 0) if definite and draw.random() < 0.6 else mean + deviation * draw.choice([-8, -3, -1, -0.2, 0, 0.3, 2, 6, 20])
        if not definite or rise > least:
            add(cases, what, talbot if definite else imhof, h, g, w, 0.6, origin, rounded(rise))
    print("[" + ",\n".join(json.dumps(case) for case in cases) + "]")


main()
