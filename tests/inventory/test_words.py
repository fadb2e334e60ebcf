"""The knowledge of the factors is whole, marked, and in words for everybody."""

import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.check_knowledge import wording
from tools.check_knowledge.documents import folder, read, texts
from tools.check_knowledge.files import duplicate_keys
from tools.check_knowledge.references import MARKS

from evenstride.gait import CATALOGUE
from evenstride.inventory.knowledge import factors_knowledge, rows
from evenstride.plan.knowledge import plan_knowledge
from evenstride.trials.design import WITHIN_A_WALK

from .helpers import look, measure, walk

RAW = read()["factors"]
KNOWN = factors_knowledge()
IDEAS = [idea for factor in RAW["factors"] for idea in factor["tries"]]


def faults(check, document=RAW):
    """Return what a check of `make knowledge` finds in the factors."""
    return [str(fault) for fault in check({"factors": document})]


@pytest.mark.parametrize(
    "check",
    [wording.hard_to_read, wording.forbidden, wording.unclassified],
    ids=lambda c: c.__name__,
)
def test_words_are_easy_and_keep_to_the_rules(check):
    """Every text has a reader; those for people are easy and without words we do not use."""
    assert [] == faults(check)


def test_the_file_follows_its_schema():
    """And the schema is one."""
    schema = json.loads((folder() / "schemas" / "factors.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)

    assert [] == [error.message for error in Draft202012Validator(schema).iter_errors(RAW)]
    assert [] == list(duplicate_keys({"factors": texts()["factors"]}))


def test_nobody_has_signed_it_off():
    """The list of reviewers stays empty until clinicians have signed."""
    assert [] == RAW["reviewed_by"]


def test_factors_stand_in_their_order():
    """Six, and always the same."""
    ids = ["posture", "weight_and_strike", "rhythm", "footwear", "terrain", "dose"]

    assert ids == [factor.id for factor in KNOWN.factors]


def test_ids_stand_once():
    """Within a factor no id of what is known or tried stands twice."""
    for factor in RAW["factors"]:
        for part in ("known", "tries"):
            ids = [one["id"] for one in factor[part]]
            assert len(set(ids)) == len(ids)


def test_sources_exist_stand_in_one_place_and_are_used():
    """A source is in sources.yaml or here, never in both, and something points to it."""
    shared, own = read()["sources"]["sources"], RAW["sources"]
    named = {
        name for factor in RAW["factors"] for one in factor["known"] for name in one["sources"]
    }

    assert set() == set(shared) & set(own)
    assert set() == named - set(shared) - set(own)
    assert set() == set(own) - named - {"murtagh2021", "rashid2022"}  # of the norms


def test_no_mark_is_better_than_its_sources():
    """A fact is marked as the weakest of its sources, or weaker."""
    sources = read()["sources"]["sources"] | RAW["sources"]
    for factor in RAW["factors"]:
        for one in factor["known"]:
            weakest = min(MARKS.index(sources[name]["mark"]) for name in one["sources"])
            assert MARKS.index(one["mark"]) <= weakest, one["id"]


def test_points_of_the_article_exist():
    """Each factor shows entries of the page on the article."""
    entries = {entry["id"] for entry in read()["article"]["entries"]}
    shown = [name for factor in RAW["factors"] for name in factor["article"]]

    assert set() == set(shown) - entries
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("idea", IDEAS, ids=lambda idea: idea["id"])
def test_every_idea_can_be_carried_out(idea):
    """It is something that a trial can try, or a rule that the walking plan has."""
    if "rule" in idea:
        assert idea["rule"] in plan_knowledge().rules
    else:
        assert idea["kind"] in WITHIN_A_WALK
        assert len({arm.casefold() for arm in idea["arms"]}) == 2
        assert all(len(arm) <= 60 for arm in idea["arms"])


def test_nobody_is_told_to_correct_their_posture():
    """Ideas of posture are offers, and no text says that a posture or a walk is wrong."""
    said = " ".join(text for _, _, text in wording.person_texts({"factors": RAW})).casefold()

    for phrase in ("correct your", "is wrong", "bad posture", "poor posture", "you should", "must"):
        assert phrase not in said


def test_measures_exist():
    """Every measure of a factor is one of the catalogue, or its drift."""
    names = [name for factor in RAW["factors"] for name in factor["measures"]]

    assert [] == [name for name in names if name.removesuffix("_drift") not in CATALOGUE]
    assert set(KNOWN.repeat_sd) <= set(names)


def test_norms_have_no_symmetry_no_variability_and_no_posture():
    """The tables hold only what is compared with other people, or a repeat error."""
    assert {"gait_speed", "cadence"} == {row["metric"] for row in rows("norms")}
    assert {"step_length"} == {row["outcome"] for row in rows("norms_models")}


@pytest.mark.parametrize("table", ["norms", "norms_models", "reliability"])
def test_every_row_has_a_mark(table):
    """And says where it comes from."""
    for row in rows(table):
        assert row["mark"] in MARKS
        assert row["source"]


def test_repeat_errors_agree_with_their_published_detectable_change():
    """MDC95 is 1.96 sqrt 2 SEM; cadence is that of step time, carried over."""
    for row in rows("reliability"):
        sem, mdc = (float(row[name].split()[0]) for name in ("sem", "mdc95"))
        assert mdc == pytest.approx(1.96 * 2**0.5 * sem, rel=0.02)
    assert pytest.approx(3.29, abs=0.01) == KNOWN.repeat_sd["cadence_spm"]


def test_what_the_program_says_is_easy_too():
    """Sentences with their gaps filled keep to the same rules as the knowledge."""
    seen = {"cadence_spm": measure("cadence_spm", 110.0), "pitch_deg": measure("pitch_deg", 4.0)}
    walks = [
        walk(ago, worst=3, speed=1.3, measures=seen, minutes=20.0 + ago, shoe="blue", hills="flat",
             surface="grass", load_kg=3.0, sitting_before_min=30.0, distance_m=900.0)
        for ago in range(0, 60, 2)
    ]  # fmt: skip
    says = [
        text
        for factor in look(walks).factors
        for one in factor.observed
        for text in (one.says, one.title, one.comparison.says if one.comparison else "")
        if text
    ]
    says += [group.says for factor in look(walks).factors for group in factor.pain]
    document = {"pain": {f"t{number}": text for number, text in enumerate(says)}}

    assert len(says) > 40
    assert [] == [text for text in says if "{" in text]
    assert [] == faults(wording.forbidden, document)
    assert [] == faults(wording.hard_to_read, document)
