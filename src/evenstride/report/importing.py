"""What is said after a recording was kept in the diary, or measured again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evenstride.gait import CATALOGUE
from evenstride.model import Gait, Outing
from evenstride.report.build import walk_report
from evenstride.report.diary import walk_long, walk_when
from evenstride.report.model import Choices
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.units import UnitSystem
from evenstride.report.visible import visible

__all__ = ["imported_sheet", "rebuilt_sheet"]


def imported_sheet(
    outing: Outing,
    gait: Gait,
    name: str,
    what: str,
    *,
    guessed: bool,
    units: UnitSystem,
    now_utc_ns: int,
) -> Sheet:
    """Return what is said of a recording that was kept.

    Args:
        outing: Its walk.
        gait: What was found in it.
        name: Of the file.
        what: "new", "again" or "joined".
        guessed: Whether the date on disk had to stand for the beginning.
        units: Of the numbers.
        now_utc_ns: The moment.
    """
    words = screen_words("diary")["import"]
    headline = words[what].format(
        name=visible(name), when=walk_when(outing, now_utc_ns), long=walk_long(outing)
    )
    report = walk_report(gait, Choices(units=units))
    found = (report.headline, *report.lead) if len(gait.bouts) else (words["no_walk"],)
    unrated = outing.back.worst is None and what != "again"
    sections = (
        Section("", (words["guessed"].format(id=outing.id),) if guessed else ()),
        Section(words["measured"], found),
        Section("", (words["next"].format(id=outing.id),) if unrated else ()),
    )
    return Sheet(headline, "", tuple(section for section in sections if section.says_something))


def rebuilt_sheet(
    recordings: int, changed: Sequence[Mapping[str, Any]], failed: Sequence[tuple[str, str]]
) -> Sheet:
    """Return what is said after recordings were measured again.

    Args:
        recordings: How many had to be measured.
        changed: Every number that changed: walk, measure, before, now.
        failed: Name of each file that could not be measured, and why.
    """
    words = screen_words("diary")["import"]
    if not recordings:
        return Sheet(words["rebuilt_none"])
    rows = tuple(
        (one["walk"], CATALOGUE[one["measure"]].title, _number(one["before"]), _number(one["now"]))
        for one in changed
        if one["measure"] in CATALOGUE
    )
    sections = (
        Section(words["rebuilt_failed"], (), tuple(f"{visible(n)}: {why}" for n, why in failed)),
        Section(words["rebuilt_changed"], (), (), Table(tuple(words["rebuilt_columns"]), rows)),
    )
    headline = words["rebuilt"].format(done=recordings - len(failed), all=recordings)
    return Sheet(headline, "", tuple(section for section in sections if section.says_something))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"
