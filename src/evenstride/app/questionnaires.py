"""Questionnaires: which there are, how to fill one in, and what came of it over the weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evenstride.app.moments import NS, local, now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.checkup.instruments import (
    Instrument,
    Item,
    Score,
    compare,
    imported,
    instruments,
    score,
)
from evenstride.checkup.instruments.score import known_instrument
from evenstride.diary import Entry
from evenstride.errors import AnswerError, DiaryError
from evenstride.report.questionnaire import (
    Filled,
    filled_sheet,
    last_said,
    questionnaires_sheet,
)
from evenstride.report.screens import screen_words

__all__ = [
    "Instrument",
    "Item",
    "Listed",
    "asked",
    "can_ask",
    "fill_in",
    "filled",
    "is_own",
    "last_result",
    "list_questionnaires",
    "named_before",
    "questionnaire_words",
    "show_questionnaires",
]


_OWN = "walking_activities"
_LONGEST = 200


def show_questionnaires(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return every questionnaire, and what came of it last.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    with own(home, now or now_utc_ns()) as mine:
        found = filled(mine)
        sheet = questionnaires_sheet(tuple(instruments().values()), found)
        document = {
            "schema": "evenstride/questionnaires/1",
            "filled_in": [
                {"day": one.day.isoformat(), "score": asdict(one.score)} for one in found
            ],
        }
        return mine.shown(document, sheet)


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire on a list.

    Attributes:
        instrument: It.
        can_ask: Whether its questions may be asked here; of the others only a total is taken.
        last: What came of it last, such as "4, 2 May 2026", or that it was never filled in.
        has_result: Whether it was filled in.
    """

    instrument: Instrument
    can_ask: bool
    last: str
    has_result: bool


def list_questionnaires(home: Path | None = None, *, now: int | None = None) -> tuple[Listed, ...]:
    """Return the questionnaires that can be asked or take a total, with their last results.

    Those that can be asked here come first.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    with own(home, now or now_utc_ns()) as mine:
        last = {one.score.instrument: one for one in filled(mine)}
    listed = [
        Listed(one, can_ask(one), last_said(last.get(one.id)), one.id in last)
        for one in instruments().values()
        if can_ask(one) or one.span is not None
    ]
    return tuple(sorted(listed, key=lambda one: not one.can_ask))


def can_ask(instrument: Instrument) -> bool:
    """Return whether its questions are there to ask: only those in our own words are."""
    return bool(instrument.items) and all(item.ask for item in instrument.items)


def asked(name: str) -> Instrument:
    """Return a questionnaire to ask.

    Raises:
        AnswerError: If there is none of this name.
    """
    return known_instrument(name)


def is_own(instrument: Instrument) -> bool:
    """Return whether its questions are about activities that the person names."""
    return instrument.id == _OWN


def named_before(home: Path | None, name: str, *, now: int | None = None) -> Mapping[str, str]:
    """Return what the questions about one's own activities were about last time, by item."""
    with own(home, now or now_utc_ns()) as mine:
        kept = [one for one in mine.diary.entries("questionnaire") if one.document["name"] == name]
    found: Mapping[str, str] = kept[-1].document.get("named", {}) if kept else {}
    return found


def questionnaire_words() -> Mapping[str, Any]:
    """Return the words around the questions."""
    return screen_words("questionnaire")


def fill_in(
    home: Path | None,
    name: str,
    answers: Mapping[str | int, Any] | None = None,
    *,
    total: float | None = None,
    named: Mapping[str, str] | None = None,
    now: int | None = None,
) -> Shown:
    """Keep the answers to a questionnaire, or a total from elsewhere, and return what it says.

    Args:
        home: The person's folder, if not the usual one.
        name: Of the questionnaire.
        answers: By item.
        total: Worked out elsewhere; taken in the place of answers.
        named: What questions about one's own activities are about, by item.
        now: The moment, in nanoseconds UTC.

    Raises:
        AnswerError: If there is no such questionnaire, or an answer cannot be used.
    """
    _scored(name, dict(answers or {}), total)  # what cannot be used is refused before it is kept
    with own(home, now or now_utc_ns()) as mine:
        second = f"{local(mine.now, mine.person.time_zone):%Y-%m-%dT%H%M%S}"
        stamp = f"{second}.{mine.now % NS:09}"  # two of one second are two
        document = {"day": mine.today.isoformat(), "answers": dict(answers or {}), "total": total}
        document["named"] = {item: text[:_LONGEST] for item, text in (named or {}).items()}
        entry = Entry("questionnaire", f"{stamp}-{name}", mine.now, {"name": name, **document})
        mine.diary.keep_entry(entry)
        return _shown(mine, name)


def last_result(home: Path | None, name: str, *, now: int | None = None) -> Shown:
    """Return what came of a questionnaire the last time.

    Args:
        home: The person's folder, if not the usual one.
        name: Of the questionnaire.
        now: The moment, in nanoseconds UTC.

    Raises:
        AnswerError: If there is no such questionnaire, or it was never filled in.
    """
    asked(name)
    with own(home, now or now_utc_ns()) as mine:
        return _shown(mine, name)


def _shown(mine: Own, name: str) -> Shown:
    """Return the last result of a questionnaire, put beside the first one."""
    results = [one for one in filled(mine) if one.score.instrument == name]
    if not results:
        raise AnswerError(name, screen_words("questionnaire")["no_result"])
    first, found = results[0], results[-1].score
    change = compare(first.score, found) if len(results) > 1 else None
    sheet = filled_sheet(asked(name), found, first.day if change else None, change)
    document = {
        "schema": "evenstride/questionnaire/1",
        "score": asdict(found),
        "change": change and asdict(change),
    }
    return mine.shown(document, sheet)


def filled(mine: Own) -> tuple[Filled, ...]:
    """Return every questionnaire that was filled in, the oldest first, scored anew.

    Raises:
        DiaryError: If the diary holds something else.
    """
    try:
        return tuple(_filled(one) for one in mine.diary.entries("questionnaire"))
    except (KeyError, TypeError, ValueError, AnswerError) as error:
        raise DiaryError(
            "What the diary holds of a questionnaire was changed by another program.",
            "Restore a backup, or ask who changed it.",
        ) from error


def _filled(entry: Entry) -> Filled:
    kept = entry.document
    found = _scored(kept["name"], kept["answers"], kept["total"])
    return Filled(date.fromisoformat(kept["day"]), found)


def _scored(name: str, answers: Mapping[str | int, Any], total: float | None) -> Score:
    return score(name, answers) if total is None else imported(name, total)
