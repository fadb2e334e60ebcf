"""The timed steps of a routine."""

from people import KNOWN, check_up, made

from evenstride.plan.routines import Dose, timeline
from evenstride.plan.routines.knowledge import Timing
from evenstride.plan.routines.timeline import sets_that_fit

TIMING = Timing(ready_s=5, change_side_s=5)


def dose(*reps, hold_s=0, tempo_s=0, rest_s=0, each_side=False):
    """Return a dose."""
    return Dose(reps, hold_s, tempo_s, rest_s, each_side, None, None, None, False)


def test_a_pyramid_is_cut_where_the_time_ends():
    """Of six, four and two holds on each side, five fit into fifty seconds a side."""
    pyramid = dose(6, 4, 2, hold_s=8, tempo_s=2, each_side=True)

    assert (5,) == sets_that_fit(pyramid, 110, TIMING)
    assert (6, 4) == sets_that_fit(pyramid, 210, TIMING)
    assert (6, 4, 2) == sets_that_fit(pyramid, 250, TIMING)


def test_a_rest_between_sets_takes_its_time():
    """After ten repetitions of four seconds and half a minute of rest, five more fit."""
    assert (10, 5) == sets_that_fit(dose(10, 10, tempo_s=4, rest_s=30), 95, TIMING)


def test_no_more_is_done_than_the_dose():
    """Time that is left over is rest."""
    assert (3,) == sets_that_fit(dose(3, tempo_s=4), 500, TIMING)


def test_a_side_bridge_is_told_step_by_step():
    """Get ready, three holds on the left, change, three on the right, rest."""
    steps = [step for step in timeline(made(check_up())) if step.exercise == "side_bridge"]

    assert [
        (5, "ready", None, "Next: Side bridge. Start with your left side."),
        (3, "work", "left", "1 of 3."),
        (8, "work", "left", "Hold, and breathe."),
        (3, "work", "left", "2 of 3."),
    ] == [(step.seconds, step.kind, step.side, step.cue) for step in steps[:4]]
    assert (5, "change_side", "right", "Change to your right side.") == (
        steps[7].seconds,
        steps[7].kind,
        steps[7].side,
        steps[7].cue,
    )
    assert (4, "rest", "Rest.") == (steps[-1].seconds, steps[-1].kind, steps[-1].cue)


def test_a_walk_has_one_step_for_its_minutes():
    """What has no repetitions just goes on."""
    ready, work = [step for step in timeline(made(check_up())) if step.exercise == "easy_walk"]

    assert (5, 115) == (ready.seconds, work.seconds)
    assert "Go on, at your own pace." == work.cue


def test_the_routines_have_the_minutes_of_their_names():
    """Ten minutes and two to warm up; two before a walk; four after it."""
    seconds = {
        rule.id: sum(slot.seconds for slot in rule.slots) for rule in KNOWN.routines.values()
    }

    assert {
        "ten_minutes_leg_pain": 720,
        "ten_minutes_stenosis": 720,
        "ten_minutes_base": 720,
        "before_walk": 120,
        "after_walk": 240,
    } == seconds
