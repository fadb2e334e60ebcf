"""The light of a walk: red first, then green with both halves, else amber."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from validation.plan.people import at_ns

from evenstride.model.day import day_of
from evenstride.model.outing import Outing, PainRatings
from evenstride.plan.knowledge import plan_knowledge
from evenstride.plan.lights import lights
from evenstride.plan.walks import ordered

DAY = date(2026, 3, 2)
KNOWN = plan_knowledge()


def lit(*outings, today=DAY + timedelta(days=30)):
    """Return the lights of walks, the oldest first."""
    return lights(ordered(outings, today), today, KNOWN)


def walk(day=0, back=(1, 2, 1, 1), leg=(), **more):
    """Return a walk of twenty minutes."""
    return Outing(
        f"w{day}",
        at_ns(DAY + timedelta(days=day), 10),
        minutes=20.0,
        back=PainRatings(*back),
        leg=PainRatings(*leg),
        **more,
    )


@pytest.mark.parametrize(
    ("before", "worst", "morning", "light", "reason"),
    [
        (0, 0, 0, "green", "green"),
        (1, 3, 1, "green", "green"),
        (0, 3, 0, "green", "green"),
        (4, 4, 4, "green", "green"),
        (3, 5, 3, "green", "green"),
        (1, 4, 1, "amber", "amber_pain"),
        (2, 5, 2, "amber", "amber_pain"),
        (2, 2, 3, "amber", "amber_morning"),
        (1, 2, 4, "amber", "amber_morning"),
        (1, 6, 1, "red", "red_worst"),
        (6, 6, 6, "red", "red_worst"),
    ],
)
def test_borders_of_the_light(before, worst, morning, light, reason):
    """Worst pain, its rise and the next morning decide the light."""
    found = lit(walk(back=(before, worst, None, morning)))[0]

    assert (light, reason, True, False) == (found.light, found.reason, found.known, found.waiting)
    assert KNOWN.reasons[reason] == found.says


@pytest.mark.parametrize(
    ("back", "leg", "more", "reason"),
    [
        ((1, None, None, 1), (), {}, "unknown_pain"),
        ((1, 2, None, None), (), {}, "unknown_morning"),
        ((None, 2, None, 2), (), {}, "unknown_before"),
        ((1, 2, None, 1), (1, 2, None, None), {"reach": "thigh"}, "unknown_morning"),
        ((1, 2, None, 1), (1, 2, None, 1), {}, "unknown_leg"),
    ],
)
def test_what_is_not_known_counts_as_amber(back, leg, more, reason):
    """A walk with something missing is amber to be careful, and says so."""
    found = lit(walk(back=back, leg=leg, **more))[0]

    assert ("amber", reason, False) == (found.light, found.reason, found.known)
    assert "careful" in found.says


def test_a_walk_of_which_nothing_was_told_has_no_light():
    """Nobody knows that it hurt: for three days it can still be told, then it stays unrated."""
    one = walk(back=())
    found = [lit(one, today=DAY + timedelta(days=days))[0] for days in (0, 3, 4)]

    assert [None] * 3 == [light.light for light in found]
    assert [True, True, False] == [light.waiting for light in found]
    assert ["unrated_yet", "unrated_yet", "unrated"] == [light.reason for light in found]
    assert not any(light.known for light in found)


def test_pain_of_nought_next_morning_is_settled_whatever_came_before():
    """Without the pain before the walk, no pain next morning is as good as it gets."""
    assert "green" == lit(walk(back=(None, 2, None, 0)))[0].light


def test_todays_walk_waits_for_the_next_morning():
    """On the day of the walk it is green so far; on the next day a missing answer is amber."""
    one = walk(back=(1, 2, 1, None))
    same_day, next_day = lit(one, today=DAY)[0], lit(one, today=DAY + timedelta(days=1))[0]

    assert ("green", True, "waiting") == (same_day.light, same_day.waiting, same_day.reason)
    assert ("amber", False, "unknown_morning") == (next_day.light, next_day.known, next_day.reason)


def test_the_leg_counts_like_the_back():
    """A leg with a pain of six makes the walk red, one that is worse next morning makes it amber.

    A leg that was not mentioned keeps nothing from green.
    """
    assert "red" == lit(walk(leg=(1, 6, 1, 1), reach="calf"))[0].light
    assert "amber_morning" == lit(walk(leg=(0, 1, 1, 1), reach="calf"))[0].reason
    assert "green" == lit(walk())[0].light


def test_numbness_is_red_before_everything_else():
    """New numbness is the reason that is given, whatever else there was."""
    assert "red_numb" == lit(walk(back=(1, 9, 9, 9), new_numbness=True))[0].reason


@pytest.mark.parametrize(
    ("reaches", "light"),
    [
        (("none", "thigh"), "red"),
        (("thigh", "calf"), "red"),
        (("calf", "thigh"), "green"),
        (("calf", "none", "calf"), "green"),
        (("none", "buttock"), "green"),
        ((None, "foot"), "green"),
    ],
)
def test_pain_that_moves_down_the_leg_is_red(reaches, light):
    """It is red if it went further down than on every walk of the two weeks before."""
    walks = [walk(day, reach=reach) for day, reach in enumerate(reaches)]

    assert light == lit(*walks)[-1].light


def test_pain_that_has_just_moved_down_is_not_usual_yet():
    """A second walk with pain in the calf is red like the first one; a red walk sets no usual."""
    walks = [walk(day, reach=reach) for day, reach in enumerate(("thigh", "calf", "calf", "thigh"))]

    assert ["green", "red", "red", "green"] == [one.light for one in lit(*walks)]


def test_what_was_long_ago_is_not_compared():
    """Pain in the calf a month ago does not make it usual today."""
    long_ago, lately, now = walk(0, reach="calf"), walk(25, reach="none"), walk(27, reach="calf")

    assert "red" == lit(long_ago, lately, now)[-1].light


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        ([], "amber_morning"),
        ([(1, 3)], "amber_morning"),
        ([(1, 2)], "amber_morning"),
        ([(2, 3)], "red_not_settled"),
        ([(2, 2)], "amber_morning"),
        ([(1, 2), (2, 5)], "amber_morning"),
        ([(1, 4), (3, 4)], "red_not_settled"),
        ([(9, 5)], "amber_morning"),
    ],
)
def test_not_settled_after_two_days_is_red(later, reason):
    """Two points above usual next morning, and still so at 48 hours, is red; settled is amber."""
    walks = [walk(day, back=(before, before, None, None)) for day, before in later]

    assert reason == lit(walk(0, back=(1, 3, 2, 3)), *walks)[0].reason


def test_days_are_local():
    """A walk late in the evening in California belongs to that evening, not to the day in UTC."""
    start = at_ns(DAY, 5)

    assert day_of(start, "America/Los_Angeles") == DAY - timedelta(days=1)
    assert DAY == day_of(start, "Europe/Paris")
    assert DAY == day_of(start, "No/Such_Zone")


def test_the_hour_that_is_skipped_in_spring_keeps_its_day():
    """A day of 23 hours has its walks like any other."""
    day = date(2026, 3, 29)
    early, late = at_ns(day, 0.5), at_ns(day, 22.5)

    assert [day, day] == [day_of(at, "Europe/London") for at in (early, late)]


def test_more_pain_never_helps_a_light():
    """From 0 to 10 the light only gets worse: in the walk, and on the next morning."""
    order = ("green", "amber", "red")
    one = walk(back=(2, 2, 2, 2))
    for name in ("worst", "next_morning"):
        values = [
            lit(replace(one, back=replace(one.back, **{name: value})), walk(2, back=(4, 4, 4, 4)))[
                0
            ].light
            for value in range(11)
        ]
        assert values == sorted(values, key=order.index)
