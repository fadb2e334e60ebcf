"""What is lost by recording a walk in a page: at most 60 Hz, in steps of 0.1 m/s2.

``python -m validation.web_motion`` writes a section of RESULTS-web.md. Each development recording
is measured twice: as it is, and as a page of Chromium would have heard it, sent in pieces and put
together by the very code of the app. Both are results of the same engine, so this is the loss by
the page alone, and says nothing about the truth.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import evenstride as es
from evenstride.app.live.events import heard
from evenstride.app.live.walked import motion_file
from validation.datasets import DEFAULT_RECORDINGS, Walk, load_h, load_p
from validation.ours import recording_of
from validation.scoring import match
from validation.split import people_of
from validation.web_results import put

__all__ = ["Loss", "as_page", "loss_of"]

_RATE_HZ, _STEP_M_S2, _STEP_DEG_S = 60.0, 0.1, 0.1
_JITTER_S = 0.0005
_BLOCK_S = 2.0
_NEAR_S = 0.25
_FEWEST = 8
_LONGEST_STEP_S = 1.5
_COLUMNS = (
    *("walks", "n", "steps, full", "steps, page", "contacts in both"),
    "cadence differs by, median (worst), steps/min",
    "a contact shifts by, SD",
    "a step time differs by, SD",
    "SD of step times grows by, median (90 %)",
)
_WALL_MS = 1.7e12


@dataclass(frozen=True, slots=True)
class Loss:
    """What differs between the page's and the full recording of one walk.

    Attributes:
        name: Of the walk.
        group: Which walks it is told with.
        steps: Steps found in the full recording.
        more_steps: How many more (or fewer) the page's recording has.
        cadence_spm: Difference of the cadence; NaN if one of the two has none.
        matched: Share of the contacts that are in both, within 0.25 s.
        contact_ms: Standard deviation of the shift of a contact.
        step_ms: Standard deviation of the difference of a step time.
        spread_ms: How much larger the standard deviation of the step times of the walk is.
    """

    name: str
    group: str
    steps: int
    more_steps: int
    cadence_spm: float
    matched: float
    contact_ms: float
    step_ms: float
    spread_ms: float


def as_page(walk: Walk, seed: int) -> es.Recording:
    """Return a walk as a page would have recorded it, through the code of the app."""
    rng = np.random.default_rng(seed)
    signal = walk.signal
    first, last = float(signal.time_s[0]), float(signal.time_s[-1])
    at = np.arange(first + rng.uniform(0, 1 / _RATE_HZ), last, 1 / _RATE_HZ)
    place = np.clip(np.searchsorted(signal.time_s, at, side="right") - 1, 0, None)
    stamp_ms = 1000 * (at + rng.normal(0, _JITTER_S, at.size))
    whole = np.round(signal.acceleration_m_s2[place] / _STEP_M_S2) * _STEP_M_S2
    turn = signal.angular_velocity_rad_s
    turning = np.full_like(whole, np.nan)
    if turn is not None:
        turning = np.round(np.rad2deg(turn[place]) / _STEP_DEG_S) * _STEP_DEG_S
    rows = np.column_stack([stamp_ms, whole, np.full_like(whole, np.nan), turning])
    blocks = list(_blocks(rows))
    pieces = motion_file(heard(blocks), {"placement": walk.placement})
    if pieces is None:
        raise ValueError(walk.id)
    return es.read(b"".join(pieces))


def _blocks(rows: NDArray[np.float64]) -> Iterator[dict[str, Any]]:
    each = round(_BLOCK_S * _RATE_HZ)
    for begin in range(0, len(rows), each):
        part = rows[begin : begin + each]
        page_ms = float(part[-1, 0])
        motion = [[None if v != v else v for v in row] for row in part.tolist()]
        yield {
            "life": "a",
            "page_ms": page_ms,
            "wall_ms": _WALL_MS + page_ms,
            "motion": motion,
            "angles": [],
            "places": [],
            "marks": [],
        }


def loss_of(walk: Walk, group: str, seed: int) -> Loss | None:
    """Return what the page loses; None where the full recording has too few steps."""
    full = es.analyze(recording_of(walk))
    page = es.analyze(as_page(walk, seed))
    ours, theirs = full.contacts.time_s, page.contacts.time_s
    if len(ours) < _FEWEST or len(theirs) < 2:
        return None
    # Each clock begins with its own first sample, less than a sample apart.
    mine, page_s = match(ours, theirs, _NEAR_S)
    shift = theirs[page_s] - ours[mine]
    follows = (np.diff(mine) == 1) & (np.diff(page_s) == 1)
    step, own = np.diff(shift)[follows], np.diff(ours[mine])[follows]
    kept = own < _LONGEST_STEP_S
    step, own = step[kept], own[kept]
    return Loss(
        name=walk.id,
        group=group,
        steps=len(ours),
        more_steps=len(theirs) - len(ours),
        cadence_spm=_cadence(page) - _cadence(full),
        matched=len(mine) / len(ours),
        contact_ms=1000 * float(np.std(shift)),
        step_ms=1000 * float(np.std(step)),
        spread_ms=1000 * float(np.std(own + step) - np.std(own)),
    )


def _cadence(gait: es.Gait) -> float:
    found = gait.measures["cadence_spm"].value
    return float("nan") if found is None else found


def _table(losses: Iterable[Loss]) -> str:
    groups: dict[str, list[Loss]] = {}
    for one in losses:
        groups.setdefault(one.group, []).append(one)
    lines = [f"| {' | '.join(_COLUMNS)} |", "|---" * len(_COLUMNS) + "|"]
    for group, members in groups.items():
        steps = sum(one.steps for one in members)
        page = steps + sum(one.more_steps for one in members)
        cadence = np.abs([one.cadence_spm for one in members])
        cadence = cadence[np.isfinite(cadence)]
        matched = np.average([one.matched for one in members], weights=[o.steps for o in members])
        contact, step, spread = (
            np.array([getattr(one, name) for one in members])
            for name in ("contact_ms", "step_ms", "spread_ms")
        )
        lines.append(
            f"| {group} | {len(members)} | {steps} | {page} | {matched:.1%}"
            f" | {np.median(cadence):.2f} ({np.max(cadence):.2f})"
            f" | {np.median(contact):.1f} ms | {np.median(step):.1f} ms"
            f" | {np.median(spread):+.1f} ms ({np.percentile(spread, 90):+.1f}) |"
        )
    return "\n".join(lines)


def main(recordings: Path) -> None:
    """Measure all, and write the section."""
    tuning = people_of("tuning")
    walks = [
        (w, f"lower back, {'tuning' if w.person in tuning else 'hold-out'} people")
        for w in load_h(recordings)
    ]
    walks += [(w, f"phone, {w.position}") for w in load_p(recordings)]
    losses = []
    for seed, (walk, group) in enumerate(walks):
        found = loss_of(walk, group, seed)
        if found is not None:
            losses.append(found)
    text = f"""
{__doc__.split(chr(10), 1)[1].strip()}

The page's recording: at most {_RATE_HZ:.0f} samples a second, the newest value of the sensor at
each, acceleration in steps of {_STEP_M_S2} m/s², turning rate in steps of {_STEP_DEG_S}°/s, stamps
with a jitter of {1000 * _JITTER_S:.1f} ms. {len(losses)} of {len(walks)} walks have enough steps.

{_table(losses)}
"""
    put("Sensors in a page, against the full recording", text)
    print(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--recordings", type=Path, default=DEFAULT_RECORDINGS)
    main(parser.parse_args().recordings)
