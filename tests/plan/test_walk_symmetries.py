"""What must not matter: the order of entries, the calendar, the zone, the future."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.histories import FIRST, day_of, histories, planned
from validation.plan.people import AMBER, GREEN, RED, UNKNOWN, at_ns

from evenstride.model.outing import Outing

DAY_NS = 86_400_000_000_000


@given(histories(), st.integers(0, 110), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(outings, number, chance):
    """Walks may be entered in any order, and asking twice gives the same document."""
    mixed = list(outings)
    chance.shuffle(mixed)
    today = day_of(number)

    expected = planned(outings, today).to_json()
    assert expected == planned(outings, today).to_json()
    assert expected == planned(tuple(mixed), today).to_json()


@given(histories(), st.integers(0, 90), st.integers(0, 60))
def test_the_future_changes_nothing(outings, number, later):
    """A plan for a day is the same whatever is walked on the days after it."""
    today = day_of(number)
    until = at_ns(today + timedelta(days=1), 0)
    kept = tuple(one for one in outings if one.start_utc_ns < until and one.time_zone == "UTC")
    future = tuple(
        Outing(f"f{n}", at_ns(today + timedelta(days=2 + n), 12), minutes=30.0)
        for n in range(later)
    )

    assert planned(kept, today).to_json() == planned((*kept, *future), today).to_json()


@given(histories(), st.integers(0, 110), st.integers(1, 2000))
def test_shifting_all_dates_shifts_the_plan(outings, number, shift):
    """The same walks some days later give the same plan, those days later."""
    there = tuple(replace(one, time_zone="UTC") for one in outings)
    later = tuple(replace(one, start_utc_ns=one.start_utc_ns + shift * DAY_NS) for one in there)
    days = timedelta(days=shift)

    def moved(found):
        return (date.fromisoformat(found.group()) + days).isoformat()

    def written(found):
        """Return the document with the one day that is said in words as a date."""
        by = getattr(found, "check_up_by", FIRST)
        return found.to_json().replace(f"By {by.day} {by:%B},", f"By {by.isoformat()},")

    today = day_of(number)
    expected = re.sub(r"\d{4}-\d\d-\d\d", moved, written(planned(there, today)))
    assert expected == written(planned(later, today + days, FIRST + days))


def at_noon(day, zone):
    """Return noon on the wall of a zone, in nanoseconds."""
    return (
        int(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone)).timestamp()) * 10**9
    )


@given(
    st.sampled_from((date(2026, 2, 16), date(2026, 9, 14), date(2026, 12, 21))),
    st.lists(
        st.tuples(
            st.sampled_from(("Europe/London", "Pacific/Auckland", "America/Los_Angeles")),
            st.sampled_from((GREEN, GREEN, GREEN, AMBER, RED, UNKNOWN)),
            st.booleans(),
        ),
        min_size=1,
        max_size=60,
    ),
)
def test_a_walk_belongs_to_its_local_day_wherever_and_whenever(starts, walks):
    """Travel, summer time and the turn of the year change nothing: the wall's date counts."""

    def told(zone_of):
        found = tuple(
            Outing(f"w{n}", at_noon(day, zone_of(zone)), zone_of(zone), 16.0, back=back)
            for n, (zone, back, went) in enumerate(walks)
            if went
            for day in (starts + timedelta(days=n),)
        )
        return planned(found, starts + timedelta(days=len(walks)), starts).to_json()

    assert told(lambda zone: zone) == told(lambda _: "UTC")


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
def test_days_of_23_and_25_hours_have_their_walk(zone):
    """A year of daily walks, five minutes before and after midnight, is on 365 days each."""
    for hour, minute in ((0, 5), (23, 55)):
        days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
        walks = tuple(
            Outing(
                f"w{day}",
                int(
                    datetime(
                        day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)
                    ).timestamp()
                )
                * 10**9,
                zone,
                30.0,
                back=GREEN,
            )
            for day in days
        )
        found = planned(walks, days[-1], days[0])

        assert [light.day for light in found.lights] == days[-28:]
        assert {7} == {week.done for week in found.past}
