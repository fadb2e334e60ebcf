"""What holds for any answers: more worry never lowers the level, and nothing slips through."""

import json
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validation.checkup.laws import (
    PER_CENT,
    document_faults,
    lifts_by_hand,
    order_faults,
    pattern_faults,
    triage_by_hand,
    triage_faults,
    unknown_faults,
    worse_answers,
)
from validation.checkup.people import random_answers

from evenstride.checkup import check_up
from evenstride.checkup.answers import checked
from evenstride.checkup.judge import judge
from evenstride.checkup.knowledge import documents, knowledge
from evenstride.errors import AnswerError
from evenstride.model.checkup import CheckUp

KNOWN = knowledge()
YES_OR_NO = {"bool": (True, False), "number": (5,), "enum": ()}
RAW = documents()


def answers_to(finding):
    """Return a strategy of everything that a question takes."""
    if finding.kind == "bool":
        right = st.booleans()
    elif finding.kind == "enum":
        right = st.sampled_from(list(finding.values))
    else:
        right = st.integers(finding.low, finding.high) | st.floats(finding.low, finding.high)
    return right | st.just("not_sure")


ANSWERS = st.builds(
    lambda seed, more: {**random_answers(random.Random(seed), KNOWN), **more},
    st.integers(0, 2**32),
    st.fixed_dictionaries({}, optional={name: answers_to(f) for name, f in KNOWN.findings.items()}),
) | st.builds(lambda seed: random_answers(random.Random(seed), KNOWN), st.integers(0, 2**32))

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.sampled_from(
        [-(10**400), 2**64, 1e308, -0.0, "unknown", "none", "True", "NOT_SURE", "\ud800"]
    )
    | st.builds(lambda: 10**5000),  # Python refuses to print it
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=5,
)


@settings(max_examples=60)
@given(ANSWERS)
def test_more_worry_or_less_knowledge_never_lowers_the_level(answers):
    """No worrying answer, no "not sure" for a "no" and no missing "no" asks for less help."""
    assert [] == list(triage_faults(checked(answers, KNOWN), KNOWN))


@given(ANSWERS)
def test_order_of_answers_does_not_matter(answers):
    """The same answers in another order give the same document."""
    assert [] == list(order_faults(check_up(answers), answers, KNOWN))


@given(ANSWERS)
def test_document_is_as_designed(answers):
    """Keys, days, order of rules, JSON there and back, and no percentage anywhere."""
    assert [] == list(document_faults(check_up(answers), KNOWN))


@given(ANSWERS)
def test_lifts_are_what_the_files_say(answers):
    """Each lift is exp(tau x evidence), worked out from the raw files; they come sorted."""
    assert [] == list(pattern_faults(check_up(answers), RAW))


@given(ANSWERS)
def test_unknown_answers_move_nothing(answers):
    """A question answered "not sure" leaves every cause where it was."""
    right = checked(answers, KNOWN)
    assert [] == list(unknown_faults(judge(right, KNOWN), right, KNOWN))


@given(ANSWERS)
def test_matched_rules_are_what_the_files_say(answers):
    """The matched rules are those that a reader of the raw files finds."""
    expected = triage_by_hand(answers, RAW)
    assert sorted(expected) == sorted(rule.id for rule in check_up(answers).triage.rules)


@settings(max_examples=400)
@given(st.sampled_from(list(KNOWN.findings)), ANYTHING)
def test_any_value_gives_a_result_or_an_error_that_names_it(name, value):
    """Whatever is answered, there is a check-up, or an error naming the question."""
    assert name == _named({name: value}, name)


@pytest.mark.parametrize(
    "value",
    [None, math.nan, math.inf, -math.inf, 10**5000, b"true", [[]], {}, (), object(), 1 + 2j, 1e400],
    ids=lambda value: type(value).__name__,
)
def test_no_question_takes_strange_values(value):
    """None, NaN, infinities, huge numbers, bytes and containers are refused by every question."""
    for name in KNOWN.findings:
        with pytest.raises(AnswerError) as caught:
            check_up({name: value})
        assert name == caught.value.finding
        assert len(str(caught.value)) < 400


def test_values_without_end_are_refused():
    """A list that holds itself, and one of ten thousand levels, are refused like any other."""
    endless: list = []
    endless.append(endless)
    deep: list = []
    for _ in range(10_000):
        deep = [deep]
    for value in (endless, deep):
        with pytest.raises(AnswerError):
            check_up({"fever": value})


