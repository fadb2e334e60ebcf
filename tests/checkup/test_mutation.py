"""Weakening or deleting any part of any rule fails a stated case, or provably changes nothing."""

import pytest
from validation.checkup.cases import Case, stated_cases, stated_covers
from validation.checkup.mutation import judge_mutants, mutants, smallest_answers, table

from evenstride.checkup.knowledge import assemble
from evenstride.checkup.logic import parse

WIDER_NOTICED = 0.85
"""Share of widened rules that some case notices, at least."""


@pytest.fixture(scope="module")
def verdicts(known):
    """Return what became of every mutant."""
    return judge_mutants(known, stated_cases())


def test_no_weakened_rule_survives(verdicts, show):
    """Each weaker mutant gets another level or other days in a stated case, or is covered."""
    show.extend(table(verdicts))
    survived = [v for v in verdicts if v.fate == "survived" and not v.mutant.wider]
    assert [] == [f"{v.mutant.rule.id}: {v.mutant.how}" for v in survived]


def test_every_rule_has_mutants_that_are_killed(verdicts, known):
    """No rule is without a case that needs it at its level and time."""
    killed = {v.mutant.rule.id for v in verdicts if v.fate == "killed" and not v.mutant.wider}
    assert {rule.id for rule in known.rules} == killed


def test_widened_rules_are_noticed(verdicts):
    """Near misses notice rules that ask for too little."""
    wider = [v for v in verdicts if v.mutant.wider]
    noticed = [v for v in wider if v.fate != "survived"]
    assert len(noticed) >= WIDER_NOTICED * len(wider)


def test_a_dropped_condition_or_a_lower_border_is_always_noticed(verdicts):
    """Of the widened rules only those that also take a "no" for a yes may go unnoticed."""
    survived = [v for v in verdicts if v.fate == "survived" and v.mutant.wider]
    others = [v for v in survived if not v.mutant.how.endswith("also false")]
    assert [] == [f"{v.mutant.rule.id}: {v.mutant.how}" for v in others]


def test_stated_covers_are_proved(verdicts):
    """What the cases call covered is covered, by the rule they name."""
    proved = {(v.mutant.rule.id, by) for v in verdicts if v.fate == "covered" for by in v.by}
    stated = {(rule, cover["by"]) for rule, cover in stated_covers()}
    assert set() == stated - proved


def test_a_case_less_is_noticed(known):
    """Without the positive cases of a rule some of its mutants survive: the run can fail."""
    cases = [case for case in stated_cases() if case.rule != "E08_limb_ischaemia"]
    survived = [v for v in judge_mutants(known, cases) if v.fate == "survived"]
    assert "E08_limb_ischaemia" in {v.mutant.rule.id for v in survived}


def test_deleting_a_rule_from_the_files_is_noticed(known, raw):
    """A rule taken out of the raw documents changes the triage like the mutant that deletes it."""
    name = "E08_limb_ischaemia"
    rules = [rule for rule in raw["triage"]["rules"] if rule["id"] != name]
    thinner = assemble({**raw, "triage": {**raw["triage"], "rules": rules}}, "x")
    mutant = next(m for rule in known.rules if rule.id == name for m in mutants(rule, known))
    assert thinner.rules == mutant.apply(known).rules


def test_smallest_answers_are_all_ways_to_match():
    """Any, all and n of a list are spelled out; contradictions are left out."""
    condition = parse(
        {
            "all": [
                {"any": [{"f": "a", "is": True}, {"f": "b", "in": ["x", "y"]}]},
                {"f": "c", "gte": 5},
                {"any": [{"f": "b", "is": "x"}, {"f": "c", "lt": 5}]},
            ]
        }
    )
    expected = [
        {"a": True, "c": 5, "b": "x"},
        {"a": True, "c": 8, "b": "x"},
        {"b": "x", "c": 5},
        {"b": "x", "c": 8},
    ]
    assert expected == list(smallest_answers(condition, {"c": (0, 5, 8)}))


def test_a_covered_mutant_is_told_from_a_surviving_one(known):
    """Without any case only what another rule covers is not a survivor."""
    nothing = Case("none", "E01_cauda_equina", "unknown", {}, ("self_care", None))
    fates = {v.fate for v in judge_mutants(known, [nothing]) if not v.mutant.wider}
    assert {"covered", "survived"} == fates
