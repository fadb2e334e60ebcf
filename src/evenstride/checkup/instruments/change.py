"""Two scores -> how much changed, and whether it matters."""

from __future__ import annotations

from evenstride.checkup.instruments.nouns import (
    MARK_SAYS,
    Change,
    ChangeThatMatters,
    Direction,
    Instrument,
    Score,
)
from evenstride.checkup.instruments.score import known_instrument
from evenstride.errors import AnswerError

__all__ = ["compare"]

_ROUNDING = 1e-9  # 2.3 - 2.1 is a little less than 0.2 in binary


def compare(before: Score, after: Score) -> Change:
    """Return what happened between two results of one questionnaire.

    A change matters from the absolute number of points on, or from the share of the first total
    on, whichever is met. Where the scale is weak, a share alone or too small a change decides
    nothing.

    Raises:
        AnswerError: If the two belong to different questionnaires.
    """
    if before.instrument != after.instrument:
        raise AnswerError(
            after.instrument,
            f"{before.instrument} and {after.instrument} cannot be compared.",
            "Compare two results of the same questionnaire.",
        )
    instrument = known_instrument(before.instrument)
    for when, one in (("earlier", before), ("later", after)):
        if one.value is None or instrument.span is None:
            return Change(None, None, None, f"There is no {when} total. {one.reason}".rstrip())
    first, amount = float(before.value or 0.0), _difference(before, after)
    direction = _direction(instrument, amount)
    if set(before.missing) != set(after.missing):
        return Change(amount, None, direction, "The two totals rest on different questions.")
    important, why = _important(instrument, first, first + amount, amount)
    return Change(amount, important, direction, why)


def _difference(before: Score, after: Score) -> float:
    return round(float(after.value or 0.0) - float(before.value or 0.0), 9) + 0.0  # no minus zero


def _direction(instrument: Instrument, amount: float) -> Direction:
    if amount == 0:
        return "same"
    lower_is_better = instrument.span is not None and instrument.span.better == "lower"
    return "better" if (amount < 0) == lower_is_better else "worse"


def _important(
    instrument: Instrument, first: float, last: float, amount: float
) -> tuple[bool | None, str]:
    """Whether a change matters, and by which rule."""
    rule, weak = instrument.change, instrument.weak
    if rule is None:
        return None, "We do not know which change matters on this scale."
    size = abs(amount) + _ROUNDING
    said = _said(instrument, rule, amount)
    if rule.absolute is not None and size >= (rule.absolute_up_to or rule.absolute):
        points = rule.absolute_up_to or rule.absolute
        return True, f"The change is {abs(amount):g}; {points:g} points or more matter.{said}"
    if rule.absolute_up_to is not None and rule.absolute is not None and size >= rule.absolute:
        between = f"{rule.absolute:g} and {rule.absolute_up_to:g} points"
        return None, f"The change lies between {between}, where studies differ.{said}"
    by_share = rule.relative is not None and first > 0 and size >= rule.relative * first
    if by_share and not (weak and weak.holds(first)):
        share = f"{100 * (rule.relative or 0):g} % of the first total or more"
        return True, f"The change is {100 * abs(amount) / first:.0f} %; {share} matters.{said}"
    if weak and (weak.holds(first) or weak.holds(last)):
        return None, f"{weak.note}{MARK_SAYS[weak.mark]} So this change cannot be judged."
    if amount and rule.absolute is None and first <= 0:
        return None, f"From a first total of 0 no share can be worked out.{said}"
    return False, f"The change is smaller than {_threshold(rule, first)}.{said}"


def _said(instrument: Instrument, rule: ChangeThatMatters, amount: float) -> str:
    """Where a rule comes from, to follow a sentence."""
    worse = _direction(instrument, amount) == "worse"
    parts = [
        f"{rule.source}{MARK_SAYS[rule.mark]}.",
        rule.note,
        "That it holds for getting worse too is our estimate." if worse else "",
    ]
    return "".join(f" {part}" for part in parts if part)


def _threshold(rule: ChangeThatMatters, first: float) -> str:
    points = [] if rule.absolute is None else [f"{rule.absolute:g} points"]
    by_share = rule.relative is not None and (first > 0 or not points)
    share = [f"{100 * (rule.relative or 0):g} % of the first total"] if by_share else []
    return " and ".join(points + share)
