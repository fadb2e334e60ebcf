"""Roughness of the ground without a map: is it the same on the same flat floor?

``python -m validation.roughness`` writes validation/RESULTS-roughness.md. There is no recording
with a measured ground among ours, so this can show how far chance and pace move the number, and
not whether it rises on rough ground.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenstride.gait.gather import gather
from evenstride.gait.roughness import roughness_of, unlikeness
from evenstride.gait.strides import paces
from validation.datasets import Walk, load_h, load_p
from validation.ours import recording_of
from validation.split import people_of

_FEWEST = 5
_ENOUGH = 100
_RESULTS = Path(__file__).with_name("RESULTS-roughness.md")


@dataclass(frozen=True, slots=True)
class Found:
    """One walk: what it was, its pace, its roughness, and how many strides that rests on."""

    name: str
    alike: str
    cadence_spm: float
    roughness: float
    strides: int


def found_in(walk: Walk, alike: str) -> Found | None:
    """Return the roughness of a walk; None where too few strides can be compared."""
    gathered = gather(recording_of(walk))
    pace = paces(gathered.steps, gathered.turns)
    terms = np.column_stack(unlikeness(gathered.steps, pace))
    terms = terms[np.isfinite(terms).all(axis=1)]
    if len(terms) < _FEWEST:
        return None
    cadence_spm = 60.0 / float(np.mean(pace.step_s[pace.inner_step]))
    roughness = float(roughness_of(terms.sum(axis=0)))
    return Found(walk.id, alike, cadence_spm, roughness, len(terms))


def spread(walks: Iterable[Found]) -> tuple[int, int, float, float, float]:
    """Return groups, walks, spread within a group, slope against pace, and its standard error.

    Spread and slope are of logarithms, so that 0.05 is 5 %, and a slope of -2 means that a pace
    quicker by 5 % lowers the roughness by 10 %.
    """
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in walks:
        groups[one.alike].append((np.log(one.cadence_spm), np.log(one.roughness)))
    kept = [np.array(rows) for rows in groups.values() if len(rows) > 1]
    rows = np.concatenate([one - one.mean(axis=0) for one in kept])
    free = len(rows) - len(kept)
    pace, rough = rows.T
    slope = float(pace @ rough / (pace @ pace))
    rest = float(np.sum((rough - slope * pace) ** 2) / max(free - 1, 1))
    within = float(np.sqrt(rough @ rough / free))
    return len(kept), len(rows), within, slope, float(np.sqrt(rest / (pace @ pace)))


def measure() -> dict[str, list[Found]]:
    """Return the walks of each set."""
    sets: dict[str, Sequence[tuple[Walk, str]]] = {
        "H, tuning people": [(w, w.person) for w in load_h(people=people_of("tuning"))],
        "H, hold-out people": [(w, w.person) for w in load_h(people=people_of("hold-out"))],
        "P, hard floor": [(w, _place(w)) for w in load_p() if "Carpet" not in w.id],
        "P, carpet": [(w, _place(w)) for w in load_p() if "Carpet" in w.id],
    }
    found = {name: [found_in(*one) for one in walks] for name, walks in sets.items()}
    return {name: [one for one in walks if one is not None] for name, walks in found.items()}


def _place(walk: Walk) -> str:
    return walk.id.rsplit("_", 1)[0].lower()


def render(sets: dict[str, list[Found]]) -> str:
    """Return the page."""
    lines = []
    for name in ("H, tuning people", "H, hold-out people", "P, hard floor"):
        groups, walks, within, slope, error = spread(sets[name])
        strides = int(np.median([one.strides for one in sets[name]]))
        slopes = f"{slope:+.1f} ± {error:.1f}"
        lines.append(f"| {name} | {groups} | {walks} | {strides} | {within:.1%} | {slopes} |")
    many = [one for one in sets["P, hard floor"] if one.strides >= _ENOUGH]
    groups, walks, within, slope, error = spread(many)
    strides = int(np.median([one.strides for one in many]))
    lines.append(
        f"| P, hard floor, {_ENOUGH} strides or more | {groups} | {walks} | {strides} |"
        f" {within:.1%} | {slope:+.1f} ± {error:.1f} |"
    )
    each = "\n".join(
        f"| {name} | {one.name} | {one.cadence_spm:.0f} | {one.roughness:.3f} | {one.strides} |"
        for name in ("P, hard floor", "P, carpet")
        for one in sets[name]
    )
    table = "\n".join(lines)
    least = 1.96 * np.sqrt(2) * within
    return f"""# Roughness of the ground, without a map

Written by `python -m validation.roughness`; do not edit. No recording here has a measured ground.
This page shows how much the number moves on one and the same flat floor, and nothing more. The
method was chosen on the tuning people of H and on P; the hold-out people were looked at when it was
done.

| walks | groups | walks | strides each (median) | spread within a group | slope against pace |
|---|---|---|---|---|---|
{table}

A group is one person (H), or one person, phone and placement (P). Spread is one standard deviation
between walks of a group, as a share of the value, with pace left in. A slope of -2 means that a
pace quicker by 5 % lowers the number by 10 %. The laboratory walks of L are too short to compare.

With {_ENOUGH} strides or more, two walks at one pace have to differ by about {least:.0%} before it
is more than chance. On ground that was made uneven by up to 2.5 cm the variability of step length
rose by 22 % and that of step width by 36 % (Voloshina 2013, 10.1242/jeb.081711): that much should
just be seen, if the trunk shows it as the feet do, which nobody has tested here.

The carpet was walked with another phone in the hand than the hard floor, and few of its steps were
alike in time, so the two cannot be set against each other.

| set | walk | steps/min | roughness | strides |
|---|---|---|---|---|
{each}
"""


if __name__ == "__main__":
    _RESULTS.write_text(render(measure()), encoding="utf-8")
