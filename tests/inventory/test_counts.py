"""Steps of several devices are merged by interval: nothing is counted twice, nothing is lost."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.inventory.counts import counted_between, counted_by_day, counted_on_walk
from evenstride.model import Device, Series

MINUTE = 60_000_000_000
DAY = 1440 * MINUTE
BEGUN = 1_774_828_800_000_000_000  # 2026-03-30 00:00 UTC
WATCH, PHONE, APP = (
    Device("Watch", "", "watch"),
    Device("Phone", "", "phone"),
    Device("App", "", "other"),
)


def steps(device, *rows):
    """Return a series of (begin, end, steps), in minutes from the begin of a day."""
    table = np.array(rows, float).reshape(-1, 3)
    return Series(
        BEGUN + (table[:, 0] * MINUTE).astype(np.int64),
        BEGUN + (table[:, 1] * MINUTE).astype(np.int64),
        table[:, 2],
        np.zeros(len(table), np.int32),
        np.zeros(len(table), np.int8),
        metric="steps",
        unit="1",
        devices=(device,),
    )


def total(*series, until=DAY):
    """Return what was counted on the first day."""
    return counted_between(series, BEGUN, BEGUN + until)


def test_a_watch_is_believed_before_a_phone():
    """Where both counted, the phone adds nothing; where only the phone did, it counts."""
    watch = steps(WATCH, (0, 10, 1000))
    phone = steps(PHONE, (0, 10, 900), (20, 30, 500))

    assert 1500 == total(watch, phone)


def test_an_interval_that_is_partly_covered_counts_for_its_rest():
    """Its steps are spread evenly over it."""
    assert 100 + 250 == total(steps(WATCH, (0, 5, 100)), steps(PHONE, (0, 10, 500)))


def test_nothing_counted_is_not_zero():
    """A time without any interval has no count."""
    assert total() is None
    assert total(steps(WATCH)) is None
    assert counted_between([steps(WATCH, (0, 5, 9))], BEGUN + DAY, BEGUN + 2 * DAY) is None
    assert 0.0 == total(steps(WATCH, (0, 5, 0)))


def test_the_person_may_give_another_order():
    """Then the phone is believed first."""
    series = steps(WATCH, (0, 10, 1000)), steps(PHONE, (0, 10, 900))

    assert 900 == counted_between(series, BEGUN, BEGUN + DAY, rank=lambda d: d.kind != "phone")


def test_an_interval_over_midnight_is_shared_by_both_days():
    """Each day has its part, on the calendar of the place."""
    series = [steps(WATCH, (1430, 1450, 200))]

    assert {date(2026, 3, 30): 100, date(2026, 3, 31): 100} == counted_by_day(series, "UTC")
    assert {date(2026, 3, 31): 200} == counted_by_day(series, "Europe/Berlin")


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_on_which_clocks_change_has_its_own_length(day, hours):
    """A step each minute gives 23 or 25 hours of steps."""
    begin = (np.datetime64(day, "ns").astype(np.int64) - 3 * 60 * MINUTE - BEGUN) // MINUTE
    rows = [(begin + n, begin + n + 1, 1) for n in range(30 * 60)]

    assert hours * 60 == pytest.approx(counted_by_day([steps(PHONE, *rows)], "Europe/Berlin")[day])


def test_values_at_a_moment_count_unless_a_better_device_was_there():
    """Some programs write no interval."""
    assert 7 == total(steps(APP, (5, 5, 3), (6, 6, 4)))
    assert 104 == total(steps(WATCH, (0, 5.5, 100)), steps(APP, (5, 5, 3), (6, 6, 4)))


def test_the_sum_of_a_whole_day_counts_only_where_nothing_finer_does():
    """It says nothing about single hours, so it cannot fill those that a watch left free."""
    whole = steps(APP, (0, 1440, 9000), (1440, 2880, 8000))
    watch = steps(WATCH, (600, 610, 1000))

    assert 1000 + 8000 == total(watch, whole, until=2 * DAY)
    assert 100 + 8000 == total(whole, steps(PHONE, (0, 1440, 100)), until=2 * DAY)


def test_a_count_that_went_on_replaces_the_part_of_it():
    """A running sum that was exported at ten and again at seven counts as it stood at seven."""
    assert 9000 == total(steps(PHONE, (0, 600, 3000), (0, 1140, 9000)))
    assert 9000 == total(steps(PHONE, (0, 1440, 3000), (0, 1440, 9000)))


def test_a_walk_takes_only_counts_that_say_something_about_it():
    """No part of a whole day or of an hour, and none that cover little of it."""

    def walked(*rows):
        return counted_on_walk([steps(PHONE, *rows)], BEGUN + 600 * MINUTE, BEGUN + 630 * MINUTE)

    assert walked((0, 1440, 10_000)) is None
    assert walked((590, 650, 3000)) is None
    assert walked((600, 605, 500)) is None
    assert 2000 == walked((600, 610, 1000), (612, 622, 1000))
    assert walked() is None


INTERVALS = st.lists(
    st.tuples(st.integers(0, 600), st.integers(1, 60), st.integers(0, 500)), max_size=12
)


def of(device, rows):
    """Return a series of (begin, length, steps)."""
    return steps(device, *((begin, begin + long, count) for begin, long, count in rows))


@given(INTERVALS, INTERVALS, INTERVALS)
def test_it_lies_between_the_best_device_and_the_sum(watch, phone, app):
    """Never less than the watch alone, never more than all added up."""
    series = of(WATCH, watch), of(PHONE, phone), of(APP, app)
    merged = total(*series) or 0.0
    alone = total(series[0]) or 0.0

    assert alone <= merged + 1e-6
    assert merged <= sum(count for rows in (watch, phone, app) for *_, count in rows) + 1e-6


@given(INTERVALS, INTERVALS, st.randoms())
def test_order_and_pieces_of_the_files_do_not_matter(watch, phone, dice):
    """Shuffled, cut in two and brought twice, it is the same."""
    whole = total(of(WATCH, watch), of(PHONE, phone))
    shuffled = dice.sample(watch, len(watch))
    cut = dice.randint(0, len(watch))
    pieces = of(PHONE, phone), of(WATCH, shuffled[:cut]), of(WATCH, shuffled[cut:])

    assert whole == pytest.approx(total(*pieces))


@given(INTERVALS, INTERVALS)
def test_days_add_up_to_the_whole(watch, phone):
    """What the days hold is what the time from first to last holds."""
    shifted = [(begin + 1000, long, count) for begin, long, count in watch]
    series = of(WATCH, shifted), of(PHONE, phone)
    days = counted_by_day(series, "America/New_York")
    whole = counted_between(series, BEGUN - 2 * DAY, BEGUN + 4 * DAY)

    assert (whole or 0.0) == pytest.approx(sum(days.values()))


@given(INTERVALS, st.integers(-10_000, 10_000))
def test_a_shift_in_time_changes_no_count(watch, minutes):
    """The same day a little later has the same steps."""
    moved = [(begin + minutes, long, count) for begin, long, count in watch]
    before = counted_between([of(WATCH, watch)], BEGUN, BEGUN + DAY)
    after = counted_between(
        [of(WATCH, moved)], BEGUN + minutes * MINUTE, BEGUN + DAY + minutes * MINUTE
    )

    assert before == (None if after is None else pytest.approx(after))


def test_years_are_counted_quickly_enough_to_wait_for():
    """Ten years of two devices give a count for each day."""
    begin = np.arange(3650 * 24) * 60
    rows = np.column_stack([begin, begin + 10, np.full(begin.size, 50.0)])
    days = counted_by_day([steps(WATCH, *rows), steps(PHONE, *rows)], "UTC")

    assert {1200.0} == {round(count, 6) for count in days.values()}
    assert 3650 == len(days)
