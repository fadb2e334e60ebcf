"""The development cases: nobody sent home who should not be, and the right pattern found."""

import pytest
from validation.checkup.cases import ORDINARY, vignettes
from validation.checkup.measure import (
    DROPPED,
    TAUS,
    dropout,
    has_specific_cause,
    over_triaged,
    right_in_top,
    specific_lift,
    stability,
    under_triaged,
    with_priors,
    with_tau,
)

from evenstride.checkup import check_up
from evenstride.checkup.judge import judge
from evenstride.checkup.knowledge import knowledge

CASES = vignettes()
PRESSING = [case for case in CASES if case.label in ("emergency_now", "urgent_same_day")]
CALM = [case for case in CASES if case.label == "self_care"]
ORDINARY_CASES = [case for case in CASES if case.diagnosis in ORDINARY]
SPECIFIC = [case for case in CASES if has_specific_cause(case, knowledge())]


def test_there_are_cases_of_every_sort():
    """The figures below rest on this many cases."""
    counts = (len(CASES), len(PRESSING), len(CALM), len(ORDINARY_CASES), len(SPECIFIC))
    assert (32, 8, 8, 8, 14) == counts


@pytest.mark.parametrize("case", PRESSING, ids=lambda case: case.id)
def test_urgent_and_emergency_cases_are_not_under_triaged(case):
    """The level is at least the lowest that the case accepts."""
    level = check_up(case.answers).triage.level
    assert not under_triaged(case, level), level


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_case_at_all_is_under_triaged(case):
    """Cases that can wait are not told to wait longer than accepted."""
    assert not under_triaged(case, check_up(case.answers).triage.level)


def test_ordinary_cases_are_rarely_over_triaged():
    """At most one in ten of those who can look after themselves is sent to someone."""
    over = [case.id for case in CALM if over_triaged(case, check_up(case.answers).triage.level)]
    assert len(over) <= 0.1 * len(CALM), over


def test_right_pattern_is_among_the_first_three():
    """In nine of ten specific cases an accepted cause is lifted into the first three."""
    missed = [c.id for c in SPECIFIC if not right_in_top(c, check_up(c.answers).patterns)]
    assert len(missed) <= 0.1 * len(SPECIFIC), missed


@pytest.mark.parametrize("case", ORDINARY_CASES, ids=lambda case: case.id)
def test_no_specific_pattern_is_lifted_much_in_ordinary_pain(case):
    """Ordinary pain never looks five times more like something specific."""
    assert specific_lift(check_up(case.answers).patterns) < 5


@pytest.mark.parametrize("tau", TAUS)
def test_ordinary_pain_stays_ordinary_whatever_tau(tau, known):
    """From tau 0.4 to 1 no specific pattern is lifted five times or more in ordinary pain."""
    other = with_tau(known, tau)
    lifts = [specific_lift(judge(dict(case.answers), other).patterns) for case in ORDINARY_CASES]
    assert max(lifts) < 5


@pytest.mark.parametrize("tau", TAUS)
def test_order_by_lift_does_not_depend_on_tau(tau, known):
    """Another tau keeps the first three, and so the right pattern among them."""
    for case in SPECIFIC:
        before = judge(dict(case.answers), known).patterns[:3]
        after = judge(dict(case.answers), with_tau(known, tau)).patterns[:3]
        assert [p.id for p in before] == [p.id for p in after]


@pytest.mark.parametrize("odds", [0.5, 2.0])
def test_halved_or_doubled_priors_leave_lifts_and_triage_alone(odds, known):
    """Odds of the priors move neither a level nor a lift."""
    other = with_priors(known, odds)
    for case in CASES:
        before, after = judge(dict(case.answers), known), judge(dict(case.answers), other)
        assert before.triage == after.triage
        assert {p.id: p.lift for p in before.patterns} == {p.id: p.lift for p in after.patterns}


def test_bands_move_by_one_step_at_most(known):
    """Halved or doubled odds, or another tau, move what is shown by one band at most."""
    assert {0, 1} >= {row["most_steps"] for row in stability(known)}


def test_missing_answers_cost_triage_more_the_more_are_missing(known):
    """Complete cases are not missed; the more answers are dropped, the more are."""
    missed = [row["missed"] for row in dropout(known, draws=200)]
    assert 0.0 == missed[0]
    assert sorted(missed) == missed
    assert len(DROPPED) == len(missed)


@pytest.mark.parametrize("case", PRESSING, ids=lambda case: case.id)
def test_no_pattern_and_no_exercise_for_urgent_cases(case):
    """Whoever needs help today sees no cause and gets no walking plan."""
    found = check_up(case.answers)
    assert () == found.patterns
    assert not found.may_exercise
