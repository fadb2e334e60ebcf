"""The last check-up, shown again: how soon to get help, what it resembles, and as files."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from evenstride.app.moments import NS, now_utc_ns, said
from evenstride.app.own import own
from evenstride.app.person import emergency_number
from evenstride.app.shown import Shown
from evenstride.errors import AnswerError
from evenstride.model import CheckUp
from evenstride.report.sheet import Sheet

__all__ = ["Kept", "Result", "checkup_file", "dialled", "last_checkups", "result_of"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished check-up, judged with today's knowledge.

    Attributes:
        found: What it says.
        at_utc_ns: When it was done.
        when: The same as people say it, such as "today 17:30".
        country: Of the person; empty if not known.
        before: The one before it; None if there is none.
    """

    found: CheckUp
    at_utc_ns: int
    when: str
    country: str = ""
    before: CheckUp | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A check-up as it is shown.

    Attributes:
        shown: How soon to get help, and why.
        resembles: What the answers resemble; None if nothing may be said of it.
    """

    shown: Shown
    resembles: Sheet | None


def last_checkups(home: Path | None = None, *, now: int | None = None) -> Kept | None:
    """Return the last check-up that can be read, with the one before it; None if there is none.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.checkup import check_up

    judged: list[tuple[int, CheckUp]] = []
    with own(home, now or now_utc_ns()) as mine:
        for kept in reversed(mine.diary.checkups()):
            try:
                judged.append((kept.at_utc_ns, check_up(kept.answers)))
            except AnswerError:
                continue  # its questions were others
            if len(judged) > 1:
                break
        person, moment = mine.person, mine.now
    if not judged:
        return None
    at, found = judged[0]
    before = judged[1][1] if len(judged) > 1 else None
    return Kept(found, at, said(at, person.time_zone, moment), person.country, before)


def result_of(kept: Kept, *, professional: bool = False) -> Result:
    """Return how a check-up is shown.

    Args:
        kept: The check-up.
        professional: Clinical words, likelihood ratios, groups, priors and sources.
    """
    from evenstride.checkup.changes import compare
    from evenstride.checkup.knowledge import knowledge
    from evenstride.report.checkup import checkup_report, resembles_sheet

    known, found = knowledge(), kept.found
    sheet = checkup_report(
        found,
        known,
        professional=professional,
        changes=compare(kept.before, found) if kept.before else None,
        emergency_number=emergency_number(kept.country, ""),
        patterns=False,
    )
    resembles = resembles_sheet(found, known, professional=professional)
    document = {**found.document(), "may_exercise": found.may_exercise, "when": kept.when}
    return Result(Shown(document, sheet), resembles)


def checkup_file(kept: Kept, kind: Literal["fhir", "text"], *, professional: bool = False) -> str:
    """Return a check-up as a file.

    Args:
        kept: The check-up.
        kind: A QuestionnaireResponse of FHIR R4, or plain text.
        professional: Clinical words, in the text.
    """
    from evenstride.app.checkup import as_text
    from evenstride.checkup.fhir import response
    from evenstride.checkup.knowledge import knowledge

    if kind == "fhir":
        at = datetime.fromtimestamp(kept.at_utc_ns // NS, UTC)
        document = response(kept.found.answers, knowledge(), at, complete=kept.found.complete)
        return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    return as_text(
        kept.found,
        professional=professional,
        width=_LINE,
        color=False,
        before=kept.before,
        emergency_number=emergency_number(kept.country, ""),
    )


def dialled(country: str) -> Sequence[str]:
    """Return the numbers of the ambulance to call: that of a country, else well known ones.

    Args:
        country: Two letters; empty if not known.
    """
    return re.findall(r"\d+", emergency_number(country))


_LINE = 80
