"""Step 8: from steps to measures, each with interval, grade and reason, and its drift.

Every measure is a formula of sums over steps or strides; the table below says which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.catalogue import CATALOGUE, DRIFTING
from evenstride.gait.estimate import Estimate, Formula, change, estimate
from evenstride.gait.features import FEATURE_NAMES
from evenstride.gait.grades import Situation, cannot, grade_of, too_few
from evenstride.gait.length import MODEL_ERROR, MODEL_ERROR_ELSEWHERE
from evenstride.gait.placement import FIRM
from evenstride.gait.roughness import roughness_of, unlikeness
from evenstride.gait.steps import Steps
from evenstride.gait.strides import Paces
from evenstride.model import Grade, Measure

__all__ = ["Walked", "measure_walk"]

_COUNT_ERROR = 0.01  # share of steps miscounted, from the development recordings
_LEAN_ERROR_DEG = 1.0  # of the standing reference
_LEAST_DIFFERENCE_S = 0.02
_ASYMMETRY_ERROR_PCT = 1.5  # what lies below 3 % is not told from no difference
_DRIFT_EVENTS = 30  # in each third
_DRIFT_WINDOWS = 4
_ONE_WALK_S = 6 * 3600.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Everything the measures are made from.

    Attributes:
        steps: Contacts.
        paces: Their steps and strides.
        length_m: (n,) stride lengths, NaN = absent.
        lean_deg: (n, 2) lean forward and right, NaN without a reference.
        side: (n,) -1 or +1, alternating feet.
        sure: (n,) whether that side is really left or right.
    """

    steps: Steps
    paces: Paces
    length_m: Floats
    lean_deg: Floats
    side: NDArray[np.int8]
    sure: NDArray[np.bool_]


def measure_walk(walked: Walked, situation: Situation) -> dict[str, Measure]:
    """Return all measures of the catalogue, then their drifts."""
    measures: dict[str, Measure] = {}
    for name in CATALOGUE:
        if name == "steps":
            measures[name] = _counted(name, situation, walked, _count(walked.steps))
        elif name == "walking_time_s":
            measures[name] = _counted(name, situation, walked, _walking_time(walked.paces))
        else:
            measures[name] = _measure(name, walked, situation)
    for name in DRIFTING:
        measures[f"{name}_drift"] = _drift(name, walked, measures[name])
    return measures


def _counted(name: str, situation: Situation, walked: Walked, found: Estimate) -> Measure:
    unit = CATALOGUE[name].unit
    if len(walked.steps) == 0:
        return Measure.absent(unit, "No walking was found in this recording.")
    grade, reason = grade_of(name, situation, found.n)
    return Measure(found.value, found.low, found.high, unit, grade, reason, found.n)


def _count(steps: Steps) -> Estimate:
    """Number of contacts; each is a chance event, and bouts may start or end a step off."""
    count = len(steps)
    likely = 1.0 / (1.0 + np.exp(-np.clip(steps.odds.astype(np.float64), -30, 30)))
    doubt = float(np.sum(likely * (1 - likely))) + 0.5 * len(np.unique(steps.bout))
    half = 1.96 * float(np.hypot(np.sqrt(doubt), _COUNT_ERROR * count))
    low, high = float(np.floor(count - half)), float(np.ceil(count + half))
    return Estimate(float(count), max(low, 0.0), high, count)


def _walking_time(paces: Paces) -> Estimate:
    step_s = paces.step_s[np.isfinite(paces.step_s)]
    if step_s.size == 0:
        return Estimate(0.0, 0.0, 0.0, 0)
    total = float(step_s.sum())
    bouts = len(paces.step_s) - step_s.size
    half = 1.96 * float(np.hypot(np.sqrt(bouts) * step_s.mean(), _COUNT_ERROR * total))
    return Estimate(total, max(total - half, 0.0), total + half, int(step_s.size))


def _measure(name: str, walked: Walked, situation: Situation) -> Measure:
    unit = CATALOGUE[name].unit
    if len(walked.steps) == 0:
        return Measure.absent(unit, "No walking was found in this recording.")
    trouble = cannot(name, situation)
    if trouble is not None:
        return Measure.absent(unit, trouble)
    recipe = _RECIPES[name]
    terms = recipe.terms(walked)
    relative = recipe.relative_error(situation)
    found = estimate(terms, recipe.formula, error=recipe.error, relative_error=relative)
    if found is None:
        return Measure.absent(unit, "There were too few steady steps.")
    grade, reason = grade_of(name, situation, found.n)
    if name == "step_time_asymmetry_pct" and found.value < _least_asymmetry_pct(terms):
        reason = "So small a difference cannot be told from none."
    value, low, high = np.clip([found.value, found.low, found.high], *recipe.limits).tolist()
    return Measure(value, low, high, unit, grade, reason, found.n)


