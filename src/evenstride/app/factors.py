"""What the walks say about the factors that a person can change."""

from __future__ import annotations

from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.planning import held, plan_now
from evenstride.app.shown import Shown
from evenstride.errors import OptionError

__all__ = ["show_factors"]


def show_factors(
    home: Path | None = None,
    name: str | None = None,
    *,
    professional: bool = False,
    now: int | None = None,
) -> Shown:
    """Return all factors, or everything about one; the document always has all.

    Args:
        home: The person's folder, if not the usual one.
        name: Id of a factor.
        professional: With sources.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such factor.
    """
    from evenstride.inventory import inventory
    from evenstride.report.factors import factor_sheet, factors_sheet

    with own(home, now or now_utc_ns()) as mine:
        walks, shoes = mine.diary.outings(), mine.diary.shoes()
        found = inventory(walks, shoes, mine.person, mine.today)
        units, refused = mine.person.units, held(plan_now(mine))
    if name is None:
        days = [walk.day for walk in walks if walk.is_walk]
        first = min((day for day in days if day >= found.since), default=found.since)
        sheet = factors_sheet(found, units, first, max(days, default=None))
        return mine.shown(found.document(), sheet)
    chosen = [factor for factor in found.factors if factor.id == name]
    if not chosen:
        known = ", ".join(factor.id for factor in found.factors)
        raise OptionError(f"There is no factor “{name}”.", f"There are: {known}.")
    sheet = factor_sheet(chosen[0], found, units, professional=professional, first=refused)
    return mine.shown(found.document(), sheet)
