"""The validation run of the plan measures what it says, and says when a target is missed."""

from dataclasses import replace

import pytest
from validation.plan.faults import Fault, faults
from validation.plan.report import QUICK_WEEKS, marks, measure, render

from evenstride.plan.knowledge import plan_knowledge


@pytest.fixture(scope="module")
def study():
    """Return a short run."""
    return measure(QUICK_WEEKS, quick=True)


def test_every_target_but_time_is_reached(study):
    """A short run reaches every target that does not depend on the machine."""
    assert [] == [what for what, *_, reached in marks(study) if not reached and "ms" not in what]


def test_the_report_shows_every_walker_week_by_week(study):
    """There is a row, and a line of weeks, for each walker."""
    text = render(study)

    for result in study.results:
        assert f"| {result.walker.name} | " in text
        assert f"**{result.walker.name}**: 0: as usual" in text
    assert "1: 3x5 green, 2: 4x5 green, 3: 5x5 green" in text


def test_missed_targets_are_said(study):
    """A late walker, a jump and a slow plan each turn a mark to no."""
    late = replace(study.results[0], reached=None)
    jump = {late.walker.name: (Fault("cap", "week 3: too much"),)}
    worse = replace(study, results=(late, *study.results[1:]), faults=jump, call_ms=80.0)

    missed = [what for what, *_, reached in marks(worse) if not reached]
    assert 3 == len(missed)
    assert "week 3: too much" in render(worse)


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"session_min": 30}, ["cap"]),
        ({"sessions": 5}, ["cap"]),
        ({"sessions": 4, "session_min": 17}, ["two"]),
        ({"sessions": 4, "light": "red"}, []),
        ({"rules": ()}, ["reason"]),
        ({"session_min": 4}, ["cap"]),
    ],
)
def test_each_kind_of_fault_is_seen(study, change, kinds):
    """A week that is changed by hand is found, if it breaks a rule."""
    week = next(one for one in study.results[0].weeks if one.number == 1)
    before = replace(week, session_min=16, light="green")
    after = replace(before, number=2, **change)

    assert kinds == [fault.kind for fault in faults([before, after], plan_knowledge())]


def test_going_up_after_a_bad_week_is_seen(study):
    """After amber, red or no walk at all nothing may grow."""
    week = next(one for one in study.results[0].weeks if one.number == 1)
    more = replace(week, number=2, sessions=4)

    for light in ("amber", "red", None):
        found = faults([replace(week, light=light), more], plan_knowledge())
        assert ["pain"] == [fault.kind for fault in found]
