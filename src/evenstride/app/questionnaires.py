"""Questionnaires: which there are, how to fill one in, and what came of it over the weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from evenstride.app.moments import local, now_utc_ns
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
from evenstride.report.questionnaire import Filled, filled_sheet, questionnaires_sheet
from evenstride.report.screens import screen_words

__all__ = [
    "Instrument",
    "Item",
    "asked",
    "fill_in",
    "filled",
    "is_own",
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
    found = imported(name, total) if total is not None else score(name, dict(answers or {}))
    with own(home, now or now_utc_ns()) as mine:
        first = next((one for one in filled(mine) if one.score.instrument == name), None)
        stamp = f"{local(mine.now, mine.person.time_zone):%Y-%m-%dT%H%M%S}"
        document = {"day": mine.today.isoformat(), "answers": dict(answers or {}), "total": total}
        document["named"] = {item: text[:_LONGEST] for item, text in (named or {}).items()}
        entry = Entry("questionnaire", f"{stamp}-{name}", mine.now, {"name": name, **document})
        mine.diary.keep_entry(entry)
        change = compare(first.score, found) if first else None
        sheet = filled_sheet(asked(name), found, first.day if first else None, change)
        shown = {
            "schema": "evenstride/questionnaire/1",
            "score": asdict(found),
            "change": change and asdict(change),
        }
        return mine.shown(shown, sheet)


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
    name, total = kept["name"], kept["total"]
    found: Score = score(name, kept["answers"]) if total is None else imported(name, total)
    return Filled(date.fromisoformat(kept["day"]), found)
