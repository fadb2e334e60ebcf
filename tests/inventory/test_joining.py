"""Which accounts belong to one walk, and whose number counts, whatever came first."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.diary import Stream
from evenstride.inventory.joining import combined, filled, is_walked, of_one_walk, same_outing
from evenstride.model import Activity, Device, Outing, Start

MINUTE = 60_000_000_000
BEGUN = 1_774_800_000_000_000_000
WATCH, PHONE = Device("Watch", "", "watch"), Device("Phone", "", "phone")


def activity(begin=0.0, minutes=30.0, device=WATCH, **facts):
    """Return an activity that begins some minutes after eight."""
    start = Start(BEGUN + round(begin * MINUTE), 0, None, "recorded")
    return Activity(start, start.utc_ns + round(minutes * MINUTE), device=device, **facts)


def stream(name, kind="activity", **facts):
    """Return an account of the walk "w"."""
    return Stream(name, "w", kind, activity(**facts), None, "FIT")


def noted(begin=0.0, minutes=30.0):
    """Return a walk that the person noted."""
    return Outing("w", BEGUN + round(begin * MINUTE), minutes=minutes)


@pytest.mark.parametrize(
    ("begin", "minutes", "same"),
    [
        (0, 30, True),
        (1.5, 5, True),  # begun together, switched off early
        (10, 20, True),  # switched on late
        (10, 8, False),  # another walk within a long one
        (28, 30, False),
        (40, 30, False),
        (-600, 1440, False),  # a recording of a whole day
    ],
)
def test_accounts_of_one_walk_lie_in_each_other(begin, minutes, same):
    """Whichever of the two is asked."""
    one, other = activity(), activity(begin, minutes)

    assert same == of_one_walk(one, other) == of_one_walk(other, one)


@pytest.mark.parametrize(
    ("begin", "minutes", "same"),
    [
        (0, 30, True),
        (9, 25, True),
        (-25, 20, False),  # over five minutes before the noted one begins
        (0, 480, False),  # a hike of a day
        (12, 20, True),  # they end together
        (20, 60, False),
    ],
)
def test_a_noted_walk_begins_or_ends_with_its_account(begin, minutes, same):
    """Within ten minutes, and of like length."""
    assert same == same_outing(activity(begin, minutes), noted(), ())


@given(st.integers(-3000, 3000), st.integers(1, 600), st.integers(1, 600), st.integers(-999, 999))
def test_a_shift_of_both_changes_nothing(begin, minutes, other, shift):
    """It depends on what lies between them only."""
    here = of_one_walk(activity(0, minutes), activity(begin, other))

    assert here == of_one_walk(activity(shift, minutes), activity(begin + shift, other))


ACCOUNTS = (
    stream("watch", steps=4000, distance_m=3000.0, moving_s=1700.0),
    stream("phone", device=PHONE, steps=3900, distance_m=2900.0),
    stream("motion", "motion", steps=4100, moving_s=1600.0, device=Device()),
    stream("counted", "counted", steps=3500, distance_m=2500.0, device=Device()),
)


def test_a_number_comes_from_the_account_that_is_believed_most():
    """Steps from the movement itself, the rest from the watch, what was counted by the way last."""
    assert {"steps": 4100, "distance_m": 3000.0, "minutes": 28.3} == combined(ACCOUNTS)
    assert 3500 == combined(ACCOUNTS[3:])["steps"]
    assert {} == combined(())


def test_a_recording_of_part_of_the_walk_does_not_tell_its_steps():
    """Seven minutes of motion within half an hour hold a quarter of the steps."""
    short = stream("motion", "motion", minutes=7.5, steps=742, moving_s=400.0, device=Device())

    assert 4000 == combined((ACCOUNTS[0], short))["steps"]
    assert 742 == combined((short,))["steps"]


def test_the_order_in_which_accounts_come_does_not_matter():
    """Each is taken in, one after the other, in every order."""
    found = set()
    for order in permutations(ACCOUNTS):
        walk = Outing("w", BEGUN)
        for count in range(len(order)):
            walk = filled(walk, order[:count], order[: count + 1])
        found.add((walk.steps, walk.distance_m, walk.minutes))

    assert {(4100, 3000.0, 28.3)} == found


@given(st.permutations(ACCOUNTS), st.integers(0, 4))
def test_what_the_person_told_stays(order, told_after):
    """Whenever it was told."""
    walk = Outing("w", BEGUN)
    for count in range(len(order)):
        if count == told_after:
            walk = replace(walk, steps=1234, minutes=20.0)
        walk = filled(walk, order[:count], order[: count + 1])

    if told_after < len(order):
        assert (1234, 20.0) == (walk.steps, walk.minutes)


def test_what_is_no_pace_for_walking_is_no_walk():
    """A car, a bicycle and a run are too fast; without a distance nothing tells."""
    assert is_walked(activity(), 2400.0, 1800.0)
    assert is_walked(activity(), 9000.0, 1800.0) is False
    assert is_walked(activity(), 4000.0, 1800.0) is False
    assert is_walked(activity(), None, None) is None
