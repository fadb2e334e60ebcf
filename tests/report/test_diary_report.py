"""Walks are counted and added up; rides are listed, and are no walks."""

from dataclasses import replace

from evenstride.model import Outing, PainRatings, Shoe
from evenstride.report.diary import history_sheet, shoes_sheet, walk_when

HOUR = 3600 * 10**9
WALK = Outing(
    "w",
    1_780_300_800 * 10**9,  # 1 June 2026, 8:00 UTC, a Monday
    minutes=20.0,
    distance_m=1500.0,
    shoe="s",
    back=PainRatings(worst=3),
)
RIDE = replace(WALK, id="r", start_utc_ns=WALK.start_utc_ns + 2 * HOUR, kind="cycling")


def table_of(sheet, place=0):
    """Return the rows of one table of a sheet."""
    return [part.table.rows for part in sheet.sections if part.table][place]


def test_rides_are_listed_but_not_counted_as_walks():
    """The weeks and the count hold walks only."""
    sheet = history_sheet([WALK, RIDE], {}, (), shown=None)

    assert sheet.headline.startswith("1 walk,")
    assert (("1 June", "1", "20", "3", "-"),) == table_of(sheet)
    assert 2 == len(table_of(sheet, 1))


def test_shoes_are_worn_down_by_walks_alone():
    """A ride adds neither a walk nor a distance, and is not the last day of a pair."""
    later = replace(RIDE, start_utc_ns=RIDE.start_utc_ns + 48 * HOUR)
    shoes = (Shoe("s", "Blue"),)

    with_ride = shoes_sheet(shoes, [WALK, later], "", "", "metric")

    assert shoes_sheet(shoes, [WALK], "", "", "metric") == with_ride
    assert "1 June 2026" == table_of(with_ride)[0][-1]


def test_when_a_walk_was_is_said_by_the_clock_where_it_was_walked():
    """Eight in the morning in UTC was late in the evening before on Hawaii."""
    there = replace(WALK, time_zone="Pacific/Honolulu")

    assert "today 08:00" == walk_when(WALK, WALK.start_utc_ns + HOUR)
    assert "yesterday 22:00" == walk_when(there, there.start_utc_ns + 12 * HOUR)
