"""Recording -> Gait: the steps of the science in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError, UnusableRecording
from evenstride.gait.gather import Gathered, gather
from evenstride.gait.grades import Situation
from evenstride.gait.length import Tracked, distance_of_track, stride_length_m
from evenstride.gait.measures import Walked, measure_walk
from evenstride.gait.pictures import step_shape, timeline
from evenstride.gait.placement import FIRM, ONE_SIDED, seen_placement
from evenstride.gait.posture import (
    Reference,
    gravity_trouble,
    lean_deg,
    longest_quiet,
    quiet_before,
    worn_alike,
)
from evenstride.gait.strides import Paces, paces
from evenstride.gait.unused import list_unused
from evenstride.model import (
    Bouts,
    Contacts,
    Gait,
    Recording,
    RecordingFacts,
    Strides,
    Track,
    Turns,
)

__all__ = ["analyze"]

_SHORTEST_S = 5.0
_NO_CLOCK_HZ = 2.0
_SURE_SIDES = 0.6  # consistency of a bout from which its feet are named
_USUAL_HEIGHT_M = 1.70  # cancels out where a known distance sets the scale
_LEAST_TRACKED_M = 100.0
_TOLD_ERROR = 0.005
_POSSIBLE_SPEED_M_S = (0.15, 3.0)

Floats = NDArray[np.float64]


def analyze(
    recording: Recording,
    *,
    height_m: float | None = None,
    distance_m: float | None = None,
    standing: Recording | None = None,
    track: Track | None = None,
    progress: Callable[[float], None] | None = None,
) -> Gait:
    """Measure the walking in a recording.

    Args:
        recording: From ``es.read`` or ``Recording.from_arrays``; read in blocks, never whole.
        height_m: Body height; gives stride length and speed, roughly.
        distance_m: Known distance walked in this recording; gives them firmly.
        standing: A recording of quiet standing with the sensor worn alike, for lean; without it
            quiet seconds just before the walk are used.
        track: Positions on the same clock; gives the distance where none is told.
        progress: Called now and then with the seconds of recording done.

    Returns:
        Bouts, contacts, strides, turns and measures, each with interval, grade and reason.

    Raises:
        OptionError: If the height or distance cannot be right.
        UnusableRecording: If there are no samples, fewer than 20 a second, or under 5 seconds.

    Example:
        >>> import evenstride as es
        >>> from evenstride.testing import simulate_walk
        >>> walk = simulate_walk(60, seed=1)
        >>> gait = es.analyze(walk.recording, height_m=1.75)
        >>> cadence = gait.measures["cadence_spm"]
        >>> cadence.unit, cadence.grade, abs(cadence.value - walk.cadence_spm) < 1
        ('steps/min', 'firm', True)
    """
    _check("height", height_m, 0.5, 2.6, "m")
    _check("distance", distance_m, 1.0, 200_000.0, "m")
    reference = None if standing is None else longest_quiet(gather(standing).quiet)
    if standing is not None and reference is None:
        raise UnusableRecording(
            "The standing recording has no three quiet seconds in it."
            if standing.gravity_included
            else "The standing recording has no gravity in it, so it cannot show how you stand."
        )
    found = gather(recording, progress)
    if recording.clock.rate_hz < _NO_CLOCK_HZ:
        raise UnusableRecording(
            "The time stamps stand still or run backwards, so nothing can be timed.",
            "If the file has no times, give its rate.",
        )
    if recording.clock.duration_s < _SHORTEST_S:
        raise UnusableRecording(
            f"The recording is {recording.clock.duration_s:.1f} seconds long; "
            f"a walk needs at least {_SHORTEST_S:.0f}."
        )
    return _gait(recording, found, reference, height_m, distance_m, track)


def _check(what: str, value: float | None, low: float, high: float, unit: str) -> None:
    if value is not None and not low <= value <= high:
        raise OptionError(
            f"A {what} of {value:g} {unit} cannot be right.",
            f"It should lie between {low:g} and {high:g} {unit}.",
        )


def _gait(
    recording: Recording,
    found: Gathered,
    reference: Reference | None,
    height_m: float | None,
    distance_m: float | None,
    track: Track | None,
) -> Gait:
    steps = found.steps
    seen = seen_placement(steps.swing)
    on_thigh = seen == "thigh"
    bouts = _bouts(found)
    pace = paces(steps, found.turns)
    lengths = _lengths(found, pace, bouts, height_m, distance_m, track)
    reference = reference or quiet_before(found.quiet, steps)
    lean_trouble = _lean_trouble(recording, found, reference, on_thigh)
    lean = np.full((len(steps), 2), np.nan)
    if reference is not None and lean_trouble is None:
        lean = lean_deg(steps, reference)
    sides_sure = not on_thigh and recording.placement not in ONE_SIDED
    sure = (steps.side_trust >= _SURE_SIDES) & sides_sure
    situation = Situation(
        rate_hz=recording.clock.rate_hz,
        quantised=found.quantised,
        placement=recording.placement,
        seen=seen,
        lost_fraction=recording.clock.lost_fraction,
        sides_known=_share(sure) > 0.8,
        forward_sure=_share(steps.side_trust > 0) > 0.5,
        known_distance=lengths.known,
        distance_error=lengths.relative_error,
        turns_known=found.gyroscope,
        height_known=height_m is not None,
        lean_trouble=lean_trouble,
        likely_share=_share(pace.likely_step),
    )
    walked = Walked(steps, pace, lengths.stride_m, lean, steps.side, sure)
    clock = recording.clock
    return Gait(
        recording=_facts(recording, found, seen),
        bouts=bouts,
        contacts=Contacts(
            time_s=steps.time_s,
            side=np.where(sure, steps.side, 0).astype(np.int8),
            confidence=1.0 / (1.0 + np.exp(-np.clip(steps.odds.astype(np.float64), -30, 30))),
            bout=steps.bout,
        ),
        strides=_strides(found, pace, lengths.stride_m, sure),
        turns=Turns(*found.turns.T),
        measures=measure_walk(walked, situation),
        timeline=timeline(walked, clock.duration_s),
        step_shape=step_shape(found.shapes),
        sides_known=situation.sides_known,
        unused=list_unused(clock.duration_s, clock.gaps, found.stretches, bouts, found.slow),
    )


def _share(those: NDArray[np.bool_]) -> float:
    return float(np.mean(those)) if len(those) else 0.0


def _bouts(found: Gathered) -> Bouts:
    steps = found.steps
    first = np.flatnonzero(np.diff(steps.bout, prepend=-1))
    last = np.append(first[1:], len(steps)) - 1 if len(first) else first
    return Bouts(steps.time_s[first], steps.time_s[last], (last - first + 1).astype(np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class _Lengths:
    """Stride lengths (n,), NaN = absent; how the distance is known, and how well."""

    stride_m: Floats
    known: str | None = None
    relative_error: float = 0.0


def _lengths(
    found: Gathered,
    pace: Paces,
    bouts: Bouts,
    height_m: float | None,
    distance_m: float | None,
    track: Track | None,
) -> _Lengths:
    steps = found.steps
    count = len(steps)
    if count < 3:
        return _Lengths(np.full(count, np.nan))
    each = steps.strength_m_s2.astype(np.float64)
    strength = np.full(count, np.nan)
    strength[:-2] = (each[:-2] + each[1:-1] + each[2:]) / 3
    length = stride_length_m(height_m or _USUAL_HEIGHT_M, strength, 2 / pace.stride_s)
    if distance_m is not None:
        # Every step counts towards the distance; the last of a bout goes as far as the others.
        gone = float(np.nansum(length) / 2 + len(bouts) * np.nanmean(length))
        scaled = length * (distance_m / gone)
        _check_speed(scaled, pace)
        return _Lengths(scaled, "told", _TOLD_ERROR)
    if track is not None:
        spans = np.column_stack([bouts.start_s, bouts.end_s])
        tracked = distance_of_track(track, spans)
        if tracked.metres >= _LEAST_TRACKED_M:
            return _scaled_to(tracked, length, pace)
    return _Lengths(length if height_m is not None else np.full(count, np.nan))


def _scaled_to(tracked: Tracked, length: Floats, pace: Paces) -> _Lengths:
    used = np.isfinite(length)
    speed = float(length[used].sum() / pace.stride_s[used].sum())
    scaled = length * (tracked.metres / tracked.seconds / speed)
    low, high = _POSSIBLE_SPEED_M_S
    if not low <= tracked.metres / tracked.seconds <= high:
        return _Lengths(np.full(len(length), np.nan))
    return _Lengths(scaled, "track", tracked.relative_error)


def _check_speed(length: Floats, pace: Paces) -> None:
    used = np.isfinite(length)
    speed = float(length[used].sum() / pace.stride_s[used].sum())
    low, high = _POSSIBLE_SPEED_M_S
    if not low <= speed <= high:
        raise OptionError(
            f"The distance does not fit the steps that were found: it would mean {speed:.2g} m/s.",
            "Check the distance, and whether all of the walk was recorded.",
        )


def _strides(found: Gathered, pace: Paces, length_m: Floats, sure: NDArray[np.bool_]) -> Strides:
    steps = found.steps
    there = np.flatnonzero(np.isfinite(pace.stride_s))
    length = np.where(pace.steady[there], length_m[there], np.nan)
    both_sure = sure[there] & (
        steps.side[there] == steps.side[np.minimum(there + 2, len(steps) - 1)]
    )
    return Strides(
        start_s=steps.time_s[there],
        end_s=steps.time_s[there] + pace.stride_s[there],
        side=np.where(both_sure, steps.side[there], 0).astype(np.int8),
        length_m=length,
        speed_m_s=length / pace.stride_s[there],
        steady=pace.steady[there],
        bout=steps.bout[there],
    )


def _lean_trouble(
    recording: Recording, found: Gathered, reference: Reference | None, on_thigh: bool
) -> str | None:
    if not recording.gravity_included:
        return "The recording has no gravity in it, so lean cannot be seen."
    if on_thigh or recording.placement in ONE_SIDED:
        return "The sensor was not worn firmly at the back or waist."
    trouble = gravity_trouble(found.quiet, found.steps, reference)
    if trouble is not None:
        return trouble
    if reference is not None and not worn_alike(reference, found.steps):
        return "The sensor sat differently while standing than while walking."
    if reference is None:
        return (
            "There were no quiet seconds of standing just before the walk, and no standing "
            "recording, to compare with."
        )
    return None


def _facts(recording: Recording, found: Gathered, seen: str | None) -> RecordingFacts:
    clock = recording.clock
    warnings = [*recording.assumptions, *recording.warnings, *clock.repairs]
    warnings += [f"Left out: {what}." for what in found.left_out()]
    if seen == "thigh" and recording.placement in FIRM:
        warnings.append("It moved like a phone on the thigh, not at the back or waist.")
    if found.quantised:
        warnings.append("The values are rounded to 0.1 m/s², as from a web page.")
    return RecordingFacts(
        format=recording.format,
        source=recording.source,
        placement=recording.placement,
        placement_seen=seen,
        gravity_included=recording.gravity_included,
        gyroscope=found.gyroscope,
        rate_hz=clock.rate_hz,
        jitter_s=clock.jitter_s,
        duration_s=clock.duration_s,
        lost_fraction=clock.lost_fraction,
        gaps=len(clock.gaps),
        warnings=tuple(dict.fromkeys(warnings)),
    )
