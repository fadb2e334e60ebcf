"""A plan in one line, and the light of a walk in a word."""

from dataclasses import replace
from datetime import date

import pytest
from tests.plan.histories import day_of, planned, walked

from evenstride.model.outing import PainRatings
from evenstride.plan import WalkLight
from evenstride.report.diary import light_word
from evenstride.report.plan import plan_sheet, plan_title
from evenstride.report.sheet_text import render_sheet


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, False),
        ({"brisk_min": 1}, True),
        ({"ground": 1}, True),
        ({"load": True}, True),
    ],
)
def test_more_is_only_said_to_be_in_the_walks_if_it_is(more, says):
    """A full week without faster parts, new ground and a bag has nothing more in it."""
    found = planned([walked(day, 60.0) for day in range(5)], day_of(7))
    full = replace(found, week=replace(found.week, **more))

    assert "extend" == found.phase
    assert says == ("with more in them" in plan_title(full))


def test_an_unrated_walk_is_no_amber_one_in_words():
    """It waits while it can still be told how it felt, and then it is a dash in a table."""
    light = WalkLight("w", date(2026, 2, 2), None, False, True, "unrated_yet", "")

    assert "not rated yet" == light_word(light)
    assert "-" == light_word(replace(light, waiting=False))


def test_a_plan_after_unrated_walks_looks_for_no_cause_of_pain_that_nobody_noted():
    """Nothing is said about shoes or hills, and no week is amber."""
    usual = [walked(day, 20.0) for day in (0, 2, 4)]
    silent = [walked(day, 20.0, PainRatings()) for day in (7, 9)]
    shown = render_sheet(plan_sheet(planned([*usual, *silent], day_of(10))))

    assert "Not rated yet. You can still note how it felt." in shown
    assert "shoes" not in shown
    assert "amber." not in shown.lower()
