"""How results are judged: pure functions of reference and result, defined in one place.

Contacts are matched one to one, closest first, from the first to the last labelled contact plus or
minus the tolerance. Contacts in a U-turn plus or minus 0.3 s are left out: neither a hit, nor a
miss, nor a false alarm. Scores are pooled over the walks of a set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from validation.datasets import Floats, Reference, Sides, StrideTable

__all__ = [
    "COVERAGE_DEMANDED",
    "Confusion",
    "ContactScore",
    "Found",
    "LengthScore",
    "StrideTimeScore",
    "best_offset",
    "cadence_errors",
    "in_walking_only",
    "legs",
    "match",
    "samples_confusion",
    "score_contacts",
    "score_lengths",
    "score_sides",
    "score_stride_times",
    "steady_strides",
    "timing_change",
    "uncovered_s",
]

WIDE_S = 0.25
NARROW_S = 0.10
TURN_MARGIN_S = 0.3
COVERAGE_DEMANDED = 0.80
LONGEST_STRIDE_S = 2.5
_OFFSETS_S = 0.2
_GRID_S = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What an engine found in one walk, on the walk's clock.

    Attributes:
        contact_s: Initial contacts in order.
        contact_side: -1 left, 0 not told, +1 right.
        bouts_s: (k, 2) stretches of walking.
        strides: Strides; ``length_m`` and ``speed_m_s`` are NaN where absent.
        steps: Number of steps.
        said: Errors, warnings and reasons that the engine gave.
        unused_s: (k, 2) stretches that the engine says it did not use.
    """

    contact_s: Floats
    contact_side: Sides
    bouts_s: Floats
    strides: StrideTable
    steps: float
    said: tuple[str, ...] = ()
    unused_s: Floats | None = None


Pair = tuple[Reference, Found]


# --- contacts ----------------------------------------------------------------------------------


