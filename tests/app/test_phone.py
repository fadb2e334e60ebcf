"""What the phone measured by itself is looked back on: short, and nothing pushed out."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests.app.conftest import at

from evenstride.app.own import own
from evenstride.app.person import tell_me
from evenstride.app.phone import show_phone
from evenstride.model import Device, Series

NOW = at("2026-06-10 18:00")
DAY_NS = 86_400_000_000_000
MINUTE = DAY_NS // 1440
PHONE, WATCH = Device(name="Alpha"), Device(name="Watch")


def measure(home, metric, value, *, device=PHONE, months=10, unit="1"):
    """Keep ten values in each of the last months, the newest one yesterday."""
    days = np.arange(1, 30 * months, 3)
    start = NOW - days * DAY_NS
    rows = len(days)
    series = Series(
        start, start + MINUTE, np.full(rows, value), np.zeros(rows, np.int32),
        np.zeros(rows, np.int8), metric=metric, unit=unit, devices=(device,),
    )  # fmt: skip
    with own(home, NOW) as mine:
        mine.diary.keep_series(series)


def keep_steps(home, first, days, steps=6000):
    """Keep the steps of some days."""
    with own(home, NOW) as mine:
        mine.diary.keep_day_steps({first + timedelta(days=n): steps for n in range(days)})


def text_of(home, **given):
    """Return the screen as one line of words."""
    shown = show_phone(home, now=NOW, **given).as_text(width=200, color=False)
    return " ".join(shown.split())


def test_steps_a_day_are_shown_by_month_without_today(home):
    """The middle of the days, as they were counted; today is not over."""
    keep_steps(home, date(2026, 5, 1), 31)
    keep_steps(home, date(2026, 6, 1), 9, 4000)
    keep_steps(home, date(2026, 6, 10), 1, 5)
    months = show_phone(home, now=NOW).document["months"]

    assert [("2026-05-01", 6000, 31), ("2026-06-01", 4000, 9)] == [
        (one["month"], one["median"], one["count"]) for one in months
    ]
    assert "Steps a day: 4,000 in June 2026, 6,000 in May 2026." in text_of(home)
    assert "May 2026 6,000 6,000 6,000 31 all together" in text_of(home)
    assert "near your waist" not in text_of(home)


@pytest.mark.parametrize(("units", "says"), [("metric", "(km)"), ("imperial", "(mi)")])
def test_distance_a_day_is_shown_in_the_units_of_the_person(home, units, says):
    """Counted on each day by phone and watch together."""
    tell_me(home, {"units": units}, now=NOW)
    measure(home, "distance_m", 4500.0, unit="m")
    text = text_of(home)

    assert f"Distance a day {says}" in text
    assert ("4.5 4.5 4.5" in text) == (units == "metric")


def test_each_device_has_its_row_in_the_last_months(home):
    """One that comes later in the alphabet does not push the other out."""
    for device, value in ((PHONE, 1.1), (WATCH, 1.3)):
        measure(home, "walking_speed_m_s", value, device=device, unit="m/s")
    found, everything = text_of(home), text_of(home, everything=True)

    assert (6, 6) == (found.count(" Alpha"), found.count(" Watch"))
    assert found.count(" Watch") < everything.count(" Watch") == everything.count(" Alpha")
    assert "history --phone --all" in found
    assert "history --phone --all" not in everything


def test_what_phones_measure_badly_comes_last(home):
    """Both feet on the ground stand below everything else."""
    for metric in ("double_support", "walking_asymmetry", "walking_steadiness"):
        measure(home, metric, 0.3)
    measure(home, "walking_speed_m_s", 1.2, unit="m/s")
    titles = [one.title for one in show_phone(home, now=NOW).sheet.sections if one.table]

    assert ["Walking speed", "Uneven steps", "Steadiness", "Both feet on the ground"] == [
        title.partition(" (")[0] for title in titles
    ]


def test_nothing_of_the_last_year_tells_the_newest_before(home):
    """Also if only steps are there; all years show it."""
    keep_steps(home, date(2024, 9, 28), 10)

    assert "nothing that a phone or watch measured in the last year" in text_of(home)
    assert "The newest is from October 2024" in text_of(home)
    assert "October 2024 6,000" in text_of(home, everything=True)
