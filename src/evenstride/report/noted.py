"""What a phone notes that the check-up should hear of, in calm words and without a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evenstride.inventory.noted import ACUTE, LOOKED_BACK, Concern
from evenstride.report.amounts import rating_said
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section

__all__ = ["concern_section"]


def concern_section(concern: Concern | None, emergency_number: str) -> Section:
    """Return the pointer to the check-up; it says nothing if there is nothing to say.

    Args:
        concern: What was noted of late.
        emergency_number: Of the person's country, or examples.
    """
    words = screen_words("phone")
    if concern is None:
        return Section(words["concern"]["title"])
    return Section(words["concern"]["title"], tuple(_lines(concern, emergency_number, words)))


def _lines(concern: Concern, number: str, words: Mapping[str, Any]) -> Iterator[str]:
    says = words["concern"]
    if concern.signs:
        names = _listed([says["signs"][name] for name in concern.signs], says["and"])
        is_acute = not ACUTE.isdisjoint(concern.signs)
        urgent = says["call_acute" if is_acute else "call"].format(number=number)
        yield f"{says['sign'].format(names=names, days=LOOKED_BACK)} {urgent}"
    if concern.pains:
        names = _listed([says["pains"][name] for name in concern.pains], says["and"])
        key = "pain" if concern.rating is None else "pain_rated"
        noted = says[key].format(
            names=names,
            rating=rating_said(concern.rating),
            some=concern.pain_days,
            days=LOOKED_BACK,
        )
        yield f"{noted} {says['again' if concern.checked_up else 'first']}"


def _listed(names: list[str], joined: str) -> str:
    """Return "a", "a and b", "a, b and c"."""
    *some, last = names
    return f"{', '.join(some)} {joined} {last}" if some else last
