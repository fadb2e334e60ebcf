"""What phone and watch measured by themselves, with a picture of each quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.phone import show_phone
from evenstride.inventory.by_month import MonthOf
from evenstride.model import Device, Person
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet
from evenstride.report.visible import visible

if TYPE_CHECKING:
    from markupsafe import Markup

    from evenstride.report.html.months_plot import MonthDot

__all__ = ["PhonePictures", "Quantity", "look_at_phone"]

_SIZES = (860.0, 330.0)
_TALL = 190.0
_FEWEST = 2  # months; one alone is no course of time


@dataclass(frozen=True, slots=True)
class Quantity:
    """What was measured of one thing.

    Attributes:
        section: Its title, what is to be known of it, and every month as a table.
        drawn: The same as a picture, for a desk and for a phone; empty with too few months.
        says: How to read the picture.
    """

    section: Section
    drawn: tuple[Markup, ...]
    says: str


@dataclass(frozen=True, slots=True)
class PhonePictures:
    """What was measured by the way.

    Attributes:
        sheet: What is to be said before and around the numbers.
        quantities: The numbers.
    """

    sheet: Sheet
    quantities: tuple[Quantity, ...]


def look_at_phone(
    home: Path | None = None, *, everything: bool = False, now: int | None = None
) -> PhonePictures:
    """Return what phone and watch measured in the last year, or ever, in words and pictures.

    Args:
        home: The person's folder, if not the usual one.
        everything: Whether all years are shown.
        now: The moment, in nanoseconds UTC.
    """
    at = now or now_utc_ns()
    shown = show_phone(home, everything=everything, now=at)
    with own(home, at) as mine:
        person = mine.person
    months = [
        MonthOf(
            **one | {"device": Device(**one["device"]), "month": date.fromisoformat(one["month"])}
        )
        for one in shown.document["months"]
    ]
    metrics = list(dict.fromkeys(one.metric for one in months))
    order = [name for name in screen_words("phone")["metrics"] if name in metrics]
    found = [(name, [one for one in months if one.metric == name]) for name in order]
    sections = tuple(one for one in shown.sheet.sections if one.table is None)
    rest = screen_words("phone")["rest"]  # leads to more months; here every month is shown
    footer = tuple(one for one in shown.sheet.footer if one != rest)
    return PhonePictures(
        replace(shown.sheet, sections=sections, footer=footer),
        tuple(_quantity(name, rows, person) for name, rows in found),
    )


def _quantity(name: str, months: Sequence[MonthOf], person: Person) -> Quantity:
    from evenstride.report.html.line_plot import Canvas
    from evenstride.report.html.months_plot import months_plot
    from evenstride.report.phone import metric_section, metric_unit

    words = screen_words("web-history")
    section, (unit, factor) = metric_section(name, months, person), metric_unit(name, person)
    devices = _devices(months, factor)
    if not devices:
        return Quantity(section, (), "")
    says = words["phone_page"]["says"]
    drawn = tuple(
        months_plot(
            Canvas(f"{name}-{width:.0f}", section.title, says, width, _TALL),
            devices,
            unit,
        )
        for width in _SIZES
    )
    return Quantity(section, drawn, says)


def _devices(months: Sequence[MonthOf], factor: float) -> list[tuple[str, list[MonthDot]]]:
    """Return the devices with the newest months, each with its months in order."""
    from evenstride.report.html.months_plot import DRAWN, MonthDot

    found: dict[str, list[MonthDot]] = {}
    for one in sorted(months, key=lambda month: month.month):
        if one.median is None:
            continue
        low, high = (one.median if end is None else end for end in (one.low, one.high))
        dot = MonthDot(one.month, factor * one.median, factor * low, factor * high)
        found.setdefault(visible(one.device.name or one.device.model), []).append(dot)
    known = [(name, dots) for name, dots in found.items() if len(dots) >= _FEWEST]
    return sorted(known, key=lambda one: one[1][-1].month, reverse=True)[:DRAWN]