def match(
    reference_s: Floats, found_s: Floats, tolerance_s: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the indices of one-to-one pairs no further apart than the tolerance, closest first."""
    distance = np.abs(reference_s[:, None] - found_s[None, :])
    rows, columns = np.nonzero(distance <= tolerance_s + 1e-9)
    order = np.argsort(distance[rows, columns], kind="stable")
    row_free = np.ones(reference_s.size, dtype=bool)
    column_free = np.ones(found_s.size, dtype=bool)
    pairs = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row_free[row] and column_free[column]:
            row_free[row] = column_free[column] = False
            pairs.append((row, column))
    table = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def inside(time_s: Floats, intervals_s: Floats, margin_s: float = 0.0) -> NDArray[np.bool_]:
    """Tell which times lie in any of the intervals, widened by the margin."""
    low, high = intervals_s[:, 0] - margin_s - 1e-9, intervals_s[:, 1] + margin_s + 1e-9
    within = (time_s[:, None] >= low) & (time_s[:, None] <= high)
    return np.asarray(within.any(axis=1), dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class ContactScore:
    """Hits, false alarms, misses and the time errors (found minus reference) of the hits."""

    hits: int
    false: int
    missed: int
    error_s: Floats

    @property
    def f1(self) -> float:
        """Harmonic mean of the share found and the share right; NaN without any contact."""
        every = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / every if every else float("nan")

    @property
    def offset_s(self) -> float:
        """Median time error."""
        return float(np.median(self.error_s)) if self.error_s.size else float("nan")

    @property
    def jitter_s(self) -> float:
        """Median absolute deviation of the time errors from their median."""
        if not self.error_s.size:
            return float("nan")
        return float(np.median(np.abs(self.error_s - np.median(self.error_s))))


def in_walking_only(reference: Reference) -> Reference:
    """Return the reference without contacts outside the unbroken stretches of walking."""
    keep = inside(reference.contact_s, reference.gait_s)
    runs = [reference.contact_s[inside(reference.contact_s, run[None])] for run in reference.gait_s]
    return replace(
        reference,
        contact_s=reference.contact_s[keep],
        contact_side=reference.contact_side[keep],
        scope_s=np.array([(run[0], run[-1]) for run in runs if run.size]).reshape(-1, 2),
    )


def score_contacts(
    pairs: Iterable[Pair], tolerance_s: float = WIDE_S, offset_s: float = 0.0
) -> ContactScore:
    """Score the contacts of several walks together, after ``offset_s`` was taken from the found."""
    hits = false = missed = 0
    errors: list[Floats] = [np.zeros(0)]
    for reference, found in pairs:
        time_s = found.contact_s - offset_s
        time_s = time_s[inside(time_s, reference.scope_s, tolerance_s)]
        in_reference, in_found = match(reference.contact_s, time_s, tolerance_s)
        turning = inside(reference.contact_s, reference.turns_s, TURN_MARGIN_S)
        counted = ~turning[in_reference]
        hits += int(counted.sum())
        missed += int(np.delete(~turning, in_reference).sum())
        lone = np.delete(time_s, in_found)
        false += int((~inside(lone, reference.turns_s, TURN_MARGIN_S)).sum())
        errors.append((time_s[in_found] - reference.contact_s[in_reference])[counted])
    return ContactScore(hits, false, missed, np.concatenate(errors))


def best_offset(pairs: Sequence[Pair], tolerance_s: float = NARROW_S) -> float:
    """Return the one constant (found minus reference) with the best F1, to a millisecond.

    Among equally good constants the one in their middle is taken.
    """
    coarse = np.arange(-_OFFSETS_S, _OFFSETS_S + 1e-9, 0.01)
    centre = _best_of(pairs, tolerance_s, coarse)
    return _best_of(pairs, tolerance_s, centre + np.arange(-0.010, 0.0101, 0.001))


def _best_of(pairs: Sequence[Pair], tolerance_s: float, offsets_s: Floats) -> float:
    f1 = np.array([score_contacts(pairs, tolerance_s, float(offset)).f1 for offset in offsets_s])
    if not np.isfinite(f1).any():
        return 0.0
    best = offsets_s[f1 >= np.nanmax(f1) - 1e-12]
    return float(np.median(best))


def score_sides(pairs: Iterable[Pair]) -> tuple[float, float]:
    """Return (share of told sides that are right, share of matched contacts with a side told)."""
    right = told = every = 0
    for reference, found in pairs:
        in_reference, in_found = match(reference.contact_s, found.contact_s, WIDE_S)
        turning = inside(reference.contact_s, reference.turns_s, TURN_MARGIN_S)[in_reference]
        truth = reference.contact_side[in_reference]
        side = found.contact_side[in_found]
        counted = ~turning & (truth != 0)
        every += int(counted.sum())
        told += int((counted & (side != 0)).sum())
        right += int((counted & (side == truth)).sum())
    return (right / told if told else float("nan")), (told / every if every else float("nan"))


# --- rhythm ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StrideTimeScore:
    """Mean absolute error of the stride time and the share of reference strides it rests on."""

    mae_s: float
    coverage: float
    strides: int


def score_stride_times(pairs: Iterable[Pair]) -> StrideTimeScore:
    """Compare stride times: contact to the next but one, where both ends were matched.

    A reference stride goes from a contact to the next one of the same foot, outside U-turns and
    without one in between. It is covered when the engine found both ends and exactly one contact
    between them.
    """
    errors: list[float] = []
    every = 0
    for reference, found in pairs:
        in_reference, in_found = match(reference.contact_s, found.contact_s, WIDE_S)
        partner = dict(zip(in_reference.tolist(), in_found.tolist(), strict=True))
        for start, end in reference_strides(reference):
            every += 1
            if start in partner and end in partner and partner[end] - partner[start] == 2:
                truth = reference.contact_s[end] - reference.contact_s[start]
                time = found.contact_s[partner[end]] - found.contact_s[partner[start]]
                errors.append(abs(float(time - truth)))
    mae = float(np.mean(errors)) if errors else float("nan")
    return StrideTimeScore(mae, len(errors) / every if every else float("nan"), every)


def reference_strides(reference: Reference) -> list[tuple[int, int]]:
    """Return index pairs of reference contacts that make a stride outside U-turns."""
    pairs = []
    contact, side = reference.contact_s, reference.contact_side
    for leg in legs(reference):
        rows = np.flatnonzero(inside(contact, leg[None, :]))
        for one, middle, other in zip(rows, rows[1:], rows[2:], strict=False):
            alternates = side[one] == side[other] != side[middle]
            if alternates and contact[other] - contact[one] <= LONGEST_STRIDE_S:
                pairs.append((int(one), int(other)))
    return pairs


def legs(reference: Reference) -> Floats:
    """Return the stretches of true walking cut at the U-turns and their margin."""
    out = []
    for start, end in reference.gait_s:
        begin = start
        for turn_start, turn_end in reference.turns_s:
            if turn_end <= start or turn_start >= end:
                continue
            out.append((begin, turn_start - TURN_MARGIN_S))
            begin = turn_end + TURN_MARGIN_S
        out.append((begin, end))
    return np.array([leg for leg in out if leg[1] > leg[0]], dtype=np.float64).reshape(-1, 2)


def cadence_errors(pairs: Iterable[Pair]) -> tuple[Floats, Floats, float]:
    """Return per leg the cadence error (steps/min), the true cadence, and the share covered.

    Cadence is (contacts - 1) over the time between the second and the last but one contact of the
    leg, for the engine within a quarter of a second of those; an engine with fewer than three
    contacts there does not cover the leg.
    """
    errors, truths, every = [], [], 0
    for reference, found in pairs:
        for leg in legs(reference):
            true = reference.contact_s[inside(reference.contact_s, leg[None, :])]
            true = true[1:-1]  # nobody walks steadily at the first and the last step
            if true.size < 3:
                continue
            every += 1
            ends = np.array([[true[0], true[-1]]])
            mine = found.contact_s[inside(found.contact_s, ends, WIDE_S)]
            if mine.size >= 3:
                truths.append(_cadence(true))
                errors.append(_cadence(mine) - truths[-1])
    return np.array(errors), np.array(truths), len(errors) / every if every else float("nan")


def _cadence(contact_s: Floats) -> float:
    return 60.0 * (contact_s.size - 1) / float(contact_s[-1] - contact_s[0])


# --- gait sequences ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Confusion:
    """Seconds of walking and not walking, found and true."""

    true_walk: float = 0.0
    false_walk: float = 0.0
    missed_walk: float = 0.0
    true_rest: float = 0.0

    def __add__(self, other: Confusion) -> Confusion:
        return Confusion(
            self.true_walk + other.true_walk,
            self.false_walk + other.false_walk,
            self.missed_walk + other.missed_walk,
            self.true_rest + other.true_rest,
        )

    @property
    def f1(self) -> float:
        """Sample-wise F1 of walking."""
        every = 2 * self.true_walk + self.false_walk + self.missed_walk
        return 2 * self.true_walk / every if every else float("nan")

    @property
    def specificity(self) -> float:
        """Share of true rest that was not called walking."""
        rest = self.true_rest + self.false_walk
        return self.true_rest / rest if rest else float("nan")


def samples_confusion(reference: Reference, bouts_s: Floats, duration_s: float) -> Confusion:
    """Compare walking and not walking on a 10 ms grid over the whole recording."""
    time_s = np.arange(0.0, duration_s, _GRID_S)
    sure = ~inside(time_s, reference.unsure_s)
    truth, mine = inside(time_s, reference.gait_s), inside(time_s, bouts_s)
    return Confusion(
        float((truth & mine & sure).sum()) * _GRID_S,
        float((~truth & mine & sure).sum()) * _GRID_S,
        float((truth & ~mine & sure).sum()) * _GRID_S,
        float((~truth & ~mine & sure).sum()) * _GRID_S,
    )


# --- stride length and speed -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LengthScore:
    """Errors of stride length and walking speed.

    Attributes:
        length_mae_m: Mean over legs of the absolute error of the leg's mean stride length.
        speed_mae_m_s: The same for walking speed.
        stride_mae_m: Mean absolute error of single strides.
        bias_m: Mean signed error of single strides.
        coverage: Share of steady reference strides for which the engine gave a length.
        strides: Number of steady reference strides.
        legs: Number of legs that were compared.
    """

    length_mae_m: float
    speed_mae_m_s: float
    stride_mae_m: float
    bias_m: float
    coverage: float
    strides: int
    legs: int


def steady_strides(reference: Reference) -> NDArray[np.bool_]:
    """Tell which reference strides are steady.

    Steady strides have a length, touch no turn, and are neither the first nor the last of a foot
    in their leg (nobody walks steadily there).
    """
    strides = reference.strides
    steady = np.isfinite(strides.length_m)
    for start, end in reference.bends_s:
        steady &= (strides.end_s <= start) | (strides.start_s >= end)
    in_any = np.zeros(steady.size, dtype=bool)
    for leg in legs(reference):
        rows = inside(strides.start_s, leg[None, :]) & inside(strides.end_s, leg[None, :])
        if rows.any():
            first, last = strides.start_s[rows].min(), strides.end_s[rows].max()
            in_any |= rows & (strides.start_s > first + 1e-6) & (strides.end_s < last - 1e-6)
    return steady & in_any


def score_lengths(pairs: Iterable[Pair]) -> LengthScore:
    """Compare stride length and speed over the steady strides of the reference legs.

    Each steady reference stride is compared with the engine's stride that overlaps it most (by at
    least half of it). The leg's means then run over the strides that were compared.
    """
    by_leg: list[tuple[float, float]] = []
    single: list[float] = []
    every = 0
    for reference, found in pairs:
        truth, mine = reference.strides, found.strides
        keep = np.isfinite(mine.length_m)
        start, end = mine.start_s[keep], mine.end_s[keep]
        length, speed = mine.length_m[keep], mine.speed_m_s[keep]
        steady = steady_strides(reference)
        for leg in legs(reference):
            in_leg = inside(truth.start_s, leg[None, :]) & inside(truth.end_s, leg[None, :])
            rows = np.flatnonzero(steady & in_leg)
            every += rows.size
            differences = []
            for row in rows if length.size else ():
                overlap = np.minimum(end, truth.end_s[row]) - np.maximum(start, truth.start_s[row])
                partner = int(np.argmax(overlap))
                if overlap[partner] >= 0.5 * (truth.end_s[row] - truth.start_s[row]):
                    differences.append(
                        (
                            float(length[partner] - truth.length_m[row]),
                            float(speed[partner] - truth.speed_m_s[row]),
                        )
                    )
            if differences:
                mean = np.mean([d for d, _ in differences])
                speeds = [d for _, d in differences if np.isfinite(d)]
                by_leg.append((abs(float(mean)), abs(float(np.mean(speeds or [np.nan])))))
                single += [difference for difference, _ in differences]
    if not single:
        nan = float("nan")
        return LengthScore(nan, nan, nan, nan, 0.0 if every else nan, every, 0)
    length_mae = np.mean([length for length, _ in by_leg])
    known = [speed for _, speed in by_leg if np.isfinite(speed)]
    speed_mae = np.mean(known or [np.nan])
    return LengthScore(
        float(length_mae),
        float(speed_mae),
        float(np.mean(np.abs(single))),
        float(np.mean(single)),
        len(single) / every,
        every,
        len(by_leg),
    )


# --- robustness --------------------------------------------------------------------------------


def timing_change(one: Found, other: Found) -> float:
    """Return the largest change of a contact time in seconds; infinite if the numbers differ."""
    if one.contact_s.size != other.contact_s.size:
        return float("inf")
    if not one.contact_s.size:
        return 0.0
    return float(np.max(np.abs(one.contact_s - other.contact_s)))


def uncovered_s(found: Found, duration_s: float) -> float:
    """Return how many seconds are neither in a bout nor named as unused (to 0.1 s)."""
    unused = np.zeros((0, 2)) if found.unused_s is None else found.unused_s
    accounted = np.concatenate([found.bouts_s, unused])
    time_s = np.arange(0.05, duration_s, 0.1)
    return float((~inside(time_s, accounted, 0.05)).sum()) * 0.1
