"""The decision table says the same as the triage rules, to any tool that reads DMN 1.3."""

import random
import re
from collections import Counter
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from evenstride.checkup.dmn import decision_table, inputs
from evenstride.checkup.knowledge import knowledge
from evenstride.checkup.logic import Atom
from evenstride.checkup.triage import judge_triage
from evenstride.model.checkup import LEVELS

DMN = {"d": "https://www.omg.org/spec/DMN/20191111/MODEL/"}


# ------------------------------------------- a little reader of decision tables, on its own feet


@cache
def model():
    """Return the root of the document, parsed from its text."""
    return ET.fromstring(decision_table(knowledge()).encode())  # noqa: S314 - our own text


@cache
def table():
    """Return names of the inputs, and for each row its tests, its rank and its notes."""
    (found,) = model().iterfind(".//d:decisionTable", DMN)
    names = [text.text for text in found.iterfind("d:input/d:inputExpression/d:text", DMN)]
    rows = []
    for rule in found.iterfind("d:rule", DMN):
        tests = [text.text for text in rule.iterfind("d:inputEntry/d:text", DMN)]
        notes = [text.text for text in rule.iterfind("d:annotationEntry/d:text", DMN)]
        (rank,) = rule.iterfind("d:outputEntry/d:text", DMN)
        rows.append((tests, int(rank.text), notes))
    return names, rows


@cache
def fits(test, value) -> bool:
    """Return whether a value passes a unary test of FEEL, of the few kinds that we write."""
    if test == "-":
        return True
    if re.fullmatch(r'"\w+"(,"\w+")*', test):
        return value in re.findall(r"\w+", test)
    if value is None:
        return False
    if span := re.fullmatch(r"\[([\d.]+)\.\.([\d.]+)\)", test):
        return float(span[1]) <= value < float(span[2])
    sign, bound = re.fullmatch(r"(>=|<) ([\d.]+)", test).groups()
    return value >= float(bound) if sign == ">=" else value < float(bound)


@cache
def narrowed():
    """Return each row as only those tests that ask for something."""
    names, rows = table()
    return [
        (
            [(name, test) for name, test in zip(names, tests, strict=True) if test != "-"],
            rank,
            notes,
        )
        for tests, rank, notes in rows
    ]


def hits(given) -> list:
    """Return rank and notes of every row that some inputs meet."""
    return [
        (rank, notes)
        for tests, rank, notes in narrowed()
        if all(fits(test, given[name]) for name, test in tests)
    ]


def agree(answers) -> None:
    """Assert that table and triage give the same level, for the reasons of the same rules.

    The rank is what a DMN tool answers: COLLECT with MAX.
    """
    rows, found = hits(inputs(answers, knowledge())), judge_triage(answers, knowledge())
    assert LEVELS.index(found.level) == max(rank for rank, _ in rows), answers
    assert {rule.id for rule in found.rules} == {n[0] for _, n in rows} - {"self_care"}, answers


# ----------------------------------------------------------------------------------- what it says


def drawn(finding, chance):
    """Return a random answer to a question, near the borders of the rules for a number."""
    if finding.kind == "bool":
        return chance.choice([True, False, False, False, "not_sure"])
    if finding.kind == "enum":
        return chance.choice([*finding.values, "not_sure"])
    near = chance.choice([0, 14, 18, 25, 28, 30, 42, 45, 50, 55, 60, 65, 70, 84, 90, 7, 8])
    number = chance.choice([near, near - 0.5, chance.uniform(finding.low, finding.high)])
    return chance.choice(["not_sure", min(max(number, finding.low), finding.high)])


@pytest.mark.parametrize("seed", range(8))
def test_the_table_gives_the_level_of_the_rules(seed):
    """For 8 x 500 sets of answers, few and many, sure and unsure, table and triage agree."""
    chance = random.Random(seed)
    for _ in range(500):
        share = chance.random() ** 2
        answers = {
            name: drawn(finding, chance)
            for name, finding in knowledge().findings.items()
            if chance.random() < share
        }
        agree(answers)


def meets(atom) -> object:
    """Return an answer that meets one comparison."""
    if atom.not_sure:
        return "not_sure"
    if atom.among:
        return atom.among[-1]
    return atom.at_least if atom.at_least is not None else atom.below - 1


def least(condition) -> list[dict]:
    """Return the smallest sets of answers that make a condition true."""
    if isinstance(condition, Atom):
        return [{condition.finding: meets(condition)}]
    sets: list[dict] = []
    for chosen in combinations(condition.parts, condition.n):
        found: list[dict] = [{}]
        for part in chosen:
            found = [{**one, **other} for one in found for other in least(part)]
        sets += found
    return sets


