"""How large slopes and errors are, learned from the track itself, with what is left open.

The sizes are found by the likelihood of what was seen and by what is known beforehand: priors that
are wide for errors, and that lean to no slope at all where nothing speaks for one. What stays open
about the sizes is carried on: the draws are made with many likely sets of them, not with one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.course import (
    ErrorValues,
    Factored,
    Nodes,
    Seen,
    Ties,
    Values,
    error_step,
    factor,
)

__all__ = ["Known", "Likely", "Prior", "Problem", "courses"]

Floats = NDArray[np.float64]

_STEP = 0.05
_STEP_OF_SLOPE = 1e-4
_MOST_ROUNDS, _ENOUGH = 25, 0.02
_CALM, _WILD, _SAME_MODE = -2.0, 1.2, 0.3
_WIDEST_STEP, _SHORTEST, _ARMIJO = 1.0, 0.01, 1e-4
_IMPOSSIBLE = 1e12
_TAMING_ROUNDS, _TAMING_DRAWS, _TAILS = 2, 16, 4.0
_NEIGHBOURS = 15
_TRIED, _KEPT = 96, 48
_TAIL = 6.0
_WIDER = 1.2
_LEAST_CURVE, _MOST_CURVE = 0.3, 400.0
_LEAST_RATE = 5e-4
"""Smaller rates are no rate at all, and below a fifth of this the likelihood is mere rounding."""

_MOST_RATE = 1e3
"""Nothing rises or moves faster; stamps that lie a nothing apart would say that it does."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one size beforehand: its middle, and how far off it may be.

    Attributes:
        middle: The most likely value; of a size that leans to zero, its median (half-Cauchy).
        spread: Standard deviation of its logarithm; None for a size that leans to zero.
    """

    middle: float
    spread: float | None = None

    def log_density(self, log_value: float) -> float:
        """Return the log-density of the logarithm of the size, up to a constant."""
        if self.spread is None:
            return log_value - float(np.log1p((np.exp(log_value) / self.middle) ** 2))
        return -0.5 * ((log_value - float(np.log(self.middle))) / self.spread) ** 2


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known beforehand of the course and of the errors of each source.

    Attributes:
        rate: Size of the rate.
        reach: How far it lasts.
        errors: For each source: white, lasting, memory.
    """

    rate: Known
    reach: Known
    errors: tuple[tuple[Known, Known, Known], ...]

    @property
    def all(self) -> tuple[Known, ...]:
        """All of them in one row."""
        return (self.rate, self.reach, *(one for source in self.errors for one in source))


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a course is found from."""

    nodes: Nodes
    seen: tuple[Seen, ...]
    prior: Prior
    ties: Ties
    trust: float = 1.0

    def solved(self, log_sizes: Floats) -> Factored | None:
        """Return the course for one set of sizes."""
        return factor(self.nodes, self.seen, self.ties, _values(log_sizes))

    def loss(self, log_sizes: Floats) -> float:
        """Return how unlikely a set of sizes is.

        The likelihood may count only in part (``trust``): errors of real devices are never quite of
        the kind assumed, and the full likelihood would be far too sure of the sizes.
        """
        found = self.solved(log_sizes)
        if found is None or not np.isfinite(found.log_likelihood):
            return _IMPOSSIBLE
        known = zip(self.prior.all, log_sizes.tolist(), strict=True)
        return -self.trust * found.log_likelihood - sum(
            one.log_density(value) for one, value in known
        )


@dataclass(frozen=True, eq=False)
class Likely:
    """Likely courses.

    Attributes:
        course: (n, c, k) at each node.
        rate: (k,) the size of the rate that each of them was drawn with.
    """

    course: Floats
    rate: Floats

    def leaning(self, power: float) -> NDArray[np.intp]:
        """Return the courses as they would be if larger rates were likelier beforehand.

        Args:
            power: Likelier by this power of the rate; below 0, smaller rates are.

        Returns:
            Which ones, (k,); some of them several times.
        """
        ends = np.cumsum(self.rate**power)
        count = len(self.rate)
        picked = np.searchsorted(ends, (np.arange(count) + 0.5) / count * ends[-1])
        kept: NDArray[np.intp] = np.minimum(picked, count - 1)
        return kept


def courses(
    problem: Problem, draws: int, seed: int, *, sizes_open: bool = True, wild: bool = False
) -> Likely:
    """Return likely courses given all that was seen.

    Args:
        problem: What was seen, and what is known beforehand.
        draws: How many.
        seed: The same seed gives the same draws.
        wild: Errors may be far larger than usual for a moment.
        sizes_open: Carry on what is not known of the sizes; otherwise the likeliest are taken.
    """
    random = np.random.default_rng(seed)
    calm, usual, hilly = _starts(problem)
    if sizes_open:
        # An error is only wild if no hill can explain it.
        best = _likeliest(problem, hilly)
        for _ in range(_TAMING_ROUNDS if wild else 0):
            problem = tamed(problem, best, random)
            best = _likeliest(problem, best)
        modes = [best, _likeliest(problem, calm)]
        sets = _likely_sets(problem, modes, random)
    else:
        sets = [_likeliest(problem, usual)]
    shares = np.diff(np.linspace(0, draws, len(sets) + 1).round().astype(int))
    columns = problem.seen[0].value.shape[1]
    drawn, rates = [], []
    for one, share in zip(sets, shares.tolist(), strict=True):
        found = problem.solved(one)
        if found is None or not share:
            continue
        noise = random.standard_normal((found.size + len(problem.ties.first), share * columns))
        around = found.draws(noise)[:, 0].reshape(len(found.mean), columns, share)
        drawn.append(found.mean[:, 0, :, None] + around)
        rates += [_values(one).rate] * share
    return Likely(np.concatenate(drawn, axis=2), np.array(rates))


def tamed(problem: Problem, log_sizes: Floats, random: np.random.Generator) -> Problem:
    """Return the problem with less trust in moments whose errors are larger than usual.

    Errors of real devices have heavy tails: a fix is lost, satellites change, a door slams. As
    under a Student t distribution, each error that stands out is given the room it needs, so that
    it is not taken for a hill (one round of expectation and maximisation).
    """
    found = problem.solved(log_sizes)
    if found is None:
        return problem
    columns = found.mean.shape[2]
    noise = random.standard_normal((found.size + len(problem.ties.first), _TAMING_DRAWS * columns))
    around = found.draws(noise).reshape(*found.mean.shape[:2], columns, _TAMING_DRAWS)
    states = found.mean[..., None] + around
    rough, seen = [], []
    sources = zip(problem.seen, problem.nodes.clocks, _values(log_sizes).errors, strict=True)
    for place, (one, clock, sizes) in enumerate(sources):
        error = states[:, 2 + place]
        kept, fresh = error_step(clock, sizes, wanders=one.wanders)
        moved = error[1:] - kept[:, None, None] * error[:-1]
        rough.append(_room((moved**2).mean(axis=(1, 2)) / fresh, _NEIGHBOURS))
        left = one.value[..., None] - states[one.node, 0] - error[one.node]
        usual = sizes.white**2 / one.count + one.extra
        seen.append(replace(one, room=_room((left**2).mean(axis=(1, 2)) / usual)))
    nodes = replace(problem.nodes, rough=tuple(rough))
    return replace(problem, nodes=nodes, seen=tuple(seen), ties=_tamed_ties(problem.ties, states))


def _tamed_ties(ties: Ties, states: Floats) -> Ties:
    """Return the ties, loosened where the two heights do not fit: a bridge, or another path."""
    apart = states[ties.first, 0] - states[ties.second, 0]
    return replace(ties, room=_room((apart**2).mean(axis=(1, 2)) / ties.variance))


def _room(squares: Floats, together: int = 1) -> Floats:
    """Return the factor of the variance that errors of so many usual variances need.

    Args:
        squares: In units of the usual variance.
        together: How many neighbours are as good or bad as each other.
    """
    from scipy.ndimage import uniform_filter1d

    around = uniform_filter1d(squares, together, mode="nearest") if together > 1 else squares
    return (_TAILS + together * around) / (_TAILS + together)


def _values(log_sizes: Floats) -> Values:
    sizes = np.exp(log_sizes)
    errors = tuple(ErrorValues(*map(float, three)) for three in sizes[2:].reshape(-1, 3))
    rate = min(max(float(sizes[0]), _LEAST_RATE), _MOST_RATE)
    return Values(rate, float(sizes[1]), errors)


def _likeliest(problem: Problem, start: Floats) -> Floats:
    """Return the likeliest sizes near a start, by BFGS with first steps as wide as the priors."""
    known = problem.prior.all
    at, loss = start, problem.loss(start)
    inverse = np.diag([_first_variance(one) for one in known])
    slope = _slope(problem, at, loss)
    for _ in range(_MOST_ROUNDS):
        step = -inverse @ slope
        step *= min(1.0, _WIDEST_STEP / float(np.abs(step).max()))
        gain = -float(step @ slope)
        if gain < _ENOUGH:
            break
        part, tried = 1.0, problem.loss(at + step)
        while tried > loss - _ARMIJO * part * gain and part > _SHORTEST:
            part /= 3.0
            tried = problem.loss(at + part * step)
        if tried >= loss:
            break
        at, loss = at + part * step, tried
        before, slope = slope, _slope(problem, at, tried)
        inverse = _updated(inverse, part * step, slope - before)
    return at


def _starts(problem: Problem) -> tuple[Floats, Floats, Floats]:
    """Return where to begin: a calm course, a usual one, and a wild one.

    Hills and errors that last can be mistaken for each other, so that there may be two answers: a
    calm course under large errors, and a wild one under small errors.
    """
    middle = np.log([one.middle for one in problem.prior.all])
    rate = np.eye(len(middle))[0]
    return middle + _CALM * rate, middle, middle + _WILD * rate


def _first_variance(known: Known) -> float:
    return 0.25 * (known.spread if known.spread is not None else 1.0) ** 2


def _slope(problem: Problem, at: Floats, loss: float) -> Floats:
    steps = np.eye(len(at)) * _STEP_OF_SLOPE
    return np.array([problem.loss(at + one) - loss for one in steps]) / _STEP_OF_SLOPE


def _updated(inverse: Floats, moved: Floats, turned: Floats) -> Floats:
    along = float(moved @ turned)
    if along <= 1e-9:
        return inverse
    left = np.eye(len(moved)) - np.outer(moved, turned) / along
    updated: Floats = left @ inverse @ left.T + np.outer(moved, moved) / along
    return updated


def _likely_sets(
    problem: Problem, modes: Sequence[Floats], random: np.random.Generator
) -> Sequence[Floats]:
    """Return sets of sizes in the proportion in which they are likely (importance resampling)."""
    if float(np.abs(modes[0] - modes[-1]).max()) < _SAME_MODE:
        modes = modes[:1]
    roots = [_root(problem, mode) for mode in modes]
    tried = np.concatenate(
        [
            mode + _unit(_TRIED // len(modes), len(mode), random) @ root.T
            for mode, root in zip(modes, roots, strict=True)
        ]
    )
    losses = np.array([problem.loss(one) for one in tried])
    proposed = np.logaddexp.reduce(
        [_log_density(tried - mode, root) for mode, root in zip(modes, roots, strict=True)]
    )
    logs = -losses - proposed
    weights = np.exp(logs - logs.max())
    ends = np.cumsum(weights / weights.sum())
    picked = np.searchsorted(ends, (np.arange(_KEPT) + 0.5) / _KEPT)
    return [tried[min(place, len(tried) - 1)] for place in picked]


def _root(problem: Problem, mode: Floats) -> Floats:
    """Return a square root of the spread of the sizes around a likeliest set."""
    values, axes = np.linalg.eigh(_curvature(problem, mode))
    root: Floats = axes * (_WIDER / np.sqrt(np.clip(values, _LEAST_CURVE, _MOST_CURVE)))
    return root


def _unit(count: int, width: int, random: np.random.Generator) -> Floats:
    """Return draws with heavy tails, each with its mirror image: few meet the middle well."""
    half = random.standard_normal((count // 2, width))
    scale = np.sqrt(_TAIL / random.chisquare(_TAIL, len(half)))[:, None]
    return np.concatenate([half * scale, -half * scale])


def _log_density(away: Floats, root: Floats) -> Floats:
    unit = np.linalg.solve(root, away.T)
    log_root = float(np.linalg.slogdet(root)[1])
    density: Floats = -0.5 * (_TAIL + len(root)) * np.log1p((unit**2).sum(axis=0) / _TAIL)
    return density - log_root


def _curvature(problem: Problem, best: Floats) -> Floats:
    """Return the second derivatives of the loss, by differences."""
    count = len(best)
    steps = np.eye(count) * _STEP
    middle = problem.loss(best)
    up = np.array([problem.loss(best + one) for one in steps])
    down = np.array([problem.loss(best - one) for one in steps])
    curve = np.diag((up + down - 2 * middle) / _STEP**2)
    for i in range(count):
        for j in range(i):
            both = problem.loss(best + steps[i] + steps[j])
            curve[i, j] = curve[j, i] = (both - up[i] - up[j] + middle) / _STEP**2
    return curve
