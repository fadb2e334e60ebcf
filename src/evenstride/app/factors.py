"""What the walks say about the factors that a person can change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.planning import held, plan_now
from evenstride.app.shown import Shown
from evenstride.errors import OptionError
from evenstride.report.sheet import Sheet

if TYPE_CHECKING:
    from evenstride.inventory import Inventory
    from evenstride.model import Outing
    from evenstride.plan import Refused
    from evenstride.report.factors import FactorCard

__all__ = ["FactorsShown", "factor_cards", "show_factors"]


@dataclass(frozen=True, slots=True)
class FactorsShown:
    """All factors in short.

    Attributes:
        sheet: What they rest on; without any walk, that there is none.
        cards: One of each.
        first: Help or an answer that comes first; empty if nothing does.
    """

    sheet: Sheet
    cards: tuple[FactorCard, ...]
    first: str


def factor_cards(home: Path | None = None, *, now: int | None = None) -> FactorsShown:
    """Return every factor in short, also without a single walk.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.factors import factor_card

    with own(home, now or now_utc_ns()) as mine:
        found, walks, refused = _found(mine)
        sheet = mine.shown(found.document(), _overview(mine, found, walks)).sheet
    cards = (factor_card(one, mine.person.units, held=bool(refused)) for one in found.factors)
    first = f"{refused.says} {refused.does}".strip() if refused else ""
    return FactorsShown(sheet, tuple(cards), first)


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
    from evenstride.report.factors import factor_sheet

    with own(home, now or now_utc_ns()) as mine:
        found, walks, refused = _found(mine)
    if name is None:
        return mine.shown(found.document(), _overview(mine, found, walks))
    chosen = [factor for factor in found.factors if factor.id == name]
    if not chosen:
        known = ", ".join(factor.id for factor in found.factors)
        raise OptionError(f"There is no factor “{name}”.", f"There are: {known}.")
    units = mine.person.units
    sheet = factor_sheet(chosen[0], found, units, professional=professional, first=refused)
    return mine.shown(found.document(), sheet)


def _found(mine: Own) -> tuple[Inventory, Sequence[Outing], Refused | None]:
    """Return the inventory, the walks it is of, and what comes before any advice."""
    from evenstride.inventory import inventory

    walks, shoes = mine.diary.outings(), mine.diary.shoes()
    return inventory(walks, shoes, mine.person, mine.today), walks, held(plan_now(mine))


def _overview(mine: Own, found: Inventory, walks: Sequence[Outing]) -> Sheet:
    from evenstride.report.factors import factors_sheet

    days = [walk.day for walk in walks if walk.is_walk]
    first = min((day for day in days if day >= found.since), default=found.since)
    return factors_sheet(found, mine.person.units, first, max(days, default=None))