@pytest.mark.parametrize("rule", knowledge().rules, ids=lambda rule: rule.id)
def test_the_least_that_meets_a_rule_meets_the_table(rule):
    """Every smallest set of answers hits the rule; with one of them less, the two still agree."""
    for answers in least(rule.when):
        named = {note[0] for _, note in hits(inputs(answers, knowledge()))}
        assert rule.when.judge(answers) is True
        assert rule.id in named
        for name in answers:
            agree({key: answer for key, answer in answers.items() if key != name})
            agree({**answers, name: "not_sure"})


def test_nothing_answered_is_self_care():
    """The last row holds always, so that the answer is never empty."""
    assert [(0, ["self_care", None, knowledge().levels["self_care"].clinical])] == hits(
        inputs({}, knowledge())
    )


def test_every_rule_stands_in_the_table_with_its_reason():
    """Each row names its rule, how soon, and the reason for professionals; no rule is missing."""
    told = {tuple(notes): rank for _, rank, notes in narrowed()[:-1]}
    wanted = {
        (rule.id, str(rule.within_days), rule.clinical): LEVELS.index(rule.level)
        for rule in knowledge().rules
    }
    descriptions = model().iterfind(".//d:rule/d:description", DMN)

    assert wanted == told
    assert [f"{n[0]}: {n[2]}" for _, _, n in narrowed()] == [one.text for one in descriptions]


def test_no_row_of_a_rule_is_needless():
    """No row asks for all that another row of its rule asks for, and more."""
    for tests, _, notes in narrowed():
        others = [set(t) for t, _, n in narrowed() if n == notes and t != tests]
        assert not any(other <= set(tests) for other in others)
    assert [1] == sorted(set(Counter((str(t), n[0]) for t, _, n in narrowed()).values()))


# --------------------------------------------------------------------------------- how it is built


def test_the_document_is_dmn_1_3():
    """Names, order and attributes are those of the standard, and ids are unique."""
    (decision,) = model().iterfind("d:decision", DMN)
    (found,) = decision.iterfind("d:decisionTable", DMN)
    ids = [element.get("id") for element in model().iter() if element.get("id")]
    order = [child.tag.partition("}")[2] for child in found]

    assert f"{{{DMN['d']}}}definitions" == model().tag
    assert ("COLLECT", "MAX") == (found.get("hitPolicy"), found.get("aggregation"))
    assert sorted(set(ids)) == sorted(ids)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one) for one in ids)
    assert ["input", "output", "annotation", "rule"] == list(dict.fromkeys(order))
    assert 1 == order.count("output")


def test_every_row_has_a_cell_for_every_column():
    """Rows are as long as the head of the table."""
    (found,) = model().iterfind(".//d:decisionTable", DMN)
    names, rows = table()
    notes = found.findall("d:annotation", DMN)
    assert {(len(names), len(notes))} == {(len(tests), len(said)) for tests, _, said in rows}


def test_every_input_is_declared_and_needed():
    """Columns, input data and requirements name the same questions, in the same order."""
    names, _ = table()
    data = model().findall("d:inputData", DMN)
    variables = model().findall("d:inputData/d:variable", DMN)
    columns = model().findall(".//d:input/d:inputExpression", DMN)
    needed = model().findall(".//d:informationRequirement/d:requiredInput", DMN)

    assert names == [one.get("name") for one in data] == [one.get("name") for one in variables]
    assert [f"#{one.get('id')}" for one in data] == [one.get("href") for one in needed]
    assert [one.get("typeRef") for one in variables] == [one.get("typeRef") for one in columns]
    assert list(inputs({}, knowledge())) == names


def test_the_document_says_that_no_clinician_has_reviewed_it():
    """The version of the knowledge, and what it has not had yet, stand at the top."""
    (said,) = model().iterfind("d:description", DMN)
    version, date = knowledge().version, knowledge().date
    assert () == knowledge().reviewed_by
    assert f"Knowledge {version} of {date}. No clinician has reviewed it yet." == said.text


def test_the_same_knowledge_gives_the_same_document():
    """Nothing depends on the order of sets or on a clock."""
    assert decision_table(knowledge()) == decision_table(knowledge())
    assert decision_table(knowledge()).startswith("<?xml version='1.0' encoding='utf-8'?>\n")


def test_answers_are_spelt_for_a_dmn_tool():
    """Yes, no and not_sure are strings; what nobody asked or knows is null."""
    answers = {"fever": True, "smoker": False, "saddle_numb": "not_sure", "leg_weak": "both"}
    told = inputs({**answers, "age": "not_sure", "pain_worst": 7}, knowledge())
    wanted = {
        "fever": "yes",
        "smoker": "no",
        "saddle_numb": "not_sure",
        "leg_weak": "both",
        "age": None,
        "pain_worst": 7,
        "duration_days": None,
    }
    assert wanted == {name: told[name] for name in wanted}
