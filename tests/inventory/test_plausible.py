"""What cannot be true stays outside, whoever wrote it."""

import numpy as np
import pytest

from evenstride.inventory.plausible import impossible, sensible
from evenstride.model import METRICS, Activity, Series, Start

NS = 1_000_000_000
NOW = 1_774_800_000 * NS


def series(metric, *values, seconds=60, at=NOW - 86_400 * NS):
    """Return values of a minute each."""
    start = np.full(len(values), at)
    none = np.zeros(len(values), np.int32)
    return Series(
        start, start + seconds * NS, np.array(values, float), none, none.astype(np.int8),
        metric=metric, unit=METRICS[metric].unit, devices=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "value", "wrong"),
    [
        ("steps", 110, False),
        ("steps", 0, False),
        ("steps", -5, True),
        ("steps", 1e20, True),
        ("steps", 5000, False),  # a day, typed in as a minute
        ("steps", 300_000, True),
        ("distance_m", 80, False),
        ("distance_m", 1e308, True),
        ("walking_asymmetry", 0.07, False),
        ("walking_asymmetry", 7, True),
        ("height_m", 1.75, False),
        ("height_m", 175, True),
    ],
)
def test_sizes_are_those_of_people(metric, value, wrong):
    """Nobody takes three hundred thousand steps, nor less than none."""
    assert [wrong] == impossible(series(metric, value), NOW).tolist()


def test_a_whole_day_may_hold_many_steps():
    """Thirty thousand are many for a minute, not for a day."""
    assert not impossible(series("steps", 30_000, seconds=86_400), NOW).any()


@pytest.mark.parametrize("at", [0, NOW + 3 * 86_400 * NS])
def test_times_before_clocks_were_set_or_to_come_are_wrong(at):
    """1970 is no day of a phone."""
    assert impossible(series("steps", 100, at=at), NOW).all()


def activity(begin=NOW - 3600 * NS, minutes=30.0, **facts):
    """Return an activity of an hour ago."""
    return Activity(Start(begin, 0, None, "recorded"), begin + round(minutes * 60) * NS, **facts)


def test_numbers_that_cannot_be_are_taken_out_and_the_rest_stays():
    """Each by itself."""
    wild = activity(steps=10**20, distance_m=3000.0, moving_s=1e300, ascent_m=-4.0)
    found = sensible(wild, NOW)

    assert (None, 3000.0, None, None) == (
        found.steps, found.distance_m, found.moving_s, found.ascent_m,
    )  # fmt: skip
    assert activity(steps=3000) == sensible(activity(steps=3000), NOW)


@pytest.mark.parametrize(
    "one",
    [
        activity(begin=0),
        activity(begin=NOW + 7200 * NS),
        activity(minutes=-5),
        activity(minutes=10 * 24 * 60),
    ],
)
def test_a_time_that_cannot_be_is_no_walk(one):
    """Long ago, yet to come, turned round, or lasting for days."""
    assert sensible(one, NOW) is None
