"""Numbers carry no more digits than their interval supports."""

import pytest

from evenstride.model import Measure
from evenstride.report.numbers import clock, duration, number


def measured(value, low, high, unit="steps/min"):
    """Return a measure."""
    return Measure(value, low, high, unit, "firm", "", 10)


@pytest.mark.parametrize(
    ("value", "low", "high", "shown", "interval"),
    [
        (107.321, 106.8, 107.9, "107.3", "106.8 to 107.9"),
        (107.321, 105.1, 109.9, "107", "105 to 110"),
        (107.321, 80.0, 130.0, "107", "80 to 130"),
        (107.321, 107.32, 107.322, "107.3", "107.3 to 107.3"),
        (107.321, None, None, "107.3", ""),
        (107.0, 107.0, 107.0, "107.0", ""),
    ],
)
def test_digits_follow_the_interval(value, low, high, shown, interval):
    """A digit is shown only if one step of it is smaller than half the interval."""
    found = number(measured(value, low, high), "metric", plain=True, decimals=1)

    assert (shown, interval) == (found.value, found.interval)


def test_a_change_always_has_a_sign():
    """A change says whether it goes up or down, with a real minus sign."""
    up = number(measured(2.0, 1.0, 3.0), "metric", plain=True, signed=True)
    down = number(measured(-2.0, -3.0, -1.0), "metric", plain=True, signed=True)

    assert ("+2", "−2") == (up.value, down.value)


def test_nothing_is_ever_minus_zero():
    """What rounds to zero is shown without a sign."""
    tiny = number(measured(-0.001, -1.0, 1.0), "metric", plain=True, signed=True)

    assert "0" == tiny.value


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("m/s", 1.0, "2.24 mph"),
        ("m", 1.0, "3.28 ft"),
        ("m/s²", 1.0, "3.3 ft/s²"),
        ("mm/(steps/min)", 25.4, "1.000 in/(steps/min)"),
        ("steps/min", 110.0, "110.00 steps/min"),
        ("°", 4.0, "4.00°"),
        ("1", 0.5, "0.50"),
    ],
)
def test_imperial_units(unit, value, shown):
    """Lengths become imperial; rhythm, angles and ratios stay what they are."""
    found = number(measured(value, None, None, unit), "imperial", plain=False, decimals=2)

    assert shown == str(found)


def test_an_absent_measure_has_no_number():
    """Nothing stands in for a value that is absent."""
    with pytest.raises(ValueError, match="absent"):
        number(Measure.absent("m", "No height."), "metric", plain=True)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (12.4, "12 s"),
        (60, "1 min"),
        (133.4, "2 min 13 s"),
        (11_100, "3 h 5 min"),
        (7200, "2 h"),
        (604_800, "7 days"),
    ],
)
def test_durations_are_said_in_two_units(seconds, words):
    """A duration is said in its two largest units."""
    assert words == duration(seconds)


@pytest.mark.parametrize(
    ("seconds", "moment"), [(0, "0:00"), (133, "2:13"), (11_110, "3:05:10"), (-75, "−1:15")]
)
def test_moments_read_like_a_clock(seconds, moment):
    """A moment of a walk reads like a stop-watch; a sensor may begin before the walk."""
    assert moment == clock(seconds)


def test_a_clear_change_never_seems_to_reach_zero():
    """A bound of a sure change that would round to zero gets one more digit."""
    up = number(measured(0.27, 0.04, 0.5), "metric", plain=True, decimals=1, signed=True)

    assert "+0.04 to +0.50" == up.interval
