"""The calendar file follows RFC 5545 and is the same for the same plan."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from validation.plan.people import GREEN, check_up_of
from validation.plan.people import outing_of as walk

from evenstride.plan import History, calendar_file, plan
from evenstride.plan.ics import _escaped, _folded

FIRST = date(2026, 3, 23)


@pytest.fixture(scope="module")
def made():
    """Return a plan with three walks, and its calendar file."""
    walks = tuple(walk(FIRST + timedelta(days=n), 20.0, GREEN) for n in (0, 2, 4))
    today = FIRST + timedelta(days=7)
    checkup, checked = check_up_of(today, {"sciatica_disc": 3.0})
    found = plan(History(walks, FIRST, checked), checkup, today)
    return found, calendar_file(found)


def events(text):
    """Return the properties of each event, unfolded."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found, now = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            now = {}
        elif line == "END:VEVENT":
            found.append(now)
        elif now is not None:
            name, _, value = line.partition(":")
            now[name] = value
    return found


def test_each_walk_has_an_event_and_a_question_on_the_next_morning(made):
    """A walk on a day, and the question on the morning after it; times float."""
    found, text = made
    walks = [event for event in events(text) if "walk@" in event["UID"]]
    mornings = [event for event in events(text) if "morning@" in event["UID"]]

    assert 3 == len(found.sessions) == len(walks) == len(mornings)
    for session, event, morning in zip(found.sessions, walks, mornings, strict=True):
        starts, ends = (
            datetime.strptime(event[name], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - it floats
            for name in ("DTSTART", "DTEND")
        )
        assert (session.day, session.minutes * 60) == (starts.date(), (ends - starts).seconds)
        assert f"{session.day + timedelta(days=1):%Y%m%d}T080000" == morning["DTSTART"]
        assert f"Walk\\, {session.minutes} minutes" == event["SUMMARY"]


def test_the_morning_after_a_walk_of_today_is_asked_for_too():
    """A calendar that is written after today's walk still asks tomorrow, and once only."""
    usual = [walk(FIRST + timedelta(days=n), 20.0, GREEN) for n in (0, 2, 4)]
    today = FIRST + timedelta(days=7)
    checkup, checked = check_up_of(today)
    done = walk(today, 16.0, replace(GREEN, next_morning=None))
    text = calendar_file(plan(History((*usual, done), FIRST, checked), checkup, today))
    names = [event["UID"] for event in events(text)]

    assert "20260330-walk@evenstride" not in names
    assert 1 == names.count("20260331-morning@evenstride")


def test_lines_are_those_of_the_standard(made):
    """Lines end in CRLF, are 75 octets at most, and what has to stand there stands there."""
    _, text = made
    lines = text.split("\r\n")

    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75
    assert ["BEGIN:VCALENDAR", "VERSION:2.0"] == lines[:2]
    assert len({event["UID"] for event in events(text)}) == len(events(text))
    assert {"20260330T000000Z"} == {event["DTSTAMP"] for event in events(text)}


def test_the_same_plan_gives_the_same_file(made):
    """No clock and no chance stand in it."""
    found, text = made

    assert text == calendar_file(found)


def test_text_is_escaped_and_never_cut_inside_a_letter():
    """Commas, semicolons, backslashes and line ends are escaped; folding keeps letters whole."""
    assert "a\\, b\\; c\\\\d\\ne" == _escaped("a, b; c\\d\ne")
    long = "SUMMARY:" + "ä€" * 60
    pieces = list(_folded(long))
    assert long == pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:])
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
