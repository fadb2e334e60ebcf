"""Answers or a total from elsewhere -> a score; what is not known is None with the reason."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from types import MappingProxyType
from typing import Any

from evenstride.checkup.instruments.nouns import (
    MARK_SAYS,
    Instrument,
    Item,
    Score,
    Span,
)
from evenstride.checkup.instruments.read import instruments
from evenstride.errors import AnswerError

__all__ = ["imported", "known_instrument", "score"]


def score(instrument_id: str, answers: Mapping[str | int, Any] | Sequence[Any]) -> Score:
    """Return the result of a questionnaire from its answers.

    Args:
        instrument_id: Its id in the knowledge files.
        answers: By item id or number (from 1), or a list of all answers in order. None and
            "not_sure" are missing, and so is what is not there.

    Raises:
        AnswerError: If the questionnaire or an item does not exist, or an answer is of the wrong
            kind or out of range.
    """
    instrument = known_instrument(instrument_id)
    if not instrument.items:
        raise AnswerError(
            instrument.id,
            f"The questions of {instrument.clinical} may not be passed on with evenstride.",
            "Fill it in elsewhere and give the total.",
        )
    given = _points(instrument, _by_item(instrument, answers))
    answered = tuple(item.id for item in instrument.items if item.id in given)
    missing = tuple(item.id for item in instrument.items if item.id not in given)
    value, band, reason = _RULES[instrument.rule](instrument, given)
    if value is not None and not reason and instrument.bands:
        band = band or _band(instrument, value)
    return Score(
        instrument.id, value, band, answered, missing, reason, _notes(instrument, value, missing)
    )


def imported(instrument_id: str, total: float | str | None) -> Score:
    """Return the result of a questionnaire that was worked out elsewhere.

    Args:
        instrument_id: Its id in the knowledge files.
        total: The total, or the id of a band where only that is known; None if it is absent.

    Raises:
        AnswerError: If the questionnaire does not exist, or it cannot have this total.
    """
    instrument = known_instrument(instrument_id)
    if total is None:
        return Score(instrument.id, None, None, (), (), "There is no total.", ())
    if isinstance(total, str):
        bands = tuple(band.id for band in instrument.bands)
        if total not in bands:
            hint = f"Give one of: {', '.join(bands)}." if bands else "Give a number."
            raise AnswerError(instrument.id, _not_taken(instrument.clinical, total), hint)
        reason = "Only the result is known, not the total."
        return Score(instrument.id, None, total, (), (), reason, _notes(instrument, None, ()))
    span = instrument.span
    if span is None:
        raise AnswerError(
            instrument.id,
            f"{instrument.clinical} has no total.",
            "Give its answers, or one of: " + ", ".join(b.id for b in instrument.bands) + ".",
        )
    value = _number(instrument.id, instrument.clinical, total, span)
    band, reason = _imported_band(instrument, value)
    return Score(instrument.id, value, band, (), (), reason, _notes(instrument, value, ()))


def known_instrument(instrument_id: object) -> Instrument:
    """Return a questionnaire by its id; AnswerError names an id that is none."""
    found = instruments().get(instrument_id) if isinstance(instrument_id, str) else None
    if found is None:
        hint = f"Known are: {', '.join(instruments())}."
        raise AnswerError(_shown(instrument_id), "There is no such questionnaire.", hint)
    return found


def _by_item(instrument: Instrument, answers: Any) -> dict[str, Any]:
    """Answers by item id; items without an answer are left out."""
    if isinstance(answers, Mapping):
        pairs = [(_item_id(instrument, key), answer) for key, answer in answers.items()]
    elif isinstance(answers, Sequence) and not isinstance(answers, str | bytes):
        if len(answers) != len(instrument.items):
            raise AnswerError(
                instrument.id,
                f"{instrument.clinical} needs a list of {len(instrument.items)} answers.",
                "Put null where an answer is missing.",
            )
        pairs = [(item.id, one) for item, one in zip(instrument.items, answers, strict=True)]
    else:
        hint = "Give a list, or a table with one answer for each question."
        raise AnswerError(instrument.id, _not_taken(instrument.clinical, answers), hint)
    given: dict[str, Any] = {}
    for name, answer in pairs:
        if name in given:
            raise AnswerError(f"{instrument.id}.{name}", f"Question {name} is answered twice.")
        given[name] = answer
    return {
        name: one
        for name, one in given.items()
        if one is not None and not (isinstance(one, str) and one == "not_sure")
    }


def _item_id(instrument: Instrument, key: Any) -> str:
    names = [item.id for item in instrument.items]
    if isinstance(key, str) and key in names:
        return key
    digits = isinstance(key, str) and key.isascii() and key.isdigit() and len(key) <= 3
    number = int(key) if digits else key
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= len(names):
        return names[number - 1]
    raise AnswerError(
        f"{instrument.id}.{_shown(key)}",
        f"{instrument.clinical} has no question {_shown(key)}.",
        f"Its questions are: {', '.join(names)}.",
    )


def _points(instrument: Instrument, answers: Mapping[str, Any]) -> dict[str, float]:
    """Points of each answer, by item id; a true answer gives one."""
    items = {item.id: item for item in instrument.items}
    return {name: _point(instrument, items[name], one) for name, one in answers.items()}


def _point(instrument: Instrument, item: Item, answer: Any) -> float:
    finding = f"{instrument.id}.{item.id}"
    question = f"Question {item.id} of {instrument.clinical}"
    if item.kind == "truth":
        if not isinstance(answer, bool):
            raise AnswerError(finding, _not_taken(question, answer), "Answer true or false.")
        return float(answer)
    if item.kind == "choice":
        points = {choice.id: choice.points for choice in item.choices}
        if not isinstance(answer, str) or answer not in points:
            hint = f"Answer one of: {', '.join(points)}."
            raise AnswerError(finding, _not_taken(question, answer), hint)
        return points[answer]
    return _number(finding, question, answer, item)


def _number(finding: str, what: str, answer: Any, span: Span | Item) -> float:
    """Return a number within a span; never a truth value, never infinite."""
    kind = "a whole number" if span.whole else "a number"
    where = "" if span.low is None else f" from {span.low:g} to {span.high:g}"
    try:
        number = float(answer) if isinstance(answer, Real) else math.nan
    except OverflowError:
        number = math.inf
    low = -math.inf if span.low is None else span.low
    high = math.inf if span.high is None else span.high
    fits = math.isfinite(number) and low <= number <= high
    if isinstance(answer, bool) or not fits or (span.whole and number != int(number)):
        raise AnswerError(finding, _not_taken(what, answer), f"Give {kind}{where}.")
    return number + 0.0  # no minus zero


def _not_taken(what: str, answer: Any) -> str:
    return f"{what} does not take {_shown(answer)} as an answer."


def _shown(typed: Any) -> str:
    """What was typed, if it can be shown in a sentence, else of which kind it is."""
    endless = isinstance(typed, int) and typed.bit_length() > 100  # too many digits to print
    text = str(typed) if isinstance(typed, str | int | float) and not endless else ""
    if 0 < len(text) <= 40 and text.isprintable():
        return text
    return f"something of the kind {type(typed).__name__}"


def _band(instrument: Instrument, value: float) -> str:
    return [band.id for band in instrument.bands if band.holds(value)][-1]


def _imported_band(instrument: Instrument, value: float) -> tuple[str | None, str]:
    """Band of a total that came alone, and why there is none."""
    if instrument.rule == "start_back":
        _, band, reason = _start_back(instrument, {"total": value})
        return band, reason
    return (_band(instrument, value) if instrument.bands else None), ""


def _notes(
    instrument: Instrument, value: float | None, missing: tuple[str, ...]
) -> tuple[str, ...]:
    notes: list[str] = []
    if instrument.rule_mark != "verified":
        notes.append(f"How this is scored is not verified{MARK_SAYS[instrument.rule_mark]}.")
    if value is not None and instrument.weak and instrument.weak.holds(value):
        notes.append(instrument.weak.note)
    if value is not None and missing and instrument.when_missing == "mean_of_answered":
        notes.append(f"{len(missing)} of {len(instrument.items)} answers are missing.")
    return tuple(notes)


_Outcome = tuple[float | None, str | None, str]
"""Total, band if the rule gives one, and why one of them is absent."""


def _too_few(instrument: Instrument, points: Mapping[str, float]) -> str:
    """Why there is no total with these answers, or nothing."""
    gaps = len(instrument.items) - len(points)
    if not points:
        return "There is no answer yet."
    if gaps <= instrument.most_missing:
        return ""
    return f"{gaps} of {len(instrument.items)} answers are missing, so there is no total."


def _mean(instrument: Instrument, points: Mapping[str, float]) -> _Outcome:
    reason = _too_few(instrument, points)
    return (None, None, reason) if reason else (math.fsum(points.values()) / len(points), None, "")


def _total(instrument: Instrument, points: Mapping[str, float]) -> _Outcome:
    reason = _too_few(instrument, points)
    return (None, None, reason) if reason else (math.fsum(points.values()), None, "")


def _sshq(instrument: Instrument, points: Mapping[str, float]) -> _Outcome:
    """Positive if all of the first block are true, or some of both blocks (Konno 2007).

    The rule only ever rises with a true answer, so it is decided as soon as filling every gap
    with false and filling every gap with true agree.
    """
    names = [item.id for item in instrument.items]
    at_least = _sshq_positive(instrument, [points.get(name, 0.0) for name in names])
    at_most = _sshq_positive(instrument, [points.get(name, 1.0) for name in names])
    if at_least != at_most:
        return None, None, "The missing answers could change the result, so there is none."
    only = "This questionnaire gives a result, but no total."
    return None, "positive" if at_least else "negative", only


def _sshq_positive(instrument: Instrument, points: Sequence[float]) -> bool:
    rule = instrument.settings
    first, rest = sum(points[: int(rule["first"])]), sum(points[int(rule["first"]) :])
    some = first >= rule["some_of_first"] and rest >= rule["some_of_rest"]
    return first >= rule["all_of_first"] or some


def _start_back(instrument: Instrument, points: Mapping[str, float]) -> _Outcome:
    """Low, medium or high from the total and its psychological part."""
    total, psych, rule = points.get("total"), points.get("psych"), instrument.settings
    if total is None:
        return None, None, "The total is missing."
    if psych is not None and psych > total:
        raise AnswerError(
            f"{instrument.id}.psych",
            "The psychological part cannot be more than the total.",
            "Check both numbers.",
        )
    if total < rule["medium_from_total"]:
        return total, "low", ""
    if psych is None:
        return total, None, "Without the psychological part, medium and high cannot be told apart."
    return total, "high" if psych >= rule["high_from_psych"] else "medium", ""


_RULES: Mapping[str, Callable[[Instrument, Mapping[str, float]], _Outcome]] = MappingProxyType(
    {
        "single": _total,
        "mean": _mean,
        "count_of_yes": _total,
        "sshq": _sshq,
        "start_back": _start_back,
    }
)
"""The closed set of scoring rules; "imported_only" has none."""
