"""Real daily pain, kept in its order, under drawn orders: nothing was tried, so nothing may win.

The series stay where they are; nothing of them enters the repository.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from validation.trials import rivals
from validation.trials.simulate import SD, schedules, told
from validation.trials.study import BATCH, WALKS, looked_at

FOLDER = "myaiguide_pain_daily"
FEWEST_DAYS = 60
_DERIVED = ("kneePain", "forearmElbowPain", "handsAndFingerPain", "aroundEyesPain")


@dataclass(frozen=True)
class Real:
    """What drawn orders found in one series in which nothing was tried.

    Attributes:
        name: Person and region.
        days: Days with a rating.
        sd: Spread within 28 ratings, on average.
        likeness: Correlation of neighbouring ratings within 28, on average.
        ours: Share of orders with a winner.
        ours_scaled: The same with every window stretched to the spread of the simulation.
        abab: Share with p < 0.05 by seven-day phases and a Welch test.
        orders: How many orders were drawn.
    """

    name: str
    days: int
    sd: float
    likeness: float
    ours: float
    ours_scaled: float
    abab: float
    orders: int


def series(folder: Path) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Return days and ratings of every region of every person with at least 60 rated days."""
    found: dict[str, Mapping[int, float]] = {}
    with (folder / "participant1_daily_derived.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for region in _DERIVED:
        found[f"1 {region}"] = {
            date.fromisoformat(row["date"]).toordinal(): float(row[region])
            for row in rows
            if float(row[region] or 0) > 0  # upstream writes 0 where nothing was told
        }
    for path in sorted(folder.glob("Participant[3-7]*/*Pain.csv")):
        person = path.parent.name[len("Participant")]
        ratings: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if "pain" not in row["name"].lower():
                    continue
                day = date(int(row["startyear"]), int(row["startmonth"]), int(row["startday"]))
                ratings[row["name"].strip()][day.toordinal()].append(float(row["intensity"]))
        for region, by_day in ratings.items():
            # The worst of the day, as a walker is asked for the worst of the walk.
            found[f"{person} {region}"] = {day: max(told) for day, told in by_day.items()}
    return {
        name: (np.array(sorted(days), float), np.array([days[day] for day in sorted(days)]))
        for name, days in found.items()
        if len(days) >= FEWEST_DAYS
    }


def under_drawn_orders(folder: Path, orders: int, seed: int) -> list[Real]:
    """Return how often drawn orders find a winner where nothing was tried."""
    results = []
    for index, (name, (days, ratings)) in enumerate(series(folder).items()):
        rng = np.random.default_rng([seed, index])
        starts = rng.integers(0, len(days) - WALKS + 1, orders)
        at = starts[:, None] + np.arange(WALKS)
        when, values = days[at] - days[at[:, :1]], ratings[at]
        centred = values - values.mean(axis=1, keepdims=True)
        spread = values.std(axis=1, keepdims=True)
        scaled = told(4.0 + SD * centred / np.where(spread > 0, spread, 1.0))
        arms = schedules(orders, WALKS, rng)
        present = np.ones(values.shape, bool)
        wins = {"plain": [], "scaled": []}  # type: dict[str, list[NDArray[np.bool_]]]
        for first in range(0, orders, BATCH):
            part = slice(first, first + BATCH)
            for kind, outcome in (("plain", values), ("scaled", scaled)):
                winner, _, _ = looked_at(when[part], arms[part], outcome[part], present[part])
                wins[kind].append(winner)
        phases = rivals.abab(orders, WALKS, rng)
        varied = spread[:, 0] > 0
        likeness = np.sum(centred[:, 1:] * centred[:, :-1], axis=1)[varied] / np.sum(
            centred[varied] ** 2, axis=1
        )
        results.append(
            Real(
                name=name,
                days=len(days),
                sd=float(spread.mean()),
                likeness=float(likeness.mean()),
                ours=float(np.concatenate(wins["plain"]).mean()),
                ours_scaled=float(np.concatenate(wins["scaled"]).mean()),
                abab=float((rivals.welch(phases, values, present) < 0.05)[varied].mean()),
                orders=orders,
            )
        )
    return results
