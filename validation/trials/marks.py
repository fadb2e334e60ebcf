"""What was measured, against the targets."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import NamedTuple

import numpy as np

from validation.trials.measure import ENOUGH_FOR_A_CELL, Study
from validation.trials.simulate import CELLS, Cell
from validation.trials.study import EFFECTS

__all__ = ["Mark", "covered", "level_at_our_rate", "marks", "percent", "upper"]

MOST_FALSE = 0.03
LEAST_COVERED = 0.93
LEAST_COVERED_IN_A_CELL = 0.91
MOST_FALSE_LINKS = 0.05
CLOSE_MEAN = 0.1
CLOSE_SD = 0.05
MOST_MS = 50.0


class Mark(NamedTuple):
    """One target: what it is about, what was measured, what is asked, and whether it is reached.

    ``worst`` marks the worst of many, which a short run cannot tell from bad luck.
    """

    what: str
    measured: str
    target: str
    reached: bool
    worst: bool = False


def marks(study: Study) -> list[Mark]:
    """Return every target that this run can judge."""
    rows = [*_false(study), *_coverage(study), *_power(study), *_sampler(study), *_real(study)]
    rows += [*_many(study), *_links(study), *_speed(study)]
    return [row for row in rows if study.trials >= ENOUGH_FOR_A_CELL or not row.worst]


def percent(share: float) -> str:
    """Return a share in percent with one decimal."""
    return f"{100 * share:.1f} %"


def upper(share: float, count: int) -> float:
    """Return the upper end of the 95 % interval (Wilson) of a share."""
    z = 1.96
    centre = share + z * z / (2 * count)
    wide = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (centre + wide) / (1 + z * z / count)


def level_at_our_rate(study: Study) -> float:
    """Return the level at which the paired t test is wrong as often as we are."""
    nothing = [study.tallies[cell, 0.0] for cell in CELLS]
    rate = float(np.mean([tally.share("winner") for tally in nothing]))
    p = np.concatenate([values for tally in nothing for values in tally.paired_p])
    return float(np.quantile(p, rate))


def covered(study: Study, cell: Cell) -> float:
    """Return the share of intervals of one cell that hold the truth, over all effects."""
    return float(np.mean([study.tallies[cell, effect].share("covered") for effect in EFFECTS]))


def _at_most(what: str, share: float, limit: float, *, worst: bool = False) -> Mark:
    """Return the mark of a share that must not be higher."""
    return Mark(what, percent(share), f"<= {percent(limit)}", share <= limit, worst)


def _at_least(what: str, share: float, limit: float) -> Mark:
    """Return the mark of a share that must not be lower."""
    return Mark(what, percent(share), f">= {percent(limit)}", share >= limit)


def _false(study: Study) -> Iterator[Mark]:
    false = [study.tallies[cell, 0.0].share("winner") for cell in CELLS]
    pooled = upper(float(np.mean(false)), study.trials * len(CELLS))
    yield _at_most("false winners, all cells, upper end", pooled, MOST_FALSE)
    worst = upper(max(false), study.trials)
    yield _at_most("false winners, worst cell, upper end", worst, MOST_FALSE, worst=True)


def _coverage(study: Study) -> Iterator[Mark]:
    cover = [covered(study, cell) for cell in CELLS]
    yield _at_least("coverage, all cells", float(np.mean(cover)), LEAST_COVERED)
    yield _at_least("coverage, worst cell", min(cover), LEAST_COVERED_IN_A_CELL)._replace(
        worst=True
    )


def _power(study: Study) -> Iterator[Mark]:
    level = level_at_our_rate(study)
    for effect in EFFECTS[1:]:
        tallies = [study.tallies[cell, effect] for cell in CELLS]
        ahead = min(one.share("right") - one.rival("paired_p", level) for one in tallies)
        yield Mark(
            f"power minus paired t at {effect:g}, worst cell",
            f"{100 * ahead:+.1f} points",
            "> 0",
            ahead > 0,
            worst=True,
        )


def _sampler(study: Study) -> Iterator[Mark]:
    for one in study.agreements:
        apart, spread = (abs(a - b) for a, b in zip(one.ours, one.sampled, strict=True))
        allowed = CLOSE_MEAN + 2 * one.error
        yield Mark(
            f"sampler, {one.name}: apart in mean, sd",
            f"{apart:.2f}, {spread:.2f}",
            f"<= {allowed:.2f}, {CLOSE_SD}",
            apart <= allowed and spread <= CLOSE_SD,
        )


def _real(study: Study) -> Iterator[Mark]:
    if not study.real:
        return
    told = [one.ours for one in study.real]
    stretched = [one.ours_scaled for one in study.real]
    start = "real pain as told, false winners"
    yield _at_most(f"{start}, all series", float(np.mean(told)), MOST_FALSE)
    yield _at_most(f"{start}, worst series", max(told), MOST_FALSE, worst=True)
    yield _at_most(
        "real pain stretched to sd 1.3, false winners, all series",
        float(np.mean(stretched)),
        MOST_FALSE,
    )


def _many(study: Study) -> Iterator[Mark]:
    nothing = [one for one in study.many if one.effect == 0]
    share = float(np.mean([one.any_false for one in nothing]))
    highest = upper(share, sum(one.trials for one in nothing))
    what = "three factors at once, any false winner, upper end"
    yield _at_most(what, highest, MOST_FALSE, worst=True)


def _links(study: Study) -> Iterator[Mark]:
    for rate in study.links:
        yield _at_most(f"links, any false one, {rate.name}", rate.any_false, MOST_FALSE_LINKS)


def _speed(study: Study) -> Iterator[Mark]:
    for one in study.speeds:
        yield Mark(
            f"an answer, {one.name}", f"{one.ms:.0f} ms", f"< {MOST_MS:.0f} ms", one.ms < MOST_MS
        )
