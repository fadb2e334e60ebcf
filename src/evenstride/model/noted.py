"""What a person wrote down elsewhere about a moment: a symptom, a pain rating, a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evenstride.model.device import UNKNOWN_DEVICE, Device
from evenstride.model.start import Start

__all__ = ["Entry", "Severity"]

Severity = Literal["none", "mild", "moderate", "severe", "present"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that the person noted in another program.

    A word for how bad it was is never turned into a number from 0 to 10: nobody asked for one.

    Attributes:
        what: "back_pain" for the lower back, another symptom by its plain English name in the same
            form ("fatigue", "pelvic_pain"), or "note" for free text.
        start: The moment, or when it began.
        end_utc_ns: When it ended; the same as the start for a moment.
        rating: 0 (none) to 10, only where the person typed this number.
        severity: The word that was chosen; "present" where it was noted without one.
        text: In the person's own words.
        device: What it was noted with.
    """

    what: str
    start: Start
    end_utc_ns: int
    rating: float | None = None
    severity: Severity | None = None
    text: str = ""
    device: Device = UNKNOWN_DEVICE
