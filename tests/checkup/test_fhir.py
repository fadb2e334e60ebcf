"""The check-up as FHIR R4: it says what the knowledge says, and nothing gets lost."""

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import fhirkit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.checkup.fhir import answers_from, questionnaire, response
from evenstride.checkup.interview import Interview, Step
from evenstride.checkup.knowledge import knowledge
from evenstride.checkup.triage import applies, judge_triage
from evenstride.errors import AnswerError, OptionError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

ITEM_TYPES = {"group", "display", "choice", "decimal"}  # of the R4 codes, those that we use
OPERATORS = {"exists", "=", "!=", ">", "<", ">=", "<="}
SYSTEMS = {
    "http://terminology.hl7.org/CodeSystem/v2-0136",
    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    "http://unitsofmeasure.org",
    "http://hl7.org/fhir/questionnaire-item-control",
}
"""Every system of codes that is not our own; no clinical terminology among them."""


@cache
def form():
    """Return the questionnaire."""
    return questionnaire(knowledge())


def items(node) -> Iterator[dict]:
    """Yield every item below a resource or an item."""
    for item in node.get("item", []):
        yield item
        yield from items(item)


def by_link(node) -> dict:
    """Return every item by its link id."""
    return {item["linkId"]: item for item in items(node)}


def codings(node) -> Iterator[dict]:
    """Yield everything that looks like a coding."""
    if isinstance(node, dict):
        if "system" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from codings(part)


def empty_parts(node, path="") -> list[str]:
    """Return where a list, an object or a text is empty or null, which FHIR does not allow."""
    if node in (None, "", [], {}):
        return [path]
    if isinstance(node, str) and node != node.strip():
        return [path]
    parts = enumerate(node) if isinstance(node, list) else ()
    parts = node.items() if isinstance(node, dict) else parts
    return [bad for key, part in parts for bad in empty_parts(part, f"{path}/{key}")]


def possible(finding) -> list:
    """Return some answers to a question: all of them, or the ends of the numbers."""
    if finding.kind == "bool":
        return [True, False, "not_sure"]
    if finding.kind == "enum":
        return [*finding.values, "not_sure"]
    return [finding.low, finding.high, (finding.low + finding.high) / 3, "not_sure"]


@st.composite
def answer_sets(draw):
    """Draw right answers to any of the questions."""
    findings = knowledge().findings
    pairs = [(name, answer) for name in findings for answer in possible(findings[name])]
    numbers = [finding for finding in findings.values() if finding.kind == "number"]
    answers = {}
    if draw(st.booleans()):
        answers = dict.fromkeys((n for n, f in findings.items() if f.kind == "bool"), False)
    answers |= dict(draw(st.lists(st.sampled_from(pairs), max_size=60)))
    for finding in draw(st.lists(st.sampled_from(numbers), max_size=2)):
        answers[finding.id] = draw(st.floats(finding.low, finding.high))
    return answers


def as_interview(answers) -> dict:
    """Return answers as an interview hands them over: with those that follow from others."""
    return Interview((Step("all", answers),)).answers(knowledge())


def written(answers, *, complete=False) -> dict:
    """Return a response as another program would read it from a file."""
    return json.loads(json.dumps(response(answers, knowledge(), NOON, complete=complete)))


# ---------------------------------------------------------------------------- the questionnaire


def test_the_questionnaire_follows_the_r4_definitions():
    """An independent reader, made from the official R4 definitions, finds nothing wrong."""
    assert [] == fhirkit.validate(json.dumps(form()))


