"""Walks as the tests need them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from evenstride.gait import CATALOGUE
from evenstride.inventory import inventory
from evenstride.model import Measure, Outing, PainRatings, Person, Shoe

TODAY = date(2026, 6, 30)
PERSON = Person(birth_year=1980, height_m=1.75, mass_kg=80)
BLUE = Shoe("blue", "Blue shoes", "2026-01-01", earlier_m=10_000)
RED = Shoe("red", "Red shoes")


def measure(name, value, *, grade="own_trend", reason="As always.", n=800, half=None):
    """Return a measure with its own unit; ``half`` is half the width of its interval."""
    unit = CATALOGUE[name.removesuffix("_drift")].unit
    low, high = (None, None) if half is None else (value - half, value + half)
    return Measure(value, low, high, unit, grade, reason, n)


def walk(days_ago=0, *, hour=10, worst=None, speed=None, measures=None, **told):
    """Return a walk so many days before today, by local time in UTC."""
    at = datetime(TODAY.year, TODAY.month, TODAY.day, hour, tzinfo=UTC) - timedelta(days=days_ago)
    seen = dict(measures or {})
    if speed is not None:
        seen["speed_m_s"] = measure("speed_m_s", speed)
    return Outing(
        id=f"w{days_ago}-{hour}",
        start_utc_ns=int(at.timestamp()) * 10**9,
        back=PainRatings(worst=worst),
        measures=seen,
        **told,
    )


def series(name, values, *, speed=1.3, **told):
    """Return one walk a day with these values, the last one today."""
    last = len(values) - 1
    return [
        walk(last - at, speed=speed, measures={name: measure(name, value)}, **told)
        for at, value in enumerate(values)
    ]


def look(walks, shoes=(BLUE, RED), person=PERSON, today=TODAY):
    """Return the inventory of these walks."""
    return inventory(walks, shoes, person, today)


def seen(found, name):
    """Return one thing of an inventory by its name."""
    return next(one for factor in found.factors for one in factor.observed if one.name == name)


def compared(walks, name, **others):
    """Return how the newest walk compares in one measure."""
    return seen(look(walks, **others), name).comparison


def changed(walk, **told):
    """Return a walk with something told otherwise."""
    return replace(walk, **told)
