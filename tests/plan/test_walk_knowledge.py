"""The knowledge of the walking plan is whole, marked and in words for everybody."""

import re
from pathlib import Path
from string import Formatter

import pytest
from tools.check_knowledge.documents import leaves, read
from tools.check_knowledge.references import MARKS

from evenstride.plan import build
from evenstride.plan.ground import GROUNDS
from evenstride.plan.knowledge import plan_knowledge

KNOWN = plan_knowledge()
RAW = read()["walking_plan"]

GAPS = {
    "baseline_more": {"least"},
    "start": {"tolerated", "minutes", "sessions"},
    "start_careful": {"minutes", "sessions"},
    "more_often": {"sessions"},
    "longer": {"minutes"},
    "brisk": {"parts", "minutes"},
    "terrain": {"terrain"},
    "hold": {"low", "day"},
    "break_held": {"minutes"},
    "cut_amber": {"minutes"},
    "cut_red": {"minutes"},
    "break_week": {"minutes"},
    "break_long": {"minutes"},
    "today_red": {"minutes"},
    "today_amber_twice": {"minutes"},
}


def sections():
    """Return (place, evidence, mark) of everything that names its evidence."""
    for name in ("baseline", "start", "progress", "steps", "light"):
        yield name, RAW[name]["evidence"], RAW[name]["mark"]
    for part in ("variants", "rules"):
        for row in RAW[part]:
            yield f"{part}.{row['id']}", row["evidence"], row["mark"]


@pytest.mark.parametrize(("place", "named", "mark"), list(sections()), ids=lambda one: str(one))
def test_everything_names_its_evidence_and_no_mark_is_too_good(place, named, mark):
    """Evidence that is named exists, and a mark is never better than the weakest of it."""
    weakest = min(MARKS.index(RAW["evidence"][name]["mark"]) for name in named)

    assert MARKS.index(mark) <= weakest, place


def test_nobody_has_signed_it_off():
    """The list of reviewers stays empty until clinicians have signed."""
    assert () == KNOWN.reviewed_by


def test_gaps_in_the_sentences_are_those_that_are_filled():
    """Every sentence of a rule has the gaps that the program fills, and no other."""
    found = {
        rule.id: {name for _, name, _, _ in Formatter().parse(rule.says) if name}
        for rule in KNOWN.rules.values()
    }

    assert GAPS == {name: gaps for name, gaps in found.items() if gaps}


def test_what_the_tables_name_exists():
    """Breaks name rules, variants name causes, and days fit the number of walks."""
    causes = {cause["id"] for cause in read()["causes"]["causes"]}

    assert {row.rule for row in KNOWN.breaks} <= set(KNOWN.rules)
    assert {cause for one in KNOWN.variants.values() for cause in one.causes} <= causes
    assert [3, 4, 5] == sorted(KNOWN.days)
    for sessions, days in KNOWN.days.items():
        assert sessions == len(set(days))
        assert list(days) == sorted(days)
    assert set(GROUNDS) == set(KNOWN.terrain)
    assert GROUNDS[1:] == KNOWN.progress.terrain


def test_every_rule_is_one_that_the_plan_can_use():
    """No rule is left over: the code or the table of breaks names each one."""
    code = "".join(path.read_text("utf-8") for path in Path(build.__file__).parent.glob("*.py"))
    named = {row.rule for row in KNOWN.breaks}

    assert [] == [name for name in KNOWN.rules if name not in named and f'"{name}"' not in code]


def test_breaks_stand_from_the_longest():
    """The first row that fits is the right one, and longer breaks never start higher."""
    days = [row.from_days for row in KNOWN.breaks]
    factors = [row.factor or 0 for row in KNOWN.breaks]

    assert sorted(days, reverse=True) == days
    assert sorted(factors) == factors


def test_the_cautious_end_of_every_range_stands_here():
    """Where the draft gave a range, the plan has the end that asks for less."""
    assert 0.5 == KNOWN.light.red_factor
    assert 1.05 == KNOWN.steps.growth
    assert 26 == KNOWN.progress.by_week
    assert 130 == KNOWN.progress.hold_low_min


def test_phrases_that_frighten_stand_nowhere():
    """No text of the plan has a phrase that the draft forbids."""
    texts = [text for place, text in leaves(RAW) if place[0] != "never"]

    for phrase in RAW["never"]:
        assert [] == [text for text in texts if re.search(phrase, text, re.IGNORECASE)]
