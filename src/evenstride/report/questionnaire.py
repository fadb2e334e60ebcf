"""Questionnaires as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evenstride.checkup.instruments import Change, Instrument, Score
from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table

__all__ = ["Filled", "filled_sheet", "last_said", "questionnaires_sheet"]


_HOW_SCORED = "How this is scored"  # for professionals, who find it on the page of it


@dataclass(frozen=True, slots=True)
class Filled:
    """A questionnaire that was filled in on a day."""

    day: date
    score: Score


def questionnaires_sheet(all_of_them: Sequence[Instrument], found: Sequence[Filled]) -> Sheet:
    """Return every questionnaire with its last result."""
    words = screen_words("questionnaire")
    ours = [one for one in all_of_them if one.licence.redistributable == "ours"]
    rest = [one for one in all_of_them if one not in ours]
    sections = (
        _listed(words["ours"], ours, found, words["how"]),
        _listed(words["totals"], rest, found, words["how_total"]),
    )
    return Sheet(words["title"], words["lead"], sections)


def filled_sheet(
    instrument: Instrument, score: Score, first: date | None, change: Change | None
) -> Sheet:
    """Return what came of a questionnaire.

    Args:
        instrument: The questionnaire.
        score: Its result.
        first: When it was filled in for the first time; None if that is now.
        change: Since then; None if this is the first time.
    """
    words = screen_words("questionnaire")
    changed = Section("")
    if first is not None and change is not None:
        title = words["change"].format(day=_day(first))
        changed = Section(title, tuple(_changed(change)))
    sections = (Section(words["result"], tuple(_result(instrument, score))), changed)
    says = words["noted"].format(name=instrument.name)
    return Sheet(says, "", tuple(one for one in sections if one.says_something))


def _listed(title: str, some: Sequence[Instrument], found: Sequence[Filled], how: str) -> Section:
    words = screen_words("questionnaire")
    last = {one.score.instrument: one for one in found}
    rows = tuple((one.id, one.name, last_said(last.get(one.id))) for one in some)
    says = (how.format(name=some[0].id),) if some else ()
    return Section(title, says, (), Table(tuple(words["columns"]), rows))


def last_said(one: Filled | None) -> str:
    """Return what came of a questionnaire the last time, and when; None: never."""
    words = screen_words("questionnaire")
    if one is None:
        return str(words["never"])
    if one.score.value is None:
        return str(words["no_value"].format(day=_day(one.day)))
    return str(words["last"].format(value=f"{one.score.value:g}", day=_day(one.day)))


def _result(instrument: Instrument, score: Score) -> Iterator[str]:
    words = screen_words("questionnaire")
    high = instrument.span.high if instrument.span else None
    chosen = _chosen(instrument, score)
    if chosen is not None:
        yield words["chosen"].format(offer=chosen)
        if score.value is not None and score.value < 0:
            yield words["worse_again"]
        return
    if score.value is not None:
        says = words["value" if high is not None else "plain_value"]
        yield says.format(value=f"{score.value:g}", high=f"{high:g}" if high is not None else "")
    bands = {band.id: band.says for band in instrument.bands}
    if score.band:
        yield bands[score.band].capitalize() + "."
    if score.reason:
        yield score.reason
    yield from (note for note in score.notes if not note.startswith(_HOW_SCORED))


def _chosen(instrument: Instrument, score: Score) -> str | None:
    """Return what was chosen where one choice is all there is to it."""
    if len(instrument.items) != 1 or score.value is None:
        return None
    offers = [one.offer for one in instrument.items[0].choices if one.points == score.value]
    return offers[0] if offers else None


def _changed(change: Change) -> Iterator[str]:
    words = screen_words("questionnaire")
    if change.direction is None or change.amount is None:
        yield change.why
        return
    yield words[change.direction].format(amount=f"{abs(change.amount):g}")
    if change.important is not None and change.direction != "same":
        yield words["important" if change.important else "not_important"]
    yield change.why


def _day(day: date) -> str:
    return spoken_day(day, "day_year")
