"""Amounts can be typed as people write them."""

import pytest

from evenstride.app.quantities import amount, distance_m, height_m
from evenstride.errors import OptionError


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("175cm", 1.75),
        ("1.75", 1.75),
        ("1,75", 1.75),
        ("175", 1.75),
        ("1.75 m", 1.75),
        ("1m75", 1.75),
        ("5ft9", 1.7526),
        ("5'9\"", 1.7526),
        ("5′9″", 1.7526),
        ("5 ft 9 in", 1.7526),
        ("69in", 1.7526),
        ("5.75 feet", 1.7526),
    ],
)
def test_heights(text, metres):
    """A height in any usual spelling becomes metres."""
    assert metres == pytest.approx(height_m(text))


@pytest.mark.parametrize(
    ("text", "metres"),
    [("1.2km", 1200), ("800", 800), ("800 m", 800), ("1mi", 1609.344), ("100 yards", 91.44)],
)
def test_distances(text, metres):
    """A distance in any usual spelling becomes metres."""
    assert metres == pytest.approx(distance_m(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tall",
        "1.75 kg",
        "-1.75",
        "0",
        "17.5cm",
        "5ft9in3",
        "9000",
        "nan",
        "1e3",
        "1..7",
        "5in9",
    ],
)
def test_other_things_are_refused(text):
    """What is no height of a person is refused with an example of one."""
    with pytest.raises(OptionError) as caught:
        height_m(text)

    assert "5ft9" in caught.value.hint


@pytest.mark.parametrize("text", ["0", "900km", "far", "10 cm"])
def test_impossible_walks_are_refused(text):
    """What is no distance of a walk is refused with an example of one."""
    with pytest.raises(OptionError) as caught:
        distance_m(text)

    assert "1.2km" in caught.value.hint


def test_a_refused_height_is_answered_as_typed():
    """What was typed stands in the answer, not what was made of it."""
    with pytest.raises(OptionError, match="“12”"):
        height_m("12")


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("5", "points", 5),
        ("4,5", "points", 4.5),
        ("10", "days", 10),
        ("3 weeks", "days", 21),
        ("2w", "days", 14),
        ("1 month", "days", 30),
        ("2 years", "days", 730),
        ("1 hour", "minutes", 60),
        ("20 min", "minutes", 20),
        ("52 years", "years", 52),
    ],
)
def test_amounts_are_taken_as_they_are_said(text, unit, number):
    """A time in weeks, months or hours becomes the unit of the question."""
    assert number == amount(text, unit)


@pytest.mark.parametrize("text", ["", "long", "-3", "3 apples", "1e3", "nan", "3 weeks ago", "?"])
def test_no_amount_is_none(text):
    """What is no amount is told from zero."""
    assert amount(text, "days") is None
