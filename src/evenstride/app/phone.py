"""What the phone or watch measured by itself, looked back on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from evenstride.app.moments import NS, now_utc_ns
from evenstride.app.noted import concern_now, with_concern
from evenstride.app.own import own
from evenstride.app.shown import Shown
from evenstride.inventory.by_month import by_month

__all__ = ["show_phone"]

METRICS = (
    "walking_speed_m_s",
    "step_length_m",
    "walking_asymmetry",
    "double_support",
    "walking_steadiness",
    "six_minute_walk_m",
)
_MONTHS_NS = 366 * 86_400 * NS


def show_phone(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return how the person walked in the last year, as their phone measured it, month by month.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.phone import phone_sheet

    with own(home, now or now_utc_ns()) as mine:
        series = [
            one
            for metric in METRICS
            for one in mine.diary.series(metric, mine.now - _MONTHS_NS, mine.now)
        ]
        months = by_month(series, mine.person.time_zone)
        symptoms = [one.document for one in mine.diary.entries("symptom", mine.now - _MONTHS_NS)]
        sheet = with_concern(mine, phone_sheet(months, symptoms, mine.person))
        concern = concern_now(mine).sentences
    document = {
        "schema": "evenstride/phone/1",
        "months": [asdict(one) | {"month": one.month.isoformat()} for one in months],
        "symptoms": symptoms,
        "concern": list(concern),
    }
    return mine.shown(document, sheet)
