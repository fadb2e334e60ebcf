"""The check-up: judge answers, show what they say, hand them on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from evenstride.checkup import check_up
from evenstride.checkup.changes import Changes, compare
from evenstride.checkup.knowledge import knowledge
from evenstride.errors import AnswerError, OptionError
from evenstride.model import CheckUp
from evenstride.model.language import ENGLISH, speaking

__all__ = ["as_text", "explained", "exported", "judge_file"]

_MOST_BYTES = 1_000_000  # a file of answers is a few kilobytes


def judge_file(path: Path) -> CheckUp:
    """Judge the answers in a file: ``{id: answer}``, or a FHIR QuestionnaireResponse.

    Raises:
        OptionError: If the file is no JSON.
        AnswerError: If an answer cannot be used.
    """
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise OptionError(f"“{path}” is too large to be a file of answers.")
    try:
        answers = json.loads(content, object_pairs_hook=_each_once, parse_int=_number)
    except (ValueError, RecursionError) as error:
        raise OptionError(
            f"“{path}” is no JSON file of answers.", 'It should look like {"fever": false}.'
        ) from error
    if isinstance(answers, dict) and "resourceType" in answers:
        from evenstride.checkup.fhir import answers_from

        answers = answers_from(answers, knowledge())
    return check_up(answers)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that is given twice: the last one would win, and a "yes" could be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise AnswerError(twice, f"“{twice}” is answered twice.", "Give each answer once.")
    return found


def _number(digits: str) -> float:
    """Return a whole number; one of thousands of digits is as good as endless."""
    try:
        return int(digits)
    except ValueError:
        return float("inf")


def as_text(
    found: CheckUp,
    *,
    professional: bool,
    width: int,
    color: bool,
    before: CheckUp | None = None,
    emergency_number: str = "",
) -> str:
    """Return a check-up for a terminal, with what changed since an earlier one.

    Args:
        found: The check-up.
        professional: Clinical words.
        width: Of the terminal, in letters.
        color: Whether colour is welcome.
        before: The check-up before this one.
        emergency_number: Of the person's country; empty if that is not known.
    """
    from evenstride.report.checkup import checkup_report
    from evenstride.report.sheet_text import render_sheet

    changes: Changes | None = compare(before, found) if before else None
    report = checkup_report(
        found,
        knowledge(),
        professional=professional,
        changes=changes,
        emergency_number=emergency_number,
    )
    return render_sheet(report, width=width, color=color)


def explained(rule_id: str, *, width: int, color: bool) -> str:
    """Return a triage rule: what it asks for, when, why, on what sources.

    Raises:
        OptionError: If there is no such rule.
    """
    from evenstride.report.checkup import rule_report
    from evenstride.report.sheet_text import render_sheet

    known = knowledge()
    names = [rule.id for rule in known.rules]
    found = [name for name in names if rule_id.casefold() in (name.casefold(), name[:3].casefold())]
    if not found:
        raise OptionError(f"There is no rule “{rule_id}”.", f"There are: {', '.join(names)}.")
    rule = known.rules[names.index(found[0])]
    return render_sheet(rule_report(rule, known), width=width, color=color)


def exported(kind: Literal["questionnaire", "response", "dmn"], found: CheckUp | None) -> str:
    """Return the questions or the answers for FHIR R4, or the rules as a DMN decision table.

    These are for programs, and in English whatever is read.

    Args:
        kind: What is wanted.
        found: The check-up whose answers are handed on; only for "response".
    """
    with speaking(ENGLISH):
        known = knowledge()
    if kind == "dmn":
        from evenstride.checkup.dmn import decision_table

        return decision_table(known)
    from evenstride.checkup.fhir import questionnaire, response

    if kind == "questionnaire":
        document = questionnaire(known)
    elif found is None:
        raise OptionError("There are no answers to hand on.", "Name them with --answers FILE.")
    else:
        now = datetime.now(UTC)
        document = response(found.answers, known, now, complete=found.complete)
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
