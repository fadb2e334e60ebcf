"""Every triage rule has its stated cases, and the whole triage says what they state."""

import pytest
from validation.checkup.cases import KINDS, outcome, stated_cases, stated_covers

from evenstride.checkup.answers import checked
from evenstride.checkup.knowledge import knowledge
from evenstride.checkup.logic import atoms
from evenstride.checkup.triage import judge_triage
from evenstride.model.checkup import LEVELS

CASES = stated_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_triage_says_what_the_case_states(case, known):
    """Level and days of the whole triage are the stated ones."""
    triage = judge_triage(checked(case.answers, known), known)
    assert case.stated == outcome(triage)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_rule_matches_its_positive_cases_only(case, known):
    """The rule itself matches a positive case, and neither a near miss nor an unknown."""
    matched = {rule.id for rule in judge_triage(checked(case.answers, known), known).rules}
    assert (case.kind == "positive") is (case.rule in matched)


@pytest.mark.parametrize("rule", [rule.id for rule in knowledge().rules])
def test_every_rule_has_all_three_kinds(rule):
    """There is a positive case, a near miss and an unknown for every rule."""
    assert set(KINDS) == {case.kind for case in CASES if case.rule == rule}


def test_no_case_is_about_a_rule_that_is_gone(known):
    """Cases and covers name rules that exist."""
    named = {case.rule for case in CASES}
    named |= {name for rule, cover in stated_covers() for name in (rule, cover["by"])}
    assert set() == named - {rule.id for rule in known.rules}


def test_positive_cases_reach_at_least_the_level_of_their_rule(known):
    """The stated level of a positive case is never below that of its rule, nor later."""
    rules = {rule.id: rule for rule in known.rules}
    late = [
        case.id
        for case in CASES
        if case.kind == "positive"
        and (
            LEVELS.index(case.stated[0]) < LEVELS.index(rules[case.rule].level)
            or case.stated[1] is None
            or case.stated[1] > rules[case.rule].within_days
        )
    ]
    assert [] == late


def test_urgent_and_emergency_are_today(known):
    """Help today is within 0 days, and everything else is later."""
    today = {rule.id for rule in known.rules if LEVELS.index(rule.level) >= 2}
    assert today == {rule.id for rule in known.rules if rule.within_days == 0}


def test_first_tier_is_every_question_of_an_urgent_rule(known):
    """The first tier is derived from the rules, and the data call it tier 1."""
    needed = {
        atom.finding
        for rule in known.rules
        if rule.level in ("emergency_now", "urgent_same_day")
        for atom in atoms(rule.when)
    }
    assert needed == set(known.first_tier)
    assert needed == {finding.id for finding in known.findings.values() if finding.tier == "1"}
