"""A moment belongs to the day on the calendar of the place where it was lived."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.model import Outing
from evenstride.model.day import NS, day_of, local

ZONES = ("UTC", "Europe/London", "Pacific/Apia", "Australia/Lord_Howe", "America/Los_Angeles")
FIVE_UTC = int(datetime(2026, 6, 1, 5, tzinfo=UTC).timestamp()) * NS


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Los_Angeles", date(2026, 5, 31)),
        ("Europe/Paris", date(2026, 6, 1)),
        ("No/Such_Zone", date(2026, 6, 1)),
    ],
)
def test_a_walk_belongs_to_the_day_where_it_was_walked(zone, day):
    """Late in the evening in California is that evening; a zone nobody knows counts as UTC."""
    assert day == day_of(FIVE_UTC, zone) == Outing("w", FIVE_UTC, zone).day


@settings(max_examples=100, deadline=None)
@given(st.integers(-(2**31), 2**33), st.sampled_from(ZONES))
def test_a_local_clock_leads_back_to_its_moment(seconds, zone):
    """No moment is moved, whatever the clocks do."""
    at = local(seconds * NS, zone)

    assert ZoneInfo(zone) == at.tzinfo
    assert seconds == at.timestamp()
