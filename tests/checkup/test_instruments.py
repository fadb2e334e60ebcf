"""Questionnaires: totals, the change that matters, and what may be shipped."""

import json
import math
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from evenstride.checkup.instruments import compare, imported, instruments, score
from evenstride.errors import AnswerError

CASES = Path(__file__).parent / "cases" / "scores"
KNOWLEDGE = files("evenstride") / "knowledge"
FILES = sorted(
    (f for f in (KNOWLEDGE / "instruments").iterdir() if f.name.endswith(".yaml")),
    key=lambda f: f.name,
)
GOLDEN = yaml.safe_load((CASES / "golden.yaml").read_text(encoding="utf-8"))
CHANGES = yaml.safe_load((CASES / "changes.yaml").read_text(encoding="utf-8"))["changes"]

WITH_TOTAL = [one for one in instruments().values() if one.span]
WITH_ITEMS = [one for one in instruments().values() if one.items]


def totals(instrument):
    """Return a strategy of the totals an instrument can have."""
    low = 0 if instrument.span.low is None else instrument.span.low
    high = 50 if instrument.span.high is None else instrument.span.high
    if instrument.span.whole:
        return st.integers(int(low), int(high))
    return st.floats(low, high).map(lambda value: round(value, 2))


def replies(item):
    """Return a strategy of the answers an item takes, a missing one among them."""
    if item.kind == "truth":
        known = st.booleans()
    elif item.kind == "choice":
        known = st.sampled_from([choice.id for choice in item.choices])
    else:
        known = st.integers(int(item.low), int(item.high))
    return st.one_of(st.none(), known)


@st.composite
def filled_in(draw):
    """Draw an instrument with items, and answers to it by item id."""
    instrument = draw(st.sampled_from(WITH_ITEMS))
    answers = {item.id: draw(replies(item)) for item in instrument.items}
    if instrument.id == "start_back":
        assume(None in answers.values() or answers["psych"] <= answers["total"])
    return instrument, answers


def label(case):
    """Return a short name for a case."""
    return case["of"]


@pytest.mark.parametrize("case", GOLDEN["scores"], ids=label)
def test_answers_give_the_total_worked_out_by_hand(case):
    """Answers give the stated total and band, and the gaps are counted."""
    found = score(case["of"], case["answers"])

    assert case["value"] == found.value
    assert case["band"] == found.band
    assert case["missing"] == len(found.missing)
    assert found.value is not None or found.reason


@pytest.mark.parametrize("case", GOLDEN["imported"], ids=label)
def test_a_total_from_elsewhere_is_taken_as_it_is(case):
    """A total worked out elsewhere keeps its value and gets its band."""
    found = imported(case["of"], case["total"])

    assert case["value"] == found.value
    assert case["band"] == found.band
    assert found.value is not None or found.reason


@pytest.mark.parametrize("case", CHANGES, ids=lambda c: f"{c['of']}-{c['from']}-{c['to']}")
def test_a_change_is_judged_by_its_rule(case):
    """A change matters by points or by share, and the reason names which."""
    change = compare(imported(case["of"], case["from"]), imported(case["of"], case["to"]))

    assert case["amount"] == pytest.approx(change.amount)
    assert case["direction"] == change.direction
    assert case["important"] is change.important
    assert case["says"] in change.why


