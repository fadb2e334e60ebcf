"""The clock of a recording: what its time stamps can be trusted for, and their repair.

Sensor clocks lie in known ways: packets are lost, phones deliver samples in bursts that share one
time stamp, stamps are rounded to seconds, repeat, or jump backwards. A sample is always placed by
its counter or time stamp, never by its row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["LONGEST_BRIDGED_GAP_S", "Clock", "ClockRepair", "Gap"]

LONGEST_BRIDGED_GAP_S = 0.25
"""Gaps up to this long are interpolated without a word; longer ones are listed."""

_BURST_STEP = 0.2  # a step shorter than this share of the sampling interval belongs to a burst
_BURST_SHARE = 0.01  # more bursts than this: stamps tell the delivery, not the sampling
_SMOOTHING_S = 1.0
_ENOUGH_STEPS = 4096  # for the jitter; more cost time and tell no more
_LONGEST_LOSS_S = 5.0  # what lasts longer is a pause of the recording, not loss
_RESTART_GAP_S = 1.0  # where a clock jumps, what follows is placed this much later
_LONGEST_PAUSE_S = 30 * 86_400.0  # nobody pauses one recording longer: the clock was set anew
_SHORTEST_INTERVAL_S = 1e-4  # no body-worn sensor is faster
_FEW_SAMPLES = 16  # too few to tell the interval from


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without samples: from the last sample before it to the first one after it.

    Both count seconds from the first sample of the recording.
    """

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known about the clock of a recording.

    Attributes:
        rate_hz: True sampling rate where samples arrived (not the nominal one).
        jitter_s: Robust standard deviation of the time step (1.4826 x its median deviation).
        duration_s: Time from the first to the last sample, gaps included.
        samples: Number of usable samples.
        gaps: Gaps longer than 0.25 s.
        lost_fraction: Share of the expected samples that are missing; pauses of the recording
            above 5 s do not count.
        repairs: What had to be repaired, each a sentence in plain words.
    """

    rate_hz: float
    jitter_s: float
    duration_s: float
    samples: int
    gaps: tuple[Gap, ...]
    lost_fraction: float
    repairs: tuple[str, ...] = ()


@dataclass
class ClockRepair:
    """Repairs the time stamps of a stream, block by block, and keeps the account.

    Good stamps are kept as they are. Where more than 1 % of the steps are far too short the
    stamps tell when samples were *delivered*; the samples themselves were taken evenly, so each
    run without a real gap is placed on a straight clock that follows the stamps with a one-second
    moving average. Seconds that only count whole seconds are a special case of it.
    """

    _last_s: float | None = None
    _offset_s: float = 0.0
    _last_raw_s: float = 0.0
    _last_interval_s: float = 1.0
    _first_s: float = 0.0
    _samples: int = 0
    _intervals: list[tuple[float, float, int]] = field(default_factory=list)
    _gaps: list[Gap] = field(default_factory=list)
    _missing_s: float = 0.0
    _repairs: set[str] = field(default_factory=set)

    def __call__(self, raw_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return strictly increasing times for one block of finite raw stamps, in seconds."""
        if raw_s.size == 0:
            return raw_s.astype(np.float64)
        time_s = self._without_jumps(self._without_strays(raw_s.astype(np.float64)))
        interval_s = self._last_interval_s
        if time_s.size >= _FEW_SAMPLES or self._last_s is None:
            interval_s = self._last_interval_s = _interval(time_s)
        steps = np.diff(time_s)
        if steps.size and np.mean(steps < _BURST_STEP * interval_s) > _BURST_SHARE:
            time_s = _spread_bursts(time_s, interval_s)
            self._repairs.add(
                "Samples came in bursts that share a time stamp; they were spread evenly."
            )
        time_s = self._after_last(time_s, interval_s)
        self._account(time_s, interval_s)
        return time_s

    def _without_strays(self, raw_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Replace single stamps that are far off while their two neighbours agree."""
        before, after = raw_s[:-2], raw_s[2:]
        agree = (after >= before) & (after - before < _RESTART_GAP_S)
        stray = np.flatnonzero(agree & (np.abs(raw_s[1:-1] - before) > _RESTART_GAP_S)) + 1
        if stray.size:
            raw_s[stray] = 0.5 * (raw_s[stray - 1] + raw_s[stray + 1])
            self._repairs.add("Single time stamps were far off; they were placed between others.")
        return raw_s

    def _without_jumps(self, raw_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take out the places where the clock itself was set back, or far ahead."""
        steps = np.diff(raw_s, prepend=self._last_raw_s if self._samples else raw_s[0])
        back, ahead = steps < -_RESTART_GAP_S, steps > _LONGEST_PAUSE_S
        corrections = np.where(back | ahead, _RESTART_GAP_S - steps, 0.0)
        for jumps, where in ((back, "backwards"), (ahead, "far ahead")):
            if jumps.any():
                self._repairs.add(
                    f"The clock jumped {where}; what follows was placed after a gap of one second."
                )
        if np.any((steps < 0) & ~back):
            self._repairs.add("Some time stamps were out of order; they were moved to fit.")
        time_s = raw_s + (self._offset_s + np.cumsum(corrections))
        self._offset_s += float(corrections.sum())
        self._last_raw_s = float(raw_s[-1])
        return np.asarray(time_s)

    def _after_last(self, time_s: NDArray[np.float64], interval_s: float) -> NDArray[np.float64]:
        """Keep the result strictly increasing, within the block and against the one before."""
        largest = float(np.max(np.abs(time_s))) + time_s.size * interval_s
        # Where stamps are huge, a smaller step would be lost to rounding.
        floor = max(1e-3 * interval_s, 8.0 * float(np.spacing(largest)))
        time_s = np.maximum.accumulate(time_s)
        if self._last_s is not None:
            time_s = np.maximum(time_s, self._last_s + floor)
        if np.any(np.diff(time_s) < floor):
            rank = np.arange(time_s.size) * floor
            time_s = np.maximum.accumulate(time_s - rank) + rank
        return time_s

    def _account(self, time_s: NDArray[np.float64], interval_s: float) -> None:
        if self._last_s is None:
            self._first_s = float(time_s[0])
            steps = np.diff(time_s)
            before = time_s[:-1]
        else:
            steps = np.diff(time_s, prepend=self._last_s)
            before = np.concatenate([[self._last_s], time_s[:-1]])
        for i in np.flatnonzero(steps > LONGEST_BRIDGED_GAP_S):
            # A slow recording has long steps everywhere; those are its rate, not gaps.
            if steps[i] > 2.5 * interval_s:
                start_s = float(before[i]) - self._first_s
                self._gaps.append(Gap(start_s, start_s + float(steps[i])))
        long = (steps > 1.5 * interval_s) & (steps <= _LONGEST_LOSS_S)
        self._missing_s += float(np.sum(np.round(steps[long] / interval_s) - 1.0)) * interval_s
        regular = steps[steps <= 1.5 * interval_s]
        if regular.size:
            some = regular[:: max(1, regular.size // _ENOUGH_STEPS)]
            jitter = 1.4826 * float(np.median(np.abs(some - np.median(some))))
            self._intervals.append((interval_s, jitter, int(regular.size)))
        self._samples += time_s.size
        self._last_s = float(time_s[-1])

    def clock(self) -> Clock:
        """Return what was learnt from all blocks so far."""
        if self._last_s is None or not self._intervals:
            return Clock(0.0, 0.0, 0.0, self._samples, (), 0.0, tuple(sorted(self._repairs)))
        intervals, jitters, weights = (np.array(c) for c in zip(*self._intervals, strict=True))
        order = np.argsort(intervals)
        half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
        interval_s = float(intervals[order][min(half, len(order) - 1)])
        missing = self._missing_s / interval_s
        return Clock(
            rate_hz=1.0 / interval_s,
            jitter_s=float(np.average(jitters, weights=weights)),
            duration_s=self._last_s - self._first_s,
            samples=self._samples,
            gaps=tuple(self._gaps),
            lost_fraction=float(missing / (missing + self._samples)),
            repairs=tuple(sorted(self._repairs)),
        )


def _interval(time_s: NDArray[np.float64]) -> float:
    """Return the sampling interval in seconds: robust against loss, bursts and rounded stamps."""
    steps = np.diff(time_s)
    positive = steps[steps > 0]
    if positive.size == 0:
        return 1.0
    median = float(np.median(steps))
    usual = median if positive.size == steps.size else float(np.median(positive))
    if np.mean(steps < _BURST_STEP * usual) <= _BURST_SHARE and median > 0:
        # The mean of the steps near the median is finer than stamps rounded to milliseconds.
        near = steps[(steps > 0.5 * median) & (steps < 1.5 * median)]
        return max(float(near.mean()) if near.size else median, _SHORTEST_INTERVAL_S)
    # Bursts: the time covered, without real gaps, shared among the samples.
    within = steps[steps <= _longest_wait(positive)]
    return max(float(within.sum()) / max(within.size, 1), _SHORTEST_INTERVAL_S)


def _longest_wait(positive_steps: NDArray[np.float64]) -> float:
    """Return how long a burst may have waited for delivery; longer steps are real gaps."""
    usual_s = min(float(np.percentile(positive_steps, 95)), 1.0)
    return max(LONGEST_BRIDGED_GAP_S, 1.5 * usual_s)


def _spread_bursts(time_s: NDArray[np.float64], interval_s: float) -> NDArray[np.float64]:
    """Place samples that were delivered in bursts on an even clock, run by run."""
    time_s = np.maximum.accumulate(time_s)
    steps = np.diff(time_s)
    positive = steps[steps > 0]
    limit = _longest_wait(positive) if positive.size else np.inf
    edges = np.concatenate([[0], np.flatnonzero(steps > limit) + 1, [time_s.size]])
    out = np.empty_like(time_s)
    for start, stop in pairwise(edges):
        even = np.arange(stop - start) * interval_s
        late = time_s[start:stop] - even
        half = min(max(round(_SMOOTHING_S / interval_s), 1), stop - start)
        padded = np.concatenate([[0.0], np.cumsum(late - late[0])])
        index = np.arange(stop - start)
        low, high = np.maximum(index - half, 0), np.minimum(index + half + 1, stop - start)
        out[start:stop] = even + late[0] + (padded[high] - padded[low]) / (high - low)
    return out
