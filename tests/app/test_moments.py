"""Moments are understood as people say them, on the clock of the place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.conftest import at

from evenstride.app.moments import local, moment, own_zone, said, zone_named
from evenstride.errors import OptionError

LONDON = "Europe/London"
NOW = at("2026-06-10 16:30")  # half past five in London


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-06-10 16:30"),
        ("17:00", "2026-06-10 16:00"),
        ("today 8:15", "2026-06-10 07:15"),
        ("yesterday 17.30", "2026-06-09 16:30"),
        ("Yesterday at 17:30", "2026-06-09 16:30"),
        ("yesterday", "2026-06-09 11:00"),
        ("2026-01-20 17:30", "2026-01-20 17:30"),
        ("2026-01-20T17:30", "2026-01-20 17:30"),
    ],
)
def test_spoken_moments_are_on_the_persons_clock(text, expected):
    """A time is taken on the clock of the person's zone, summer time included."""
    assert at(expected) == moment(text, LONDON, NOW)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "25:00", "8", "2026-02-30", "today 18:00", "2027-01-01", "1066-10-14 09:00"],
)
def test_what_is_no_moment_is_refused_in_words(text):
    """What cannot be understood, or has not come yet, ends in a sentence."""
    with pytest.raises(OptionError) as refused:
        moment(text, LONDON, NOW)

    assert refused.value.sentence.endswith(".")


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(text):
    """Whatever is typed, the answer is a moment that has come, or a sentence."""
    with suppress(OptionError):
        assert moment(text, LONDON, NOW) <= NOW


def test_the_hour_that_comes_twice_is_the_first():
    """In autumn 1:30 comes twice in London; the first one is meant."""
    assert at("2026-10-25 00:30") == moment("2026-10-25 1:30", LONDON, at("2026-10-26 12:00"))


def test_the_hour_that_is_skipped_is_the_hour_after():
    """In spring 1:30 does not exist in London; half past two is meant."""
    found = moment("2026-03-29 1:30", LONDON, at("2026-03-30 12:00"))

    assert "02:30" == f"{local(found, LONDON):%H:%M}"


@given(st.integers(0, 400 * 24 * 60))
def test_what_is_said_of_a_moment_is_understood_again(minutes):
    """Days close by are said in words that lead back to the same minute."""
    then = NOW - minutes * 60_000_000_000
    words = said(then, "UTC", NOW)
    if words.startswith(("today", "yesterday")):
        assert then == moment(words, "UTC", NOW)
    else:
        assert str(local(then, "UTC").day) == words.split()[0]


def test_an_unknown_zone_is_refused():
    """A zone that does not exist ends in a sentence with an example."""
    with pytest.raises(OptionError, match="Europe/London"):
        zone_named("Mars/Base")


def test_the_zone_of_the_computer_is_a_zone(monkeypatch):
    """A nonsense setting of the computer falls back to a zone that exists."""
    monkeypatch.setenv("TZ", "nonsense")
    assert zone_named(own_zone())

    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert "Europe/Berlin" == own_zone()
