"""``python -m validation.inventory``: how often the inventory tells of a change, by simulation.

Simulated people walk every second day, on the same ground and in the same shoes. Their values go
up and down around a mean that stays (or moves by some standard deviations on the last walk), with
an autocorrelation from walk to walk. Told of a change counts once for a factor, however many of
its measures say so. Nothing here is a person.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import sqrt

import numpy as np

from evenstride.gait import CATALOGUE
from evenstride.inventory import Inventory, inventory
from evenstride.inventory.knowledge import factors_knowledge
from evenstride.model import Measure, Outing, Person, Shoe

__all__ = ["FACTORS", "TARGET", "Case", "rates", "report", "told_of_change"]

FACTORS = ("posture", "weight_and_strike", "rhythm", "dose")
"""Those in which a change can be told."""

TARGET = 0.05
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
PERSON = Person(birth_year=1975, height_m=1.7, mass_kg=70)
SHOES = (Shoe("a", "Walking shoes"),)

USUAL = {
    "speed_m_s": (1.3, 0.052),
    "cadence_spm": (110.0, 3.3),
    "step_length_m": (0.71, 0.0145),
    "walk_ratio_mm_per_spm": (6.4, 0.15),
    "stride_time_cv_pct": (2.2, 0.3),
    "speed_m_s_drift": (0.0, 0.03),
    "pitch_deg": (4.0, 1.5),
    "roll_deg": (0.0, 1.0),
    "pitch_deg_drift": (0.5, 0.7),
    "step_time_asymmetry_pct": (2.0, 1.0),
    "step_symmetry": (0.93, 0.02),
    "impact_peak_m_s2": (4.0, 0.4),
}
"""Mean and standard deviation from walk to walk. Those with a published repeat error have just
that; the others are our guess, and only their ratio to the change matters.
"""


@dataclass(frozen=True)
class Case:
    """Simulated people of one kind.

    Attributes:
        walks: Walks in the diary, the newest among them.
        phi: Correlation of a value with that of the walk before.
        spread: Their standard deviation over that of ``USUAL``.
        shift: How far the newest walk is moved, in their standard deviations.
    """

    walks: int
    phi: float = 0.0
    spread: float = 1.0
    shift: float = 0.0


def diary(case: Case, random: np.random.Generator) -> list[Outing]:
    """Return the walks of one simulated person."""
    series = {name: list(_series(name, case, random)) for name in USUAL}
    return [
        Outing(
            id=f"w{number}",
            start_utc_ns=int((FIRST + timedelta(days=2 * number)).timestamp()) * 10**9,
            minutes=max(5.0, float(random.normal(30, 8))),
            shoe="a",
            surface="paved",
            hills="flat",
            measures={name: _measure(name, values[number]) for name, values in series.items()},
        )
        for number in range(case.walks)
        if number == case.walks - 1 or random.random() > _SKIPPED
    ]


_SKIPPED = 0.2


def _series(name: str, case: Case, random: np.random.Generator) -> Iterator[float]:
    mean, usual_sd = USUAL[name]
    sd = case.spread * usual_sd
    state = random.normal(0, 1)
    for number in range(case.walks):
        moved = case.shift if number == case.walks - 1 else 0.0
        yield float(mean + sd * (state + moved))
        state = case.phi * state + sqrt(1 - case.phi**2) * random.normal(0, 1)


def _measure(name: str, value: float) -> Measure:
    unit = CATALOGUE[name.removesuffix("_drift")].unit
    return Measure(value, None, None, unit, "own_trend", "As always.", 800)


def told_of_change(found: Inventory) -> set[str]:
    """Return the factors in which the inventory tells of a change."""
    return {
        factor.id
        for factor in found.factors
        for one in factor.observed
        if one.comparison is not None and one.comparison.verdict in ("more", "less")
    }


def rates(case: Case, people: int, seed: int = 1) -> dict[str, float]:
    """Return the share of simulated people who are told of a change, by factor."""
    random = np.random.default_rng(seed)
    today: date = (FIRST + timedelta(days=2 * (case.walks - 1))).date()
    counts: Counter[str] = Counter()
    for _ in range(people):
        counts.update(told_of_change(inventory(diary(case, random), SHOES, PERSON, today)))
    return {factor: counts[factor] / people for factor in FACTORS}


def cases() -> list[Case]:
    """Return the unchanged people of every kind, then the changed ones."""
    unchanged = [Case(walks, phi) for walks in (5, 8, 12, 25, 45) for phi in (0.0, 0.3, 0.6)]
    spread = [Case(walks, 0.3, spread) for walks in (5, 8, 12, 25) for spread in (0.5, 1.5, 2.0)]
    changed = [Case(walks, 0.3, 1.0, shift) for walks in (8, 25) for shift in (3.0, 4.0, 6.0)]
    return unchanged + spread + changed


def report(people: int) -> Iterator[str]:
    """Yield the lines of ``RESULTS-inventory.md``."""
    yield "# The inventory, measured"
    yield ""
    yield f"Written by `python -m validation.inventory --people {people}`. Simulated people only."
    yield ""
    yield (
        f"Knowledge {factors_knowledge().version}. Share of people who are told of a change in at "
        "least one measure of a factor by the newest walk. phi: correlation with the walk before. "
        "Spread: their standard deviation over the published or guessed one. Shift: how far all "
        "measures of the newest walk are moved, in their own standard deviations; where speed "
        "moves, walks at other speeds are left out, so that posture and strike can say less. "
        "Minutes are never moved. A fifth of the walks is missing."
    )
    yield ""
    yield f"| walks | phi | spread | shift | {' | '.join(FACTORS)} |"
    yield "|---|---|---|---|" + "---|" * len(FACTORS)
    worst = 0.0
    for case in cases():
        found = rates(case, people)
        shown = " | ".join(f"{100 * found[name]:.1f} %" for name in FACTORS)
        yield f"| {case.walks} | {case.phi:g} | {case.spread:g} | {case.shift:g} | {shown} |"
        if case.shift == 0:
            worst = max(worst, *found.values())
    error = sqrt(TARGET * (1 - TARGET) / people)
    reached = "yes" if worst <= TARGET else "no"
    yield ""
    yield "| target | measured | reached |"
    yield "|---|---|---|"
    yield (
        f"| unchanged people told of a change: at most {100 * TARGET:.0f} % in each factor and row "
        f"| {100 * worst:.1f} % in the worst (standard error {100 * error:.1f}) | {reached} |"
    )


def main() -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    for line in report(parser.parse_args().people):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
