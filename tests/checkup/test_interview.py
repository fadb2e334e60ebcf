"""The interview: all safety questions first, none forgotten, and an end when nothing can change."""

import json
import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from validation.checkup.people import (
    Person,
    all_answers,
    ordinary_person,
    random_person,
    walk_through,
)

from evenstride.checkup.interview import Interview, Page, Step, finish, next_page, resumed
from evenstride.checkup.judge import judge
from evenstride.checkup.knowledge import knowledge
from evenstride.checkup.logic import atoms
from evenstride.checkup.questions import possible_answers, useful_tests
from evenstride.checkup.triage import applies, judge_triage, missing
from evenstride.errors import AnswerError

KNOWN = knowledge()
PEOPLE = 120
ESCALATING = [name for name, finding in KNOWN.findings.items() if finding.asked_again]


def calm(name, known=KNOWN):
    """Return an answer that worries nobody."""
    finding = known.findings[name]
    if finding.kind == "bool":
        return False
    if finding.kind == "enum":
        return finding.worry[0] if finding.worry else next(iter(finding.values))
    return {"age": 35, "duration_days": 10, "pain_worst": 3}.get(name, 0)


CALM = Person({name: calm(name) for name in KNOWN.findings})


@pytest.fixture(scope="module")
def walked():
    """Return many interviews, each from the first page to its end."""
    rng = random.Random(7)
    people = [random_person(rng, KNOWN) for _ in range(PEOPLE)]
    people += [ordinary_person(rng, KNOWN) for _ in range(PEOPLE // 4)]
    return [(person, walk_through(person, KNOWN)) for person in people]


def test_people_meet_every_ending(walked):
    """The people below end in every way that there is."""
    assert {"emergency", "urgent", "done"} == {one.ending for _, one in walked}


def test_it_never_ends_with_a_safety_question_open(walked):
    """At the end every safety question is answered, unless an emergency came first."""
    for _, one in walked:
        if one.ending != "emergency":
            assert () == missing(one.interview.answers(KNOWN), KNOWN)
            assert finish(one.interview, KNOWN).complete


def test_safety_questions_come_first(walked):
    """No other question is asked while a safety question is open."""
    for _, one in walked:
        for page, state in zip(one.pages, one.states, strict=False):
            if page.kind in ("question", "test"):
                assert () == missing(state.answers(KNOWN), KNOWN)


def test_it_stops_at_the_first_emergency(walked):
    """After the page that made it an emergency nothing more is asked, and never before."""
    for _, one in walked:
        levels = [judge_triage(state.answers(KNOWN), KNOWN).level for state in one.states]
        assert "emergency_now" not in levels[:-1]
        assert (one.ending == "emergency") is (levels[-1] == "emergency_now")


def test_urgent_ends_after_the_safety_questions(walked):
    """When help is needed today, no further question and no home test comes."""
    for _, one in walked:
        for page, state in zip(one.pages, one.states, strict=False):
            if page.kind in ("question", "test"):
                level = judge_triage(state.answers(KNOWN), KNOWN).level
                assert level in ("self_care", "clinician_soon")
        level = judge_triage(one.interview.answers(KNOWN), KNOWN).level
        assert (one.ending == "urgent") is (level == "urgent_same_day")


def test_pages_are_short(walked):
    """No page holds more than six questions, and none is empty."""
    assert all(1 <= len(page.questions) <= 6 for _, one in walked for page in one.pages)


def test_no_question_is_asked_twice(walked):
    """A question comes once; only a "not sure" that escalates is asked again, and once."""
    for _, one in walked:
        asked = [q.id for page in one.pages if page.kind != "again" for q in page.questions]
        again = [q.id for page in one.pages if page.kind == "again" for q in page.questions]
        assert sorted(set(asked)) == sorted(asked)
        assert sorted(set(again)) == sorted(again)
        assert set(again) <= set(asked)


def test_done_means_that_no_single_answer_changes_the_level(walked):
    """At "done" no answer to a question still open changes level or days."""
    for _, one in walked:
        if one.ending != "done":
            continue
        answers = one.interview.answers(KNOWN)
        passed = {step.page for step in one.interview.steps}
        now = judge_triage(answers, KNOWN)
        for name, finding in KNOWN.findings.items():
            left = finding.tier in ("2", "3") and name not in answers and name not in passed
            if left and applies(name, answers, KNOWN):
                for answer in possible_answers(finding, KNOWN):
                    then = judge_triage({**answers, name: answer}, KNOWN)
                    assert (now.level, now.within_days) == (then.level, then.within_days), name


def test_done_means_that_all_open_answers_together_ask_for_nothing_sooner(walked):
    """At "done" the worst answers to all open questions at once change neither level nor days."""
    for _, one in walked:
        if one.ending != "done":
            continue
        answers = one.interview.answers(KNOWN)
        passed = {step.page for step in one.interview.steps}
        now = judge_triage(answers, KNOWN)
        worst = {
            name: finding.worry[-1] if finding.worry else True
            for name, finding in KNOWN.findings.items()
            if finding.tier in ("2", "3")
            and name not in answers
            and name not in passed
            and finding.kind != "number"
            and (finding.kind == "bool" or finding.worry)
        }
        then = judge_triage({**answers, **worst}, KNOWN)
        assert (now.level, now.within_days) == (then.level, then.within_days)


def test_it_finds_what_all_answers_together_would_have_told(walked):
    """Stopping early costs nothing: level and days are those of every answer the person has."""
    compared = 0
    for person, one in walked:
        if person.leaves_out or one.ending == "emergency":
            continue
        now = judge_triage(one.interview.answers(KNOWN), KNOWN)
        then = judge_triage(all_answers(person, one, KNOWN), KNOWN)
        assert (then.level, then.within_days) == (now.level, now.within_days)
        compared += 1
    assert compared > PEOPLE // 4


@pytest.mark.parametrize("name", KNOWN.first_tier)
def test_it_cannot_be_finished_without_any_single_safety_question(name, known):
    """With one safety question missing there is no check-up, and the error names it."""
    answers = {other: calm(other) for other in known.first_tier if other != name}
    # Whatever would answer the missing one by itself, or make it needless, is not known.
    conditions = [s.hide_if[name] for s in known.screens if name in s.hide_if]
    conditions += [c for c in [known.findings[name].applies_if] if c is not None]
    answers |= {atom.finding: "not_sure" for c in conditions for atom in atoms(c)}
    with pytest.raises(AnswerError) as caught:
        finish(Interview((Step("all", answers),)), known)
    assert name == caught.value.finding
    assert not judge(answers, known).complete
    assert not judge(answers, known).may_exercise


def test_it_cannot_be_finished_before_it_began(known):
    """An empty interview has no result."""
    with pytest.raises(AnswerError):
        finish(Interview(), known)


def test_an_emergency_can_be_finished_at_once(known):
    """An emergency needs no further answer to be said."""
    found = finish(Interview((Step("x", {"saddle_numb": True}),)), known)
    assert "emergency_now" == found.triage.level
    assert not found.complete
    assert not found.may_exercise


def test_four_questions_escalate(known):
    """Saddle, bladder, bowel and sexual change are asked again; the rules know the same four."""
    rule = next(rule for rule in known.rules if rule.id == "U00_not_sure")
    assert sorted(atom.finding for atom in atoms(rule.when)) == sorted(ESCALATING)


@pytest.mark.parametrize("name", ESCALATING)
def test_not_sure_is_asked_again_once_and_then_counts(name, known):
    """The same question comes once more with an example; a second "not sure" is urgent."""
    unsure = Person({**CALM.answers, name: "not_sure"})
    one = walk_through(unsure, known)
    again = [page for page in one.pages if page.kind == "again"]
    assert [name] == [page.questions[0].id for page in again]
    assert again[0].lead
    assert "urgent" == one.ending


@pytest.mark.parametrize("name", ESCALATING)
def test_the_second_answer_replaces_the_not_sure(name, known):
    """A "no" after the example ends the alarm; a yes is an emergency."""
    interview = Interview()
    while (page := next_page(interview, known)).kind != "again":
        replies = {q.id: calm(q.id) for q in page.questions}
        if name in replies:
            replies[name] = "not_sure"
        interview = interview.reply(page, replies)
    assert name == page.questions[0].id
    settled = interview.reply(page, {name: False})
    assert "self_care" == judge_triage(settled.answers(known), known).level
    following = next_page(settled, known)
    assert isinstance(following, Page)
    assert following.kind != "again"
    assert "emergency" == next_page(interview.reply(page, {name: True}), known)


def test_back_undoes_exactly_one_page(walked):
    """Going back shows the page before, with everything before it kept."""
    for _, one in walked[:30]:
        for page, before, after in zip(one.pages, one.states, one.states[1:], strict=False):
            assert before == after.back()
            assert page == next_page(after.back(), KNOWN)


def test_back_at_the_start_stays(known):
    """There is nothing before the first page."""
    assert Interview() == Interview().back()
    assert next_page(Interview(), known) == next_page(Interview().back(), known)


def test_resuming_goes_on_where_it_stopped(walked):
    """Steps kept as JSON give the same next page."""
    for _, one in walked[:30]:
        for state in one.states:
            kept = json.dumps([[step.page, dict(step.replies)] for step in state.steps])
            steps = tuple(Step(page, replies) for page, replies in json.loads(kept))
            assert next_page(state, KNOWN) == next_page(resumed(steps, KNOWN), KNOWN)


def test_resuming_drops_what_is_no_longer_allowed(known):
    """A kept step with a question or answer that is gone is asked anew."""
    good = Step("a", {"fever": False})
    bad = (Step("b", {"gone": True}), Step("c", {"fever": "perhaps"}))
    assert (good,) == resumed((bad[0], good, bad[1]), known).steps


def test_none_of_these_answers_every_question_it_can(walked):
    """One tap says no to each yes-or-no question and "none" to each list that has it."""
    pages = {page.id: page for _, one in walked for page in one.pages}
    for page in pages.values():
        answers = page.none_of_these
        rest = {q.id: calm(q.id) for q in page.questions if q.id not in answers}
        assert all(answer in (False, "none") for answer in answers.values())
        assert all(q.id in answers for q in page.questions if q.kind == "bool")
        step = Interview().reply(page, {**rest, **answers}).steps[0]
        assert {**rest, **answers} == step.replies


def test_none_of_these_is_calm(known):
    """Somebody who taps it on every list has no rule matched by those answers."""
    answers = {}
    for screen in known.screens:
        page = Page(screen.id, "list", "", "", tuple(known.findings[i] for i in screen.items))
        answers |= page.none_of_these
    assert () == judge_triage(answers, known).rules


@pytest.mark.parametrize(
    "replies",
    [
        {},
        {"other": True},
        lambda page: {q.id: "not_sure" for q in page.questions[1:]},
        lambda page: {**{q.id: "not_sure" for q in page.questions}, "fevr": True},
        lambda page: {q.id: "rubbish" for q in page.questions},
    ],
    ids=["nothing", "another", "one missing", "one too many", "rubbish"],
)
def test_a_safety_page_takes_an_answer_to_each_question_only(replies, known):
    """A page of safety questions is answered whole, or refused."""
    page = next_page(Interview(), known)
    given = replies(page) if callable(replies) else replies
    with pytest.raises(AnswerError):
        Interview().reply(page, given)


def test_optional_pages_can_be_left_out(walked):
    """A further question or a home test that is left out does not come back."""
    seen = 0
    for person, one in walked:
        for page in one.pages:
            assert page.optional is (page.kind in ("question", "test"))
            if page.optional and page.id in person.leaves_out:
                seen += 1
                assert 1 == sum(other.id == page.id for other in one.pages)
    assert seen > 0


def test_home_tests_are_never_offered_when_forbidden_or_not_known(walked):
    """What forbids a test must be known to be not so, when it is offered."""
    offered = 0
    for _, one in walked:
        for page, state in zip(one.pages, one.states, strict=False):
            if page.test is not None:
                offered += 1
                limit = page.test.not_if
                assert limit is None or limit.judge(state.answers(KNOWN)) is False
    assert offered > 0


@pytest.mark.parametrize("test", KNOWN.home_tests, ids=lambda test: test.id)
def test_each_limit_of_a_home_test_holds_alone(test, known):
    """With any one limit true, or not known, the test is not offered."""
    if test.not_if is None:
        return
    answers = {name: calm(name) for name in known.findings if known.findings[name].tier != "test"}
    for atom in atoms(test.not_if):
        numbers = [n for n in (atom.at_least, atom.below) if n is not None]
        met = atom.among[0] if atom.among else 0 if atom.below is not None else numbers[0]
        for answer in (met, "not_sure"):
            offered = [one.id for one in useful_tests({**answers, atom.finding: answer}, known)]
            assert test.id not in offered
        without = {name: a for name, a in answers.items() if name != atom.finding}
        assert test.id not in [one.id for one in useful_tests(without, known)]


def test_screens_hold_the_first_tier_once(known):
    """Every safety question stands on one list, lists have at most six, and nothing is left."""
    items = [name for screen in known.screens for name in screen.items]
    assert sorted(set(items)) == sorted(items)
    assert set(known.first_tier) <= set(items)
    assert max(len(screen.items) for screen in known.screens) <= 6


def test_hidden_questions_can_never_have_been_worrying(known):
    """A question is hidden only by answers that make a worrying answer to it impossible to miss."""
    hidden = {name for screen in known.screens for name in screen.hide_if}
    for name in hidden:
        assert known.findings[name].least_worrying is not None


def test_exercise_follows_the_rules(walked):
    """A plan needs all answers, no help today, no grave doubt, and no rule that waits."""
    waits = {rule.id for rule in KNOWN.rules if not rule.walking_plan}
    allowed = set()
    for _, one in walked:
        for state in one.states:
            found = judge(state.answers(KNOWN), KNOWN)
            may = (
                found.complete
                and found.triage.level in ("self_care", "clinician_soon")
                and not waits & {rule.id for rule in found.triage.rules}
                and not KNOWN.alone_an_emergency & set(found.triage.not_answered)
            )
            assert may is found.may_exercise
            allowed.add(may)
    assert {True, False} == allowed


@pytest.mark.parametrize("rule", KNOWN.rules, ids=lambda rule: rule.id)
def test_a_rule_that_waits_stops_exercise(rule, known):
    """Of all rules only those to see someone soon may let a plan run, and then as they say."""
    answers = {name: calm(name) for name in known.first_tier}
    calm_one = judge(answers, known)
    assert calm_one.complete
    assert calm_one.may_exercise
    matched = replace(
        calm_one,
        triage=replace(calm_one.triage, level=rule.level, rules=(*calm_one.triage.rules, rule)),
    )
    assert (rule.level == "clinician_soon" and rule.walking_plan) is matched.may_exercise


def test_calm_person_gets_through(known):
    """Someone without a warning sign ends at "done", at self-care, and may walk."""
    one = walk_through(CALM, known)
    found = finish(one.interview, known)
    assert ("done", "self_care", True) == (one.ending, found.triage.level, found.may_exercise)


def test_the_same_answers_always_meet_the_same_questions():
    """Nothing depends on the order that a set happens to have in one run of Python."""
    code = (
        "from validation.checkup.people import Person, walk_through\n"
        "from evenstride.checkup.knowledge import knowledge\n"
        f"person = Person({CALM.answers!r})\n"
        "print([step.page for step in walk_through(person, knowledge()).states[-1].steps])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={
                **os.environ,
                "PYTHONHASHSEED": str(seed),
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in (0, 1, 2)
    }

    assert 1 == len(told)
    assert "at_once" in told.pop()