def test_every_instrument_has_a_case():
    """No questionnaire is without a total stated by hand."""
    cases = GOLDEN["scores"] + GOLDEN["imported"]

    assert set(instruments()) == {case["of"] for case in cases}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_file_follows_the_schema(file):
    """Every file of a questionnaire has the keys, kinds and marks that the schema asks for."""
    schema = json.loads(
        (KNOWLEDGE / "schemas" / "instrument.schema.json").read_text(encoding="utf-8")
    )
    data = yaml.safe_load(file.read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator(schema).validate(data)

    assert file.name == f"{data['id']}.yaml"
    assert [] == data["reviewed_by"]


def test_the_schema_refuses_texts_that_are_not_ours():
    """A file that is not ours and yet carries an item text does not pass the schema."""
    schema = json.loads(
        (KNOWLEDGE / "schemas" / "instrument.schema.json").read_text(encoding="utf-8")
    )
    data = yaml.safe_load((KNOWLEDGE / "instruments" / "peg.yaml").read_text(encoding="utf-8"))
    data["items"][0]["ask"] = "How are you?"

    assert not jsonschema.Draft202012Validator(schema).is_valid(data)


@pytest.mark.parametrize("instrument", instruments().values(), ids=lambda i: i.id)
def test_item_texts_are_shipped_only_where_they_are_ours(instrument):
    """Every item of ours has a text, and no other item has any."""
    ours = instrument.licence.redistributable == "ours"

    assert [ours] * len(instrument.items) == [bool(item.ask) for item in instrument.items]
    if not ours:
        assert not any(i.low_says or i.high_says or i.choices for i in instrument.items)


@pytest.mark.parametrize("instrument", instruments().values(), ids=lambda i: i.id)
def test_a_file_is_sound(instrument):
    """Ids of items and bands are unique, ranges run upwards, and bounds of bands rise."""
    names = [item.id for item in instrument.items]
    bands = [band.id for band in instrument.bands]
    bounds = [b.above if b.at_least is None else b.at_least for b in instrument.bands]
    stated = [bound for bound in bounds if bound is not None]
    span = instrument.span

    assert len(set(names)) == len(names)
    assert len(set(bands)) == len(bands)
    assert sorted(stated) == stated
    assert span is None or span.low is None or span.low < span.high
    assert instrument.most_missing < max(len(names), 1)
    assert (instrument.rule == "imported_only") == (not names)


def test_what_ostelo_2008_gives_is_what_the_files_say():
    """The changes that matter are 2, 5 and 10 points, each or 30 %, verified."""
    found = {
        name: (one.change.absolute, one.change.relative, one.change.mark)
        for name, one in instruments().items()
        if one.change and one.change.source == "Ostelo 2008"
    }

    assert found == {
        "pain_back_worst": (2, 0.3, "verified"),
        "pain_back_week": (2, 0.3, "verified"),
        "pain_leg_worst": (2, 0.3, "verified"),
        "pain_leg_week": (2, 0.3, "verified"),
        "rmdq24": (5, 0.3, "verified"),
        "odi": (10, 0.3, "verified"),
    }


@given(filled_in(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(filled, random):
    """Answers by id in any order, by number, and as a list give one and the same result."""
    instrument, answers = filled
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    numbers = {n: answers[item.id] for n, item in enumerate(instrument.items, start=1)}
    found = score(instrument.id, answers)

    assert found == score(instrument.id, dict(shuffled))
    assert found == score(instrument.id, numbers)
    assert found == score(instrument.id, list(answers.values()))


@given(filled_in())
def test_a_total_stays_in_its_range(filled):
    """A total is never outside the range of the questionnaire, and never a bare None."""
    instrument, answers = filled
    found = score(instrument.id, answers)

    if found.value is None:
        assert found.reason
    else:
        assert instrument.span.low <= found.value <= instrument.span.high
    assert {item.id for item in instrument.items} == {*found.answered, *found.missing}


@given(filled_in(), st.data())
def test_a_missing_answer_is_never_a_zero(filled, data):
    """Taking an answer away gives no total, or the mean of those that are left."""
    instrument, answers = filled
    taken = data.draw(st.sampled_from([item.id for item in instrument.items]))
    left = {name: one for name, one in answers.items() if name != taken}
    known = [one for one in left.values() if one is not None]
    found = score(instrument.id, left)

    assert taken in found.missing
    if instrument.when_missing == "mean_of_answered" and known:
        assert found.value == pytest.approx(sum(known) / len(known))
    elif instrument.id == "start_back":
        assert found.value == left.get("total")
    else:
        assert found.value is None


@given(st.lists(st.sampled_from([True, False, None]), min_size=10, max_size=10))
def test_a_gap_of_the_stenosis_questions_counts_only_if_it_cannot_matter(answers):
    """With gaps the result stands only if every way to fill them gives the same one."""
    results = {
        score("sshq", [fill if one is None else one for one in answers]).band
        for fill in (True, False)
    }
    found = score("sshq", answers).band

    assert found == (results.pop() if len(results) == 1 else None)


@pytest.mark.parametrize("instrument", WITH_TOTAL, ids=lambda i: i.id)
@given(data=st.data())
def test_a_change_turns_round_when_the_two_are_swapped(instrument, data):
    """Swapping earlier and later turns the sign and the direction round."""
    first = imported(instrument.id, data.draw(totals(instrument)))
    last = imported(instrument.id, data.draw(totals(instrument)))
    there, back = compare(first, last), compare(last, first)
    turned = {"better": "worse", "worse": "better", "same": "same"}

    assert there.amount == -back.amount
    assert turned[there.direction] == back.direction
    assert there.why
    assert back.why


@pytest.mark.parametrize("instrument", [i for i in WITH_TOTAL if i.change], ids=lambda i: i.id)
@given(data=st.data())
def test_a_larger_change_in_points_never_matters_less(instrument, data):
    """From one first total, a change that matters still matters when it goes further."""
    first, near, far = (imported(instrument.id, data.draw(totals(instrument))) for _ in range(3))
    assume((near.value - first.value) * (far.value - first.value) > 0)
    assume(abs(far.value - first.value) >= abs(near.value - first.value))

    if compare(first, near).important:
        assert compare(first, far).important


def test_an_absent_total_gives_no_change():
    """A change from or to an absent total is unknown, with the reason."""
    known, absent = imported("rmdq24", 12), score("rmdq24", [None] * 24)

    for change in (compare(known, absent), compare(absent, known)):
        assert (None, None, None) == (change.amount, change.important, change.direction)
        assert "There is no answer yet." in change.why


def test_totals_over_different_questions_are_not_judged():
    """A mean of three activities and a mean of two of them are not compared as like with like."""
    change = compare(
        score("walking_activities", [2, 2, 2]), score("walking_activities", [None, 9, 9])
    )

    assert change.important is None
    assert "different questions" in change.why


def test_different_questionnaires_are_not_compared():
    """Two results of different questionnaires are refused."""
    with pytest.raises(AnswerError, match="cannot be compared"):
        compare(imported("odi", 20), imported("rmdq24", 20))


def test_leg_and_back_are_not_compared():
    """The rating of the leg is another questionnaire than the rating of the back."""
    with pytest.raises(AnswerError):
        compare(imported("pain_back_worst", 5), imported("pain_leg_worst", 5))


@pytest.mark.parametrize(
    ("name", "answers", "finding"),
    [
        ("nothing", [1], "nothing"),
        ("pain_back_worst", [11], "pain_back_worst.pain_back_worst"),
        ("pain_back_worst", [-1], "pain_back_worst.pain_back_worst"),
        ("pain_back_worst", [4.5], "pain_back_worst.pain_back_worst"),
        ("pain_back_worst", [math.nan], "pain_back_worst.pain_back_worst"),
        ("pain_back_worst", [math.inf], "pain_back_worst.pain_back_worst"),
        ("pain_back_worst", [True], "pain_back_worst.pain_back_worst"),
        ("pain_back_worst", ["7"], "pain_back_worst.pain_back_worst"),
        pytest.param(
            "pain_back_worst", [10**5000], "pain_back_worst.pain_back_worst", id="huge answer"
        ),
        ("pain_back_worst", {"back": 4}, "pain_back_worst.back"),
        ("pain_back_worst", {2: 4}, "pain_back_worst.2"),
        ("pain_back_worst", {0: 4}, "pain_back_worst.0"),
        ("pain_back_worst", {True: 4}, "pain_back_worst.True"),
        pytest.param(
            "pain_back_worst",
            {"9" * 5000: 4},
            "pain_back_worst.something of the kind str",
            id="long name",
        ),
        pytest.param(
            "pain_back_worst",
            {10**5000: 4},
            "pain_back_worst.something of the kind int",
            id="huge number",
        ),
        ("pain_back_worst", {"pain_back_worst": 4, 1: 4}, "pain_back_worst.pain_back_worst"),
        ("pain_back_worst", [1, 2], "pain_back_worst"),
        ("pain_back_worst", "7", "pain_back_worst"),
        ("pain_back_worst", 7, "pain_back_worst"),
        ("rmdq24", [True] * 23, "rmdq24"),
        ("rmdq24", {3: 1}, "rmdq24.3"),
        ("rmdq24", {"25": True}, "rmdq24.25"),
        ("global_change", ["better"], "global_change.global_change"),
        ("global_change", [2], "global_change.global_change"),
        ("global_change", [["much_better"]], "global_change.global_change"),
        ("start_back", {"total": 3, "psych": 4}, "start_back.psych"),
        ("odi", [1], "odi"),
    ],
)
def test_an_answer_that_cannot_be_is_named(name, answers, finding):
    """A wrong id, kind or range is refused, and the error names what it was given for."""
    with pytest.raises(AnswerError) as raised:
        score(name, answers)

    assert finding == raised.value.finding
    assert raised.value.sentence


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("odi", 101),
        ("odi", -1),
        ("odi", math.nan),
        ("odi", True),
        ("odi", "low"),
        ("odi", [3]),
        ("rmdq24", 7.5),
        ("paindetect", math.inf),
        pytest.param("paindetect", 10**5000, id="huge total"),
        ("zcq_function", 0),
        ("sshq", 4),
        ("start_back", "severe"),
    ],
)
def test_a_total_that_cannot_be_is_refused(name, total):
    """A total out of range or of the wrong kind is refused, and the questionnaire is named."""
    with pytest.raises(AnswerError) as raised:
        imported(name, total)

    assert name == raised.value.finding


@given(
    st.sampled_from([*instruments(), "nothing"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=3) | st.integers(-1, 11), inner, max_size=3)
        ),
        max_leaves=5,
    ),
)
def test_anything_gives_a_result_or_an_error_that_names_it(name, anything):
    """Whatever comes as answers or total gives a result or AnswerError, never another error."""
    for call in (score, imported):
        try:
            named = call(name, anything).instrument
        except AnswerError as error:
            named = error.finding

        assert name == named.partition(".")[0]


def test_weak_totals_say_so():
    """A total where the list shows change poorly carries a note."""
    assert any("below 4" in note for note in imported("rmdq24", 2).notes)
    assert () == imported("rmdq24", 12).notes


def test_recalled_rules_say_so():
    """A result that rests on a rule from memory carries a note."""
    assert any("recalled" in note for note in imported("start_back", 2).notes)


def test_unknown_names_point_to_the_known_ones():
    """A wrong name of a questionnaire gets the list of the right ones."""
    with pytest.raises(AnswerError) as raised:
        imported("oswestry", 20)

    assert "odi" in raised.value.hint
