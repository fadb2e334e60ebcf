"""Factors are shown with what was seen, what is missing and why, and never with a verdict."""

from datetime import date

import pytest

from evenstride.inventory import inventory
from evenstride.model import Measure, Outing, PainRatings, Person, Shoe
from evenstride.report.factors import factor_sheet, factors_sheet
from evenstride.report.sheet_text import render_sheet
from evenstride.report.visible import visible

TODAY = date(2026, 6, 10)
DAY_NS = 86_400_000_000_000
START = 1_780_000_000_000_000_000  # the end of May 2026


def walk(day, **more):
    """Return a walk of a day, with a pace that was measured."""
    pace = Measure(100.0 + day % 2, 99.0, 102.0, "steps/min", "firm", "", 200)
    return Outing(
        f"walk-{day}",
        START + day * DAY_NS,
        minutes=20,
        back=PainRatings(1, 2, 1, 1),
        measures={"cadence_spm": pace},
        **more,
    )


WALKS = [walk(day, shoe="boots", surface="grass", load_kg=3.5) for day in range(10)]
FOUND = inventory(WALKS, [Shoe("boots", "My\x1b[31m boots")], Person(mass_kg=70), TODAY)


def test_each_factor_stands_on_the_sheet():
    """Six headings, each with a lead, in the order of the inventory."""
    sheet = factors_sheet(FOUND, "metric", TODAY)

    assert [factor.title for factor in FOUND.factors] == [s.title for s in sheet.sections[:6]]


@pytest.mark.parametrize("factor", FOUND.factors, ids=lambda one: one.id)
@pytest.mark.parametrize("professional", [False, True])
def test_all_that_is_known_of_a_factor_is_shown(factor, professional):
    """What is known and what could be tried is on the page; sources are for professionals."""
    sheet = factor_sheet(factor, FOUND, "metric", professional=professional)
    text = " ".join(render_sheet(sheet, width=200).split())

    for known in factor.known:
        assert known.says in text
    for idea in factor.ideas:
        assert idea.says in text
    for seen in factor.observed:
        assert seen.value is not None or visible(seen.title) in text
    assert professional == any(section.title == "Sources" for section in sheet.sections)
    assert "\x1b" not in text


def test_no_posture_is_called_wrong():
    """The page of posture has no word of blame."""
    posture = factor_sheet(FOUND.factors[0], FOUND, "metric", professional=False)
    text = render_sheet(posture, width=200).lower()

    for word in ("wrong posture", "bad posture", "your posture is"):
        assert word not in text


def test_strike_says_what_cannot_be_told():
    """A phone at the back cannot tell which part of the foot lands first, and the page says so."""
    strike = factor_sheet(FOUND.factors[1], FOUND, "metric", professional=False)

    assert "cannot be told" in render_sheet(strike, width=200)


def test_what_is_carried_is_shown_as_a_share_of_the_body():
    """Three and a half kilograms of seventy are five per cent."""
    dose = factor_sheet(FOUND.factors[5], FOUND, "metric", professional=False)
    rows = {row[0]: row[1] for part in dose.sections if part.table for row in part.table.rows}

    assert "5%" in rows["What you carried, next to what you weigh"]


def test_an_experiment_with_shoes_names_no_pair_that_nobody_has():
    """Which pairs are meant the person chooses among their own; other ideas name their two ways."""
    for place in (1, 3):
        text = render_sheet(
            factor_sheet(FOUND.factors[place], FOUND, "metric", professional=False), width=300
        )
        assert "trial new --try shoes" in text
        assert "--try shoe " not in text


def test_nothing_noted_leads_to_the_first_walk():
    """Without a walk there is one thing to do."""
    empty = factors_sheet(inventory([], [], Person(), TODAY), "metric", TODAY)

    assert "evenstride log" in empty.action


def test_walks_that_are_all_too_old_are_not_denied():
    """With walks of long ago only, it is said from when the newest one is."""
    old = factors_sheet(inventory([], [], Person(), TODAY), "metric", TODAY, date(2024, 5, 3))

    assert "Your newest walk is from 3 May 2024" in old.action
    assert "no walk in the diary" not in old.action