def _least_asymmetry_pct(terms: Floats) -> float:
    """Below 3 % or 20 ms nothing is called a difference."""
    count, total = terms[:, 0] + terms[:, 3], terms[:, 1] + terms[:, 4]
    mean_step_s = float(total.sum() / count.sum())
    return max(2 * _ASYMMETRY_ERROR_PCT, 100.0 * _LEAST_DIFFERENCE_S / mean_step_s)


def _drift(name: str, walked: Walked, whole: Measure) -> Measure:
    unit = CATALOGUE[name].unit
    if whole.value is None:
        return Measure.absent(unit, whole.reason)
    times = walked.steps.time_s
    if times[-1] - times[0] > _ONE_WALK_S:
        return Measure.absent(unit, "The recording is longer than one walk.")
    recipe = _RECIPES[name]
    terms = recipe.terms(walked)
    third = len(terms) // 3
    if third < recipe.drift_events:
        return Measure.absent(
            unit, "The walk is too short to compare its first and last third.", third
        )
    found = change(terms, recipe.formula)
    if found is None:
        return Measure.absent(unit, "There were too few steady steps.", third)
    grade: Grade = "own_trend"
    reason = "It is the change from the first to the last third of this walk, with one sensor."
    few = too_few(name, third)
    if few is not None:
        grade, reason = "not_usable", few
    return Measure(found.value, found.low, found.high, unit, grade, reason, found.n)


@dataclass(frozen=True, slots=True)
class _Recipe:
    """How a measure is made.

    Attributes:
        terms: What is summed, one row an event.
        formula: The measure from the sums.
        error: Of the method itself, in the unit of the measure.
        relative_error: The same as a share of the value.
        drift_events: How many events each third needs for a drift.
        limits: What the measure cannot be below and above; its interval stops there.
    """

    terms: Callable[[Walked], Floats]
    formula: Formula
    error: float = 0.0
    relative_error: Callable[[Situation], float] = lambda _: 0.0
    limits: tuple[float, float] = (0.0, np.inf)
    drift_events: int = _DRIFT_EVENTS


def _ratio(sums: Floats) -> Floats:
    return np.asarray(sums[..., 0] / sums[..., 1])


def _per_minute(sums: Floats) -> Floats:
    return np.asarray(60.0 * sums[..., 1] / sums[..., 0])


def _walk_ratio(sums: Floats) -> Floats:
    """Half the stride length in mm over the steps per minute, from length, time and count."""
    return np.asarray(500.0 * sums[..., 0] * sums[..., 1] / (120.0 * sums[..., 2] ** 2))


def _symmetry(sums: Floats) -> Floats:
    step, stride = sums[..., 0] / sums[..., 1], sums[..., 2] / sums[..., 3]
    return np.asarray(step / stride)


def _variation(sums: Floats) -> Floats:
    """Coefficient of variation in per cent from count, sum and sum of squares."""
    count, total, squares = sums[..., 0], sums[..., 1], sums[..., 2]
    mean = total / count
    variance = np.maximum(squares - total * mean, 0.0) / (count - 1)
    return np.asarray(100.0 * np.sqrt(variance) / mean)


def _two_sided_variation(sums: Floats) -> Floats:
    """The same within each side, pooled."""
    inside = np.zeros_like(sums[..., 0])
    for side in (0, 3):
        count, total, squares = (sums[..., side + i] for i in range(3))
        inside = inside + np.maximum(squares - total**2 / count, 0.0)
    count, total = sums[..., 0] + sums[..., 3], sums[..., 1] + sums[..., 4]
    return np.asarray(100.0 * np.sqrt(inside / (count - 2)) / (total / count))


def _asymmetry(sums: Floats) -> Floats:
    first, second = sums[..., 1] / sums[..., 0], sums[..., 4] / sums[..., 3]
    return np.asarray(200.0 * np.abs(first - second) / (first + second))


def _rows(used: NDArray[np.bool_], *columns: Floats) -> Floats:
    """Stack the used rows of columns; rows with a NaN in them are left out."""
    stacked = np.column_stack([column[used] for column in columns])
    whole = np.isfinite(stacked).all(axis=1)
    return stacked if whole.all() else stacked[whole]


def _ones(walked: Walked) -> Floats:
    return np.ones(len(walked.steps))


def _feature(walked: Walked, name: str) -> Floats:
    return walked.steps.features[:, FEATURE_NAMES.index(name)].astype(np.float64)


