"""The last weeks in one small picture: pain and walks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evenstride.app.own import Own
from evenstride.app.planning import Basis

if TYPE_CHECKING:
    from evenstride.plan import Plan, Refused
    from evenstride.report.sheet import Table

__all__ = ["Trend", "trend_of"]

_BEFORE = timedelta(weeks=7)  # and this one


@dataclass(frozen=True, slots=True)
class Trend:
    """The last eight weeks.

    Attributes:
        drawing: An SVG that takes its colours from the page around it, with its own description.
        says: What it shows, in words.
        table: The same as numbers.
    """

    drawing: str
    says: str
    table: Table


def trend_of(mine: Own, basis: Basis, plan: Plan | Refused) -> Trend | None:
    """Return how the last eight weeks went; None if there was no walk.

    Args:
        mine: The diary.
        basis: What the plan rests on; it has the walks of at least eight weeks.
        plan: The plan, or why there is none.
    """
    from evenstride.plan import walk_lights
    from evenstride.report.visit.picture import weeks_plot
    from evenstride.report.visit.weeks import week_points, weeks_picture, weeks_table

    monday = mine.today - timedelta(days=mine.today.weekday())
    walks = [walk for walk in basis.history.outings if walk.day >= monday - _BEFORE]
    lights = {one.outing: one for one in walk_lights(basis.history, basis.checkup, mine.today)}
    points = week_points(walks, lights)
    picture, table = weeks_picture(points, plan), weeks_table(points)
    if picture is None or table is None:
        return None
    return Trend(weeks_plot(picture), picture.says, table)