@given(st.text())
def test_any_name_that_is_no_question_is_named(name):
    """A name that is no question is refused; the error holds it, cut to a readable length."""
    if name not in KNOWN.findings:
        caught = _error({name: True})
        assert caught == name or (len(caught) < len(name) and caught[:40] == name[:40])


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.binary())
def test_any_key_that_is_no_text_is_refused(key):
    """A key of any other type than text is refused, and shown."""
    assert repr(key)[:40] == _error({key: True})[:40]


@pytest.mark.parametrize(
    "key", [10**5000, ("fever",), frozenset(), 1e400], ids=["huge", "tuple", "set", "inf"]
)
def test_strange_keys_are_refused(key):
    """A huge number or a tuple as a key is refused with an error of ours."""
    with pytest.raises(AnswerError):
        check_up({key: True})


@pytest.mark.parametrize("answers", [None, [], "fever", 3, [("fever", True)], {"fever"}])
def test_answers_that_are_no_object_are_refused(answers):
    """Answers come as one object."""
    with pytest.raises(AnswerError):
        check_up(answers)


def test_no_and_one_are_not_a_number_and_a_yes():
    """True is no age, and 1 is no yes: JSON tells them apart, and so do we."""
    for name, value in (("age", True), ("fever", 1), ("fever", 0), ("onset", True)):
        assert name == _error({name: value})


@pytest.mark.parametrize("finding", KNOWN.findings.values(), ids=lambda finding: finding.id)
def test_every_answer_of_every_question_is_taken(finding):
    """Every answer that a question offers gives a check-up and a document."""
    offered = {
        "bool": (True, False),
        "enum": tuple(finding.values),
        "number": (finding.low, finding.high, (finding.low + finding.high) / 2),
    }[finding.kind]
    for answer in (*offered, "not_sure"):
        found = check_up({finding.id: answer})
        assert json.loads(found.to_json()) == found.document()


@pytest.mark.parametrize(
    ("name", "value"), [(f.id, value) for f in KNOWN.findings.values() for value in f.unknown]
)
def test_values_that_say_nothing_move_nothing(name, value):
    """An answer like "unknown" is worth as much as none, for the level and for every cause."""
    base = {"age": 50, "walk_worse": True, "sit_relieves": True}
    with_it, without = check_up({**base, name: value}), check_up(base)
    assert without.patterns == with_it.patterns
    assert without.triage.rules == with_it.triage.rules


def test_nothing_answered_is_self_care_but_not_complete():
    """No answers: no rule, every safety question open, every lift 1."""
    found = check_up({})
    assert ("self_care", None) == (found.triage.level, found.triage.within_days)
    assert not found.complete
    assert {1.0} == {pattern.lift for pattern in found.patterns}
    assert {1.0} == set(lifts_by_hand({}, RAW).values())


def test_no_text_of_a_result_holds_a_percentage():
    """Every text that a document can hold is free of percentages, matched or not."""
    texts = [KNOWN.safety_net, *(rule.why for rule in KNOWN.rules)]
    texts += [cause.name for cause in KNOWN.causes]
    for finding in KNOWN.findings.values():
        answers = (*finding.values, *YES_OR_NO[finding.kind])
        texts += [finding.statement(answer) for answer in answers]
    assert [] == [text for text in texts if PER_CENT.search(text)]


def test_worry_rises_from_no_over_the_scale():
    """A yes is worse than a no, and a scale rises to its end; age and duration have no order."""
    findings = KNOWN.findings
    assert [True] == list(worse_answers({"fever": False}, findings["fever"]))
    assert ["one_severe", "both"] == list(
        worse_answers({"leg_weak": "one_mild"}, findings["leg_weak"])
    )
    assert [9, 10] == list(worse_answers({"pain_worst": 8}, findings["pain_worst"]))
    assert [] == list(worse_answers({"age": 30}, findings["age"]))


@pytest.mark.parametrize(
    "finding", [f for f in KNOWN.findings.values() if f.kind == "enum"], ids=lambda f: f.id
)
def test_worry_order_is_complete(finding):
    """An order of worry holds every value of its question that tells anything."""
    telling = set(finding.values) - set(finding.unknown)
    assert set(finding.worry) in (telling, set())


def _error(answers):
    with pytest.raises(AnswerError) as caught:
        check_up(answers)
    return caught.value.finding


def _named(answers, name):
    try:
        found = check_up(answers)
    except AnswerError as error:
        return error.finding
    assert isinstance(found, CheckUp)
    json.loads(found.to_json())
    return name
