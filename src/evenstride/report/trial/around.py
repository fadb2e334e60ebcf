"""What is read around a self-experiment: its size beforehand, links in the diary, slow changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.model import Measure
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.trial.sheets import needs_section, typed
from evenstride.trials import Link, Need, TrendReport
from evenstride.trials.links import FEWEST_WALKS

__all__ = ["links_sheet", "needs_sheet", "trend_sheet"]

_SHOE = "shoe:"
_SLOW = ("sleep", "sitting")
_PLANNED = ("minutes", "distance")


def needs_sheet(needs: Sequence[Need]) -> Sheet:
    """Return how many walks an experiment takes."""
    section = needs_section(needs)
    return Sheet(section.title, "", (Section("", section.sentences),))


def links_sheet(links: Sequence[Link], shoes: Mapping[str, str]) -> Sheet:
    """Return what goes together with pain, and how to put it to the test.

    Args:
        links: The most probable first.
        shoes: Name of each pair by its id.
    """
    words = screen_words("trial")["links"]
    if not links:
        none = words["none"].format(walks=FEWEST_WALKS)
        return Sheet(words["title"], "", (Section("", (none,)),))
    worth = [link for link in links if link.worth_an_experiment]
    rest = [link.sentence for link in links if not link.worth_an_experiment]
    found = tuple(line for link in worth for line in (link.sentence, _start(link, shoes)))
    sections = (
        Section("", () if worth else (words["nothing"],)),
        Section(words["worth"], found),
        Section(words["not_clear"], (), tuple(rest)),
    )
    shown = tuple(section for section in sections if section.says_something)
    return Sheet(words["title"], "", shown, (words["never"],))


def trend_sheet(report: TrendReport, since: date, what: str, outcome: str) -> Sheet:
    """Return how an outcome was before and since something slow began.

    Args:
        report: What was found.
        since: The day on which it began.
        what: A key of the words: "routine", "plan" or "other".
        outcome: What is looked at.
    """
    words = screen_words("trial")["trend"]
    day = spoken_day(since, "day_year")
    title = words["title"].format(day=day, what=words["what"][what])
    about = words["outcome"].format(outcome=screen_words("trial")["outcomes"][outcome])
    if not report.ready:
        return Sheet(title, report.missing)
    rows = tuple(
        (words["rows"][name], *_numbers(measure, signed=name == "change"))
        for name, measure in (
            ("before", report.before),
            ("since", report.since),
            ("change", report.change),
        )
    )
    sections = (
        Section("", (about, report.sentence), (), Table(tuple(words["columns"]), rows)),
        Section(words["cautions"], (), report.cautions),
    )
    return Sheet(title, "", sections)


def _shoe(link: Link, shoes: Mapping[str, str]) -> str:
    id_ = link.name.removeprefix(_SHOE)
    return shoes.get(id_, id_)


def _start(link: Link, shoes: Mapping[str, str]) -> str:
    """Return what a person can do to find out."""
    words = screen_words("trial")["links"]
    if link.name in _SLOW:
        return str(words["slow"])
    if link.name in _PLANNED:
        return str(words["plan"])
    if not link.name.startswith(_SHOE):
        return str(words["start"].format(command=words["command"][link.name]))
    name = _shoe(link, shoes)
    other = next((one for one in shoes.values() if one != name), "")
    command = words["command"]["shoe"].format(name=typed(name), other=typed(other))
    return str(words["start"].format(command=command))


def _numbers(measure: Measure, *, signed: bool) -> tuple[str, str, str]:
    form = "+.1f" if signed else ".1f"
    shown = (measure.value, measure.low, measure.high)
    first, low, high = ("-" if value is None else f"{value:{form}}" for value in shown)
    return first, low, high
