"""What a person tells for a visit: why they go, and what they want to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenstride.app.own import Own
from evenstride.errors import OptionError
from evenstride.report.screens import screen_words

__all__ = ["LONGEST_QUESTION", "LONGEST_REASON", "MOST_QUESTIONS", "told_for_visit"]

LONGEST_REASON = 300
LONGEST_QUESTION = 140
MOST_QUESTIONS = 5

_ENTRY = "visit"


def told_for_visit(
    mine: Own, reason: str | None = None, questions: Sequence[str] = ()
) -> dict[str, Any]:
    """Return why the person goes and what they want to ask; kept, so that it need not be retyped.

    Args:
        mine: The diary.
        reason: In their words; None: what was told before; "" forgets it.
        questions: Empty: what was told before; empty texts alone forget them.

    Raises:
        OptionError: If it does not fit on the page.
    """
    from evenstride.diary import Entry

    kept = [one.document for one in mine.diary.entries("setting") if one.id == _ENTRY]
    before = dict(kept[-1]) if kept else {}
    told = {
        "reason": str(before.get("reason", "")),
        "questions": tuple(map(str, before.get("questions", ()))),
    }
    changed = dict(told)
    if reason is not None:
        changed["reason"] = _fitting(reason, LONGEST_REASON)
    if questions:
        asked = (_fitting(one, LONGEST_QUESTION) for one in questions)
        changed["questions"] = tuple(filter(None, asked))
    if len(changed["questions"]) > MOST_QUESTIONS:
        raise OptionError(screen_words("report")["too_many"].format(most=MOST_QUESTIONS))
    if changed != told:
        document = {**changed, "questions": list(changed["questions"])}
        mine.diary.keep_entry(Entry("setting", _ENTRY, mine.now, document))
    return changed


def _fitting(text: str, most: int) -> str:
    text = " ".join(text.split())
    if len(text) > most:
        raise OptionError(screen_words("report")["too_long"].format(most=most))
    return text