def _stride_mean(name: str, limits: tuple[float, float] = (0.0, np.inf)) -> _Recipe:
    return _Recipe(
        lambda w: _rows(w.paces.inner_stride, _feature(w, name), _ones(w)), _ratio, limits=limits
    )


def _step_mean(name: str, limits: tuple[float, float] = (0.0, np.inf)) -> _Recipe:
    return _Recipe(
        lambda w: _rows(w.paces.inner_step, _feature(w, name), _ones(w)), _ratio, limits=limits
    )


def _by_side(walked: Walked, used: NDArray[np.bool_]) -> Floats:
    """Count, sum and sum of squares of step times, for each foot."""
    step, right = walked.paces.step_s[used], walked.side[used] > 0
    out = np.zeros((len(step), 6))
    for first, mine in ((0, ~right), (3, right)):
        out[mine, first] = 1.0
        out[mine, first + 1] = step[mine]
        out[mine, first + 2] = step[mine] ** 2
    return out


def _likeness(walked: Walked, lag: str) -> tuple[Floats, Floats]:
    return _feature(walked, f"like_{lag}"), _feature(walked, f"energy_{lag}")


def _lean(column: int) -> _Recipe:
    return _Recipe(
        lambda w: _rows(w.paces.inner_stride, w.lean_deg[:, column], _ones(w)),
        _ratio,
        error=_LEAN_ERROR_DEG,
        limits=(-180.0, 180.0),
    )


def _length_error(situation: Situation) -> float:
    if situation.known_distance is not None:
        return situation.distance_error
    return MODEL_ERROR if situation.placement in FIRM else MODEL_ERROR_ELSEWHERE


_LIKENESS_LIMITS = (-1.0, 1.0)
_ANY = (-np.inf, np.inf)

_RECIPES: dict[str, _Recipe] = {
    "cadence_spm": _Recipe(
        lambda w: _rows(w.paces.inner_step, w.paces.step_s, _ones(w)), _per_minute
    ),
    "speed_m_s": _Recipe(
        lambda w: _rows(w.paces.steady, w.length_m, w.paces.stride_s),
        _ratio,
        relative_error=_length_error,
    ),
    "step_length_m": _Recipe(
        lambda w: _rows(w.paces.steady, w.length_m, 2 * _ones(w)),
        _ratio,
        relative_error=_length_error,
    ),
    "walk_ratio_mm_per_spm": _Recipe(
        lambda w: _rows(w.paces.steady, w.length_m, w.paces.stride_s, _ones(w)),
        _walk_ratio,
        relative_error=_length_error,
    ),
    "step_regularity": _Recipe(
        lambda w: _rows(w.paces.inner_pair, *_likeness(w, "next")), _ratio, limits=_LIKENESS_LIMITS
    ),
    "stride_regularity": _Recipe(
        lambda w: _rows(w.paces.inner_triple, *_likeness(w, "second")),
        _ratio,
        limits=_LIKENESS_LIMITS,
    ),
    "step_symmetry": _Recipe(
        lambda w: _rows(w.paces.inner_triple, *_likeness(w, "next"), *_likeness(w, "second")),
        _symmetry,
        limits=_LIKENESS_LIMITS,
    ),
    "step_time_asymmetry_pct": _Recipe(
        lambda w: _by_side(w, w.paces.inner_step & w.sure), _asymmetry, error=_ASYMMETRY_ERROR_PCT
    ),
    "step_time_cv_pct": _Recipe(lambda w: _by_side(w, w.paces.inner_step), _two_sided_variation),
    "stride_time_cv_pct": _Recipe(
        lambda w: _rows(w.paces.inner_stride, _ones(w), w.paces.stride_s, w.paces.stride_s**2),
        _variation,
    ),
    "ground_roughness": _Recipe(
        lambda w: _rows(w.paces.inner_triple, *unlikeness(w.steps, w.paces)), roughness_of
    ),
    "harmonic_ratio_vertical": _stride_mean("harmonics_up"),
    "harmonic_ratio_forward": _stride_mean("harmonics_forward"),
    "harmonic_ratio_sideways": _stride_mean("harmonics_left"),
    "smoothness_sparc": replace(_stride_mean("arc", _ANY), drift_events=_DRIFT_WINDOWS),
    "smoothness_log_jerk": _stride_mean("log_jerk", _ANY),
    "impact_peak_m_s2": _step_mean("impact", _ANY),
    "vertical_range_m_s2": _step_mean("range"),
    "pitch_deg": _lean(0),
    "roll_deg": _lean(1),
    "sway_vertical_m_s2": _stride_mean("rms_up"),
    "sway_forward_m_s2": _stride_mean("rms_forward"),
    "sway_sideways_m_s2": _stride_mean("rms_left"),
}
