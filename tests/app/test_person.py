"""What a person tells of themselves changes what follows from it."""

from datetime import date

import numpy as np
from tests.app.conftest import at

from evenstride.app.own import own
from evenstride.app.person import tell_me
from evenstride.model import Device, Series

NOW = at("2026-06-10 18:00")
MINUTE = 60_000_000_000


def count(home, *moments, steps=100.0):
    """Keep steps that were counted in a minute from each moment on."""
    start = np.array([at(one) for one in moments])
    rows = len(start)
    series = Series(
        start, start + MINUTE, np.full(rows, steps), np.zeros(rows, np.int32),
        np.zeros(rows, np.int8), metric="steps", unit="1", devices=(Device(name="phone"),),
    )  # fmt: skip
    with own(home, NOW) as mine:
        mine.diary.keep_series(series)


def test_days_are_counted_anew_in_another_zone(home):
    """Steps of the evening belong to the next day further east."""
    count(home, "2026-06-01 12:00", "2026-06-01 20:00", "2026-06-02 12:00")
    tell_me(home, {"time_zone": "Europe/Berlin"}, now=NOW)
    with own(home, NOW) as mine:
        assert {date(2026, 6, 1): 200, date(2026, 6, 2): 100} == mine.diary.day_steps()

    tell_me(home, {"time_zone": "Asia/Tokyo"}, now=NOW)
    with own(home, NOW) as mine:
        assert {date(2026, 6, 1): 100, date(2026, 6, 2): 200} == mine.diary.day_steps()


def test_days_that_were_told_otherwise_stay_where_nothing_was_counted(home):
    """Without counted values there is nothing to count anew."""
    with own(home, NOW) as mine:
        mine.diary.keep_day_steps({date(2026, 6, 1): 4000})
    tell_me(home, {"time_zone": "Asia/Tokyo"}, now=NOW)

    with own(home, NOW) as mine:
        assert {date(2026, 6, 1): 4000} == mine.diary.day_steps()
