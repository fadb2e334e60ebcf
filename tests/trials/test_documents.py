"""Designs, logs and results go through JSON and come back, and nothing else passes for them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import DiaryError
from evenstride.trials.analysis import analyse
from evenstride.trials.design import OUTCOMES, WITHIN_A_WALK, Factor, plan_trial
from evenstride.trials.documents import (
    _checksum,
    design_document,
    design_of,
    links_document,
    log_document,
    log_of,
    need_document,
    result_document,
    trend_document,
)
from evenstride.trials.entries import LoggedWalk
from evenstride.trials.links import find_links
from evenstride.trials.power import Noise, needed_walks
from evenstride.trials.trend import trend_report
from evenstride.trials.words import BANDS

from .helpers import SHOES, one, simulated

designs = st.builds(
    lambda kinds, arms, outcome, seed: plan_trial(
        [Factor(kind, arms) for kind in kinds], seed=seed, outcome=outcome
    ),
    st.lists(st.sampled_from(sorted(WITHIN_A_WALK)), min_size=1, max_size=3, unique=True),
    st.sampled_from([("old", "new"), ("Straße", "Wald & Wiese"), ("a", "b" * 60)]),
    st.sampled_from(OUTCOMES),
    st.integers(0, 2**63 - 1),
)


def through_json(document):
    """Return a document as it comes back from a file."""
    return json.loads(json.dumps(document, allow_nan=False))


@settings(deadline=None, max_examples=50)
@given(designs)
def test_a_design_comes_back_as_it_was(design):
    """A design survives being kept."""
    document = design_document(design)

    assert document == through_json(document)
    assert design == design_of(through_json(document))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", 6),
        ("walks", 42),
        ("outcome", "distance"),
        ("factors", [{"kind": "shoe", "arms": ["new shoes", "old shoes"]}]),
        ("note", "added"),
        ("checksum", "0"),
    ],
)
def test_a_design_that_was_changed_is_refused(key, value):
    """Whatever is changed after the design was fixed, it is said."""
    with pytest.raises(DiaryError, match="changed after it was fixed"):
        design_of(design_document(one()) | {key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", -1),
        ("seed", "5"),
        ("walks", 27),
        ("outcome", "mood"),
        ("factors", []),
        ("factors", [{"kind": "shoe"}]),
        ("factors", [{"kind": "shoe", "arms": ["old"]}]),
        ("factors", [{"kind": "shoe", "arms": [1, 2]}]),
        ("factors", [{"kind": "plan", "arms": ["a", "b"]}]),
        ("factors", [{"kind": "shoe", "arms": ["a", "b"], "more": 1}]),
        ("note", "added"),
    ],
)
def test_a_design_that_cannot_be_is_refused(key, value):
    """A document with a fitting checksum still has to hold a design that can be."""
    document = design_document(one()) | {key: value}
    del document["checksum"]

    with pytest.raises(DiaryError, match="The design of this trial"):
        design_of(document | {"checksum": _checksum(document)})


@pytest.mark.parametrize("document", [{}, {"schema": "evenstride/plan/1"}])
def test_another_document_is_no_design(document):
    """What is no design is called so, with what to do."""
    with pytest.raises(DiaryError, match="not the design of a trial") as raised:
        design_of(document)
    assert "backup" in raised.value.hint


def test_a_log_comes_back_as_it_was():
    """The log of a trial survives being kept."""
    log = (LoggedWalk("a", 5), LoggedWalk("b", 7, (1, 0, 1)))

    assert log == log_of(through_json(log_document(log)))


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"outing": "a", "start_utc_ns": 5},
        {"outing": 1, "start_utc_ns": 5, "done": None},
        {"outing": "a", "start_utc_ns": "5", "done": None},
        {"outing": "a", "start_utc_ns": 5, "done": [2]},
        {"outing": "a", "start_utc_ns": 5, "done": [True]},
        {"outing": "a", "start_utc_ns": 5, "done": 1},
        {"outing": "a", "start_utc_ns": 5, "done": None, "more": 1},
    ],
)
def test_a_log_that_cannot_be_is_refused(line):
    """Lines of a log hold a walk, its time and what was done, and nothing else."""
    with pytest.raises(DiaryError, match="log of this trial"):
        log_of([line])


def test_a_result_holds_what_a_plot_needs():
    """Values by walk and arm, the interval and the bands by name stand in the document."""
    walks = simulated(one(), -3.0)
    document = result_document(analyse(one(), walks))
    effect = document["as_assigned"]["effects"][0]

    assert document == through_json(document)
    assert ("evenstride/trial/1", "points") == (document["schema"], document["unit"])
    assert [walk.value for walk in walks] == [point["value"] for point in document["points"]]
    assert [0.0, 1.0] == [point["day"] for point in document["points"][:2]]
    assert effect["low"] < effect["mean"] < effect["high"]
    assert list(BANDS) == list(effect["bands"])
    assert [SHOES.arms[0], SHOES.arms[1]] == document["design"]["factors"][0]["arms"]


def test_a_result_without_an_answer_says_null():
    """Before the first look there is no answer in the document."""
    document = result_document(analyse(one(), []))

    assert document["as_assigned"] is None
    assert document["as_done"] is None
    assert [] == document["points"]


def test_a_ratio_is_named():
    """For distance the ratio stands with its ends by name."""
    design = one(outcome="distance")
    walks = simulated(design, 2.0)
    ratio = result_document(analyse(design, walks))["as_assigned"]["effects"][0]["ratio"]

    assert ratio["low"] < ratio["value"] < ratio["high"]


def test_needs_links_and_trends_are_plain_values():
    """What else the room finds goes through JSON unchanged."""
    days = [float(day) for day in range(40)]
    pain = [4.0 + day % 3 for day in range(40)]
    documents = [
        need_document(needed_walks(Noise(1.3, 0.3, 20))),
        links_document(find_links(days, pain, {"load": [float(day % 5) for day in range(40)]})),
        trend_document(trend_report(days, pain, 20.0)),
        trend_document(trend_report([], [], 0.0)),
    ]

    assert documents == [through_json(document) for document in documents]
    assert 1 == len(documents[1]["links"])