def test_the_questionnaire_says_what_it_is():
    """It is a draft for trial use, with the version of the knowledge, and claims no review."""
    wanted = {
        "resourceType": "Questionnaire",
        "status": "draft",
        "experimental": True,
        "version": knowledge().version,
        "date": knowledge().date,
    }
    assert wanted == {key: form()[key] for key in wanted}
    assert "publisher" not in form()
    assert () == knowledge().reviewed_by
    assert "No clinician has reviewed it yet." in form()["purpose"]
    assert re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", form()["name"])
    assert re.fullmatch(r"urn:[a-z0-9][a-z0-9-]+:\S+", form()["url"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", form()["date"])


def test_the_questionnaire_is_plain_json_without_empty_parts():
    """Nothing is null, empty, or padded with blanks, and it survives being written and read."""
    assert [] == empty_parts(form())
    assert form() == json.loads(json.dumps(form(), allow_nan=False))


def test_link_ids_are_unique():
    """No two items share a link id."""
    links = [item["linkId"] for item in items(form())]
    assert sorted(set(links)) == sorted(links)


def test_every_question_has_one_item():
    """Every finding is a choice or a number, and nothing else is."""
    asked = {item["linkId"] for item in items(form()) if item["type"] in ("choice", "decimal")}
    assert set(knowledge().findings) == asked


@pytest.mark.parametrize("item", list(items(form())), ids=lambda item: item["linkId"])
def test_an_item_keeps_the_invariants_of_r4(item):
    """Each type has the members that R4 wants for it, and no others."""
    kind, members = item["type"], set(item)
    assert kind in ITEM_TYPES
    if kind == "group":
        assert item["item"]
        assert not members & {"answerOption", "answerValueSet", "initial", "required"}
    if kind == "display":
        assert item["text"]
        assert not members & {"item", "code", "required", "repeats", "readOnly", "answerOption"}
    if kind == "choice":
        options = [
            (o["valueCoding"]["system"], o["valueCoding"]["code"]) for o in item["answerOption"]
        ]
        assert sorted(set(options)) == sorted(options)
        assert all({"valueCoding"} == set(option) for option in item["answerOption"])
        assert not members & {"answerValueSet", "initial"}
    if kind == "decimal":
        assert not members & {"answerOption", "answerValueSet", "initial"}
    assert (len(item.get("enableWhen", [])) > 1) == ("enableBehavior" in item)


@pytest.mark.parametrize(
    "item", [i for i in items(form()) if "enableWhen" in i], ids=lambda item: item["linkId"]
)
def test_a_condition_asks_another_question_in_its_own_words(item):
    """Each test names a question outside the item, an operator, and an answer of its type."""
    questions = by_link(form())
    inside = {below["linkId"] for below in items(item)} | {item["linkId"]}
    for test in item["enableWhen"]:
        asked = questions[test["question"]]
        (answer,) = set(test) - {"question", "operator"}
        assert test["operator"] in OPERATORS
        assert test["question"] not in inside
        if test["operator"] == "exists":
            assert answer == "answerBoolean"
        elif asked["type"] == "decimal":
            assert answer == "answerDecimal"
        else:
            assert answer == "answerCoding"
            assert test["operator"] in ("=", "!=")
            assert {"valueCoding": test["answerCoding"]} in asked["answerOption"]
    assert item.get("enableBehavior", "all") in ("all", "any")


def test_every_question_can_be_answered_with_not_sure():
    """Every choice offers the code that R4 has for it; a number has its limits and its unit."""
    for name, finding in knowledge().findings.items():
        item = by_link(form())[name]
        if finding.kind == "number":
            limits = {e["url"].rpartition("/")[2]: e for e in item["extension"]}
            assert finding.low == limits["minValue"]["valueDecimal"]
            assert finding.high == limits["maxValue"]["valueDecimal"]
            assert finding.unit == limits["questionnaire-unit"]["valueCoding"]["display"]
        else:
            codes = [option["valueCoding"]["code"] for option in item["answerOption"]]
            own = ["Y", "N"] if finding.kind == "bool" else list(finding.values)
            assert [*own, "asked-unknown"] == codes


def test_no_clinical_codes_are_invented():
    """Every code is of FHIR itself, of units, or of a system in our own name."""
    foreign = {
        c["system"] for c in codings(form()) if not c["system"].startswith("urn:evenstride:")
    }
    assert foreign <= SYSTEMS


def test_safety_questions_come_first_and_are_required():
    """Exactly the first tier is required, and the screens stand before all that is optional."""
    required = {item["linkId"] for item in items(form()) if item.get("required")}
    screens = [group for group in form()["item"] if group["linkId"].startswith("screen.")]
    groups = [group["linkId"] for group in form()["item"] if group["type"] == "group"]

    assert set(knowledge().first_tier) == required
    assert [f"screen.{screen.id}" for screen in knowledge().screens] == groups[: len(screens)]
    assert required <= {item["linkId"] for group in screens for item in items(group)}


def test_what_is_not_asked_is_hidden_and_read_only():
    """Measured findings, and those kept for the record, have a place but are shown to nobody."""
    group = by_link(form())["not-asked"]
    questions = [item for item in items(group) if item["type"] != "display"]

    assert {"m", "never"} == {knowledge().findings[item["linkId"]].tier for item in questions}
    assert all(item["readOnly"] for item in questions)
    assert [True] == [extension["valueBoolean"] for extension in group["extension"]]


def test_the_safety_net_is_always_shown():
    """The signs that need emergency help stand first, whatever is answered."""
    assert {"linkId": "safety-net", "text": knowledge().safety_net, "type": "display"} == (
        form()["item"][0]
    )


# --------------------------------------------------------------------------- what is switched on


def holds(test, given) -> bool:
    """Return whether one test of enableWhen holds for the items of a response."""
    answer = given.get(test["question"], {}).get("answer", [])
    if test["operator"] == "exists":
        return bool(answer) == test["answerBoolean"]
    value = answer[0] if answer else {}
    if "answerCoding" in test:
        coding, wanted = value.get("valueCoding"), test["answerCoding"]
        same = coding is not None and coding["code"] == wanted["code"]
        return same and coding["system"] == wanted["system"]
    number, bound = value.get("valueDecimal"), test["answerDecimal"]
    if number is None:
        return False
    return {"<": number < bound, ">=": number >= bound}[test["operator"]]


def switched_on(node, given, on=True) -> Iterator[str]:
    """Yield the link ids of all items that a form tool would show."""
    for item in node.get("item", []):
        tests = [holds(test, given) for test in item.get("enableWhen", [])]
        fits = any(tests) if item.get("enableBehavior") == "any" else all(tests)
        if on and fits:
            yield item["linkId"]
        yield from switched_on(item, given, on and fits)


def shown_by_the_check_up(name, answers) -> bool:
    """Return whether the check-up itself would show a question, given all other answers."""
    answers = as_interview(answers)
    hiding = (screen.hide_if.get(name) for screen in knowledge().screens)
    tests = (test.not_if for test in knowledge().home_tests if test.id == name)
    return (
        applies(name, answers, knowledge())
        and not any(condition is not None and condition.judge(answers) for condition in hiding)
        and all(condition is None or condition.judge(answers) is False for condition in tests)
    )


def everything(answers) -> dict:
    """Return an item with an answer for every answer, also for those that could be left out."""
    told = {}
    for name, answer in answers.items():
        told |= by_link(response({name: answer}, knowledge(), NOON, complete=False))
    return {name: item for name, item in told.items() if name in answers}


ANSWERED = {
    (name, str(answer)): everything({name: answer})[name]
    for name, finding in knowledge().findings.items()
    for answer in possible(finding)
}


@pytest.mark.parametrize("seed", range(100))
def test_a_form_shows_what_the_check_up_would_ask(seed):
    """The conditions of the form say what applies_if, hide_if and not_if say, for any answers."""
    findings, chance = knowledge().findings, random.Random(seed)
    share = chance.random()
    answers = {
        name: chance.choice(possible(finding))
        for name, finding in findings.items()
        if chance.random() < share
    }
    told = {name: ANSWERED[name, str(answer)] for name, answer in answers.items()}
    wanted = {name for name in findings if shown_by_the_check_up(name, answers)}

    assert wanted == set(switched_on(form(), told)) & set(findings)


# ---------------------------------------------------------------------------------- the answers


@given(answer_sets())
def test_the_answers_of_an_interview_come_back_as_they_were(answers):
    """Writing and reading gives the same answers, of the same types, in the same order."""
    told = as_interview(answers)
    back = answers_from(written(told), knowledge())

    assert list(told.items()) == list(back.items())
    assert [type(answer) is bool for answer in told.values()] == [
        type(answer) is bool for answer in back.values()
    ]


@given(answer_sets())
def test_reading_adds_only_what_follows(answers):
    """Answers that no interview gave come back with what follows from them; triage stays."""
    back = answers_from(written(answers), knowledge())

    assert as_interview(answers) == back
    assert judge_triage(answers, knowledge()).level == judge_triage(back, knowledge()).level


@given(answer_sets())
def test_a_response_answers_only_what_is_asked(answers):
    """Every item exists in the form, in its group, with one answer of its type, or none."""
    told, questions = written(answers), by_link(form())
    places = {
        below["linkId"]: group for group in questions.values() for below in group.get("item", [])
    }
    assert [] == empty_parts({key: value for key, value in told.items() if key != "item"})
    for item in items(told):
        asked = questions[item["linkId"]]
        assert all(item["linkId"] == places[b["linkId"]]["linkId"] for b in item.get("item", []))
        assert asked.get("text") == item.get("text")
        if asked["type"] == "group":
            assert {"linkId", "text", "item"} >= set(item)
            continue
        (answer,) = item["answer"]
        if asked["type"] == "choice":
            assert answer in asked["answerOption"]
        else:
            (key,) = answer
            assert key in ("valueDecimal", "_valueDecimal")


@given(answer_sets())
def test_a_finished_interview_leaves_nothing_open_and_answers_nothing_hidden(answers):
    """What is switched on and required is answered, and nothing is that is switched off."""
    for name in knowledge().first_tier:
        answers.setdefault(name, possible(knowledge().findings[name])[1])
    while off := [name for name in answers if not shown_by_the_check_up(name, answers)]:
        del answers[off[0]]
    told = by_link(written(as_interview(answers), complete=True))
    shown, questions = set(switched_on(form(), told)), by_link(form())

    assert set() == {name for name in shown if questions[name].get("required")} - set(told)
    assert set() == set(told) & set(knowledge().findings) - shown


@given(answer_sets(), st.booleans())
def test_a_response_follows_the_r4_definitions(answers, complete):
    """An independent reader, made from the official R4 definitions, finds nothing wrong."""
    told = response(answers, knowledge(), NOON, complete=complete)
    assert [] == fhirkit.validate(json.dumps(told))


def test_a_response_says_what_it_answers_and_when():
    """Version, time and status come from the caller and the knowledge, not from a clock."""
    told = {
        key: value for key, value in written({"age": 50}, complete=True).items() if key != "item"
    }
    wanted = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{form()['url']}|{knowledge().version}",
        "status": "completed",
        "authored": "2026-11-23T12:00:00+00:00",
    }
    assert wanted == told
    assert "in-progress" == written({})["status"]
    assert "item" not in written({})


def test_a_time_without_a_zone_is_refused():
    """FHIR wants a zone, and guessing one would be wrong."""
    with pytest.raises(OptionError):
        response({}, knowledge(), NOON.replace(tzinfo=None), complete=False)


def test_a_number_that_is_not_known_is_said_to_be_asked_but_unknowledge():
    """It is an answer without a value, with the reason that R4 has for it."""
    (answer,) = by_link(written({"age": "not_sure"}))["age"]["answer"]
    reason = {
        "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
        "valueCode": "asked-unknown",
    }
    assert {"_valueDecimal": {"extension": [reason]}} == answer


@given(answer_sets(), st.integers(0, 9))
def test_the_order_of_items_does_not_matter(answers, seed):
    """Groups and questions may come in any order, and the groups may be missing."""
    told = written(answers)
    flat = [item for item in items(told) if "answer" in item]
    random.Random(seed).shuffle(flat)

    assert answers_from(told, knowledge()) == answers_from({**told, "item": flat}, knowledge())


def one(link, *answers) -> dict:
    """Return a response with one item."""
    return {**written({}), "item": [{"linkId": link, "answer": list(answers)}]}


YES = {"system": "http://terminology.hl7.org/CodeSystem/v2-0136", "code": "Y"}


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (one("no_such_question", {"valueCoding": YES}), "no_such_question"),
        (one("safety-net", {"valueCoding": YES}), "safety-net"),
        (one("further", {"valueCoding": YES}), "further"),
        (one("fever", {"valueBoolean": True}), "fever"),
        (one("fever", {"valueCoding": {**YES, "code": "maybe"}}), "fever"),
        (one("fever", {"valueCoding": {**YES, "system": "urn:other"}}), "fever"),
        (one("fever", {"valueCoding": "Y"}), "fever"),
        (one("fever", {"valueCoding": YES}, {"valueCoding": YES}), "fever"),
        (one("fever", {"valueCoding": YES, "valueDecimal": 1}), "fever"),
        (one("fever", {}), "fever"),
        (one("fever", "yes"), "fever"),
        (one("age", {"valueInteger": 50}), "age"),
        (one("age", {"valueDecimal": "50"}), "age"),
        (one("age", {"valueDecimal": True}), "age"),
        (one("age", {"valueDecimal": 500}), "age"),
        (one("age", {"_valueDecimal": {"extension": []}}), "age"),
        (one("age", {"_valueDecimal": {"extension": [{"valueCode": "masked"}]}}), "age"),
        ({**written({}), "item": [*one("age", {"valueDecimal": 5})["item"]] * 2}, "age"),
        ({**written({}), "item": [{"answer": []}]}, "None"),
        ({**written({}), "item": {}}, ""),
        ({**written({}), "item": [{"linkId": "age", "answer": {}}]}, "age"),
        ({**written({}), "status": "entered-in-error"}, ""),
        ({**written({}), "questionnaire": "urn:other|1"}, ""),
        (form(), ""),
        (None, ""),
    ],
)
def test_what_does_not_fit_is_refused_and_named(told, named):
    """A wrong link id, number of answers, type or code is an AnswerError that names the item."""
    with pytest.raises(AnswerError) as caught:
        answers_from(told, knowledge())
    assert named == caught.value.finding


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["age", "Y", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["item", "linkId", "answer", "valueCoding", "_valueDecimal", "extension"]
            ),
            inner,
            max_size=4,
        )
    ),
)


@given(JSON)
def test_any_value_is_read_or_refused(value):
    """Whatever stands where items belong, the result is answers or an AnswerError."""
    try:
        found = answers_from({**written({}), "item": value}, knowledge())
    except AnswerError:
        return
    assert isinstance(found, dict)
