"""What was noted in a phone of late that the check-up should hear of; nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenstride.model.day import day_of

__all__ = ["ACUTE", "LOOKED_BACK", "PAINS", "SIGNS", "Concern", "concern_of"]

LOOKED_BACK = 14
"""Days; as often as the check-up is repeated."""

PAINS = ("back_pain", "leg_pain", "pelvic_pain")
"""Pains that the check-up asks about; names of ``Entry``."""

SIGNS = (
    "bladder_incontinence",
    "fever",
    "fainting",
    "chest_tightness_or_pain",
    "shortness_of_breath",
)
"""Symptoms that could be a warning sign: the check-up asks what is behind them."""

ACUTE = frozenset({"fainting", "chest_tightness_or_pain", "shortness_of_breath"})
"""Those of ``SIGNS`` that need help at once while they are there."""

_SEVERE_FROM = 7.0  # of 10


@dataclass(frozen=True, slots=True)
class Concern:
    """What was noted in the last days and not talked about in a check-up since.

    Attributes:
        pains: Names of ``PAINS`` that were severe, or rated seven or more.
        pain_days: On how many days.
        rating: The highest number that was typed; None if all were words.
        signs: Names of ``SIGNS`` that were noted.
        checked_up: Whether there was a check-up before.
    """

    pains: tuple[str, ...]
    pain_days: int
    rating: float | None
    signs: tuple[str, ...]
    checked_up: bool


def concern_of(
    symptoms: Sequence[Mapping[str, Any]],
    now_utc_ns: int,
    checked_up_utc_ns: int | None,
    time_zone: str,
) -> Concern | None:
    """Return what the next check-up should hear of; None if nothing.

    Args:
        symptoms: Entries as the diary keeps them.
        now_utc_ns: The moment.
        checked_up_utc_ns: When the last check-up was done; what was noted before it is left out.
        time_zone: IANA name of the person's zone, for the days.
    """
    today = day_of(now_utc_ns, time_zone)
    pains, signs = set[str](), set[str]()
    days, ratings = set[date](), list[float | None]()
    for one in symptoms:
        at = int(one["start"]["utc_ns"])
        day = day_of(at, time_zone)
        if not 0 <= (today - day).days < LOOKED_BACK or at > now_utc_ns:
            continue
        if checked_up_utc_ns is not None and at <= checked_up_utc_ns:
            continue
        if one["what"] in SIGNS and one["severity"] != "none":
            signs.add(one["what"])
        elif one["what"] in PAINS and _is_severe(one):
            pains.add(one["what"])
            days.add(day)
            ratings.append(None if one["severity"] == "severe" else one["rating"])
    if not pains and not signs:
        return None
    return Concern(
        tuple(name for name in PAINS if name in pains),
        len(days),
        max((one for one in ratings if one is not None), default=None),
        tuple(name for name in SIGNS if name in signs),
        checked_up_utc_ns is not None,
    )


def _is_severe(one: Mapping[str, Any]) -> bool:
    return one["severity"] == "severe" or (one["rating"] or 0.0) >= _SEVERE_FROM
