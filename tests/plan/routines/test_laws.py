"""What holds for every person, every level and every week."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from people import KNOWN, TODAY, check_up, history, pointing_to, session

from evenstride.plan.routines import NoRoutine, Routine, routine, timeline
from evenstride.plan.routines.limits import limits_present
from evenstride.plan.routines.progress import progress

CHECKUP = check_up()
CAUSES = [one.id for one in CHECKUP.patterns]
FIRST = [one.id for one in KNOWN.limits.values() if one.ask_first]
WHENS = ("daily", "before_walk", "after_walk")

lifts = st.dictionaries(st.sampled_from(CAUSES), st.floats(0.2, 40), max_size=4)
answers = st.sampled_from([True, False, "not_sure"])
limits = st.dictionaries(st.sampled_from(sorted(KNOWN.limits)), answers, max_size=10)


@st.composite
def diaries(draw):
    """Draw sessions of all routines on random days."""
    days = draw(st.lists(st.integers(0, 60), max_size=14))
    pain = st.one_of(st.none(), st.integers(0, 10))
    return [
        session(
            day,
            routine=draw(st.sampled_from(sorted(KNOWN.routines))),
            felt=draw(st.sampled_from(["easy", "fine", "hard", None])),
            pain_before=draw(pain),
            pain_after=draw(pain),
            leg_further=draw(st.sampled_from([None, False, False, True])),
        )
        for day in days
    ]


def for_somebody(lifted, told, done, when):
    """Return the check-up, the limits and the routine of one person."""
    checkup = pointing_to(CHECKUP, **lifted)
    told = dict.fromkeys(FIRST, False) | {"cleared": True} | told
    return checkup, told, routine(history(), checkup, told, done, TODAY, when)


@settings(max_examples=150, deadline=None)
@given(lifts, limits, diaries(), st.sampled_from(WHENS))
def test_nobody_gets_an_exercise_that_stands_against_them(lifted, told, done, when):
    """No limit and no pattern of the person stands against any exercise, and none comes twice."""
    checkup, told, found = for_somebody(lifted, told, done, when)
    present = limits_present(checkup, told, KNOWN)
    items = found.items if isinstance(found, Routine) else ()

    assert isinstance(found, Routine | NoRoutine)
    assert len({item.exercise for item in items}) == len(items)
    for item in items:
        one = KNOWN.exercises[item.exercise]
        assert not [name for name in one.not_with if present[name]]
        assert not [name for name in one.not_for if lifted.get(name, 1) >= KNOWN.pattern_from_lift]


@settings(max_examples=150, deadline=None)
@given(lifts, limits, diaries(), st.sampled_from(WHENS))
def test_the_steps_fill_the_seconds_and_both_sides_get_the_same(lifted, told, done, when):
    """Every timed step is longer than nothing, they add up, and left works as long as right."""
    _, _, found = for_somebody(lifted, told, done, when)
    if isinstance(found, NoRoutine):
        return
    steps = timeline(found)

    assert found.seconds == sum(step.seconds for step in steps)
    assert all(step.seconds > 0 for step in steps)
    for item in found.items:
        mine = [step for step in steps if step.exercise == item.exercise]
        work = {
            side: [step.seconds for step in mine if step.kind == "work" and step.side == side]
            for side in ("left", "right", None)
        }
        assert item.seconds == sum(step.seconds for step in mine)
        assert work["left"] == work["right"]
        assert bool(work["left"]) == item.dose.each_side
        assert any(work.values())


@settings(max_examples=100, deadline=None)
@given(lifts, limits, diaries(), st.sampled_from(WHENS))
def test_the_same_person_gets_the_same_routine(lifted, told, done, when):
    """The order of the diary does not matter, and nothing is drawn by chance."""
    _, _, found = for_somebody(lifted, told, done, when)
    _, _, again = for_somebody(lifted, told, list(reversed(done)), when)

    assert found == again


@settings(max_examples=150, deadline=None)
@given(diaries(), st.integers(0, 59))
def test_a_level_moves_by_one_step_a_day_at_most(done, day):
    """From one day to the next the steps get harder by one, and only at the end of a week."""
    known = KNOWN.progress
    done = [one for one in done if one.routine == "ten_minutes_base"]
    today = TODAY - timedelta(days=day)
    before = progress(done, today - timedelta(days=1), known)
    after = progress(done, today, known)

    assert 0 <= after.level <= 2
    assert after.level - before.level <= (after.week > before.week)
