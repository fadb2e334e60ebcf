"""The validation run of the check-up measures what it says, and says when a target is missed."""

import copy

import pytest
from validation.checkup.measure import dropout, interview, laws, measure
from validation.checkup.report import marks, render

from evenstride.checkup.knowledge import knowledge


@pytest.fixture(scope="module")
def result():
    """Return a short run."""
    return measure(cases=100, people=3, draws=10, calls=20)


def test_every_target_but_time_is_reached(result):
    """A short run reaches every target that does not depend on the machine."""
    missed = [title for title, _, reached in marks(result) if not reached and "ms" not in title]
    assert [] == missed


def test_report_has_every_part(result):
    """The section holds a heading for each thing that is measured, and a row for each case."""
    text = render(result)
    for heading in (
        "Development cases",
        "Missing answers",
        "Stability",
        "Laws",
        "Mutants of the rules",
        "The interview",
        "Time",
    ):
        assert f"### {heading}" in text
    assert all(f"| {row['id']} |" in text for row in result["vignettes"]["rows"])


def test_missed_targets_are_said(result):
    """A missed case, a broken law and a surviving mutant each turn a mark to no."""
    worse = copy.deepcopy(result)
    next(r for r in worse["vignettes"]["rows"] if r["label"] == "emergency_now")["under"] = True
    worse["laws"]["faults"]["order"] = 3
    worse["mutation"]["counts"]["weaker survived"] = 1
    before = sum(reached for *_, reached in marks(result))
    assert before - 3 == sum(reached for *_, reached in marks(worse))
    assert "- order: 3" in render(worse)


def test_runs_are_repeatable():
    """The same seeds give the same figures."""
    known = knowledge()
    assert laws(known, cases=20) == laws(known, cases=20)
    assert interview(known, people=2) == interview(known, people=2)
    assert dropout(known, draws=20) == dropout(known, draws=20)
