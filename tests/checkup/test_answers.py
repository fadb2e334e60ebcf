"""Answers are taken as they are, or refused with a sentence that helps."""

import pytest

from evenstride.checkup.answers import checked, checked_answer
from evenstride.errors import AnswerError


def refused(answers, known):
    """Return the error that answers raise."""
    with pytest.raises(AnswerError) as caught:
        checked(answers, known)
    return caught.value


def test_answers_come_in_the_order_of_the_questions(known):
    """Whatever the order given, the questions' order is kept, and values are untouched."""
    given = {"fever": "not_sure", "onset": "sudden", "age": 40.5}
    assert [("age", 40.5), ("onset", "sudden"), ("fever", "not_sure")] == list(
        checked(given, known).items()
    )


def test_nothing_answered_is_no_error(known):
    """No answers are no answers."""
    assert {} == checked({}, known)


def test_what_was_given_is_not_changed(known):
    """The caller's answers stay as they are."""
    given = {"fever": True, "age": 30}
    checked(given, known)["fever"] = False
    assert {"fever": True, "age": 30} == given


def test_unknown_question_hints_at_the_nearest(known):
    """A slip of the pen is met with the right name."""
    error = refused({"fevr": True}, known)
    assert "fevr" == error.finding
    assert "fever" in error.hint


def test_unknown_question_without_a_near_one_hints_at_the_list(known):
    """Far from every name, the hint says where all of them stand."""
    assert "docs" in refused({"zzzzzzzz": True}, known).hint


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("fever", "yes", "true, false or not_sure"),
        ("fever", None, "true, false or not_sure"),
        ("onset", "SUDDEN", "sudden, gradual"),
        ("onset", True, "sudden, gradual"),
        ("age", 121, "0 to 120"),
        ("age", -1, "0 to 120"),
        ("age", "40", "0 to 120"),
        ("age", float("nan"), "0 to 120"),
        ("pain_worst", True, "0 to 10"),
        ("pain_worst", 10.5, "0 to 10"),
    ],
)
def test_wrong_answer_is_named_with_what_would_be_right(name, value, wanted, known):
    """The error names the question and lists what it takes."""
    error = refused({name: value}, known)
    assert name == error.finding
    assert wanted in error.hint


def test_first_wrong_one_is_named(known):
    """Among several wrong answers one is named; right ones are not."""
    assert "onset" == refused({"age": 30, "onset": 3, "fever": 4}, known).finding


@pytest.mark.parametrize(("name", "border"), [("age", 0), ("age", 120), ("pain_worst", 10)])
def test_borders_belong_to_the_range(name, border, known):
    """The smallest and the largest number are taken."""
    assert border == checked_answer(border, known.findings[name])


def test_long_values_are_cut(known):
    """An error stays readable whatever was given."""
    assert len(str(refused({"fever": "x" * 100_000}, known))) < 200


def test_every_question_takes_not_sure(known):
    """Nobody is forced to know."""
    unsure = dict.fromkeys(known.findings, "not_sure")
    assert unsure == checked(unsure, known)


def test_statement_of_every_answer_is_a_text(known):
    """Every answer reads as a statement, and only "not sure" reads as nothing."""
    for finding in known.findings.values():
        answers = {"bool": (True, False), "enum": finding.values, "number": (3, 7.5)}[finding.kind]
        assert all(finding.statement(answer) for answer in answers)
        assert "" == finding.statement("not_sure")
