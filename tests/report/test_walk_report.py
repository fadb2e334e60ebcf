"""The report model says what was measured, how sure it is, and why the rest is missing."""

import dataclasses
import re

import numpy as np
import pytest

from evenstride.model import Measure, Unused
from evenstride.report.build import walk_report
from evenstride.report.model import Choices

PROFESSIONAL = Choices(professional=True)


def everything(report):
    """Return all words of a report."""
    return repr(dataclasses.replace(report, shape=None))


def test_the_headline_says_the_walk_in_one_sentence(gait):
    """A sore person reads how long, how many steps and how fast in the first line."""
    report = walk_report(gait)

    assert (
        "You walked for 2 min 13 s and took 247 steps: about 111 steps a minute." == report.headline
    )


def test_an_unsure_number_makes_no_headline(example):
    """A cadence that could be anything is left to the table, with its range."""
    unsure = Measure(88.0, 40.0, 136.0, "steps/min", "own_trend", "", 12)
    gait = example.example_gait(measures={**example.MEASURES, "cadence_spm": unsure})

    assert "You walked for 2 min 13 s and took 247 steps." == walk_report(gait).headline


def test_the_lead_names_what_changed(gait):
    """A person is told what they did, a professional which measures changed."""
    assert ("Towards the end you took slower steps (−3 steps a minute).",) == walk_report(gait).lead
    (lead,) = walk_report(gait, Choices(professional=True)).lead

    assert "3 of 5 measures changed: cadence (−3 steps/min)" in lead


def test_no_clear_change_is_said_calmly(example):
    """When every interval holds zero, nothing is made of it."""
    steady = {
        name: dataclasses.replace(m, value=0.1, low=-1.0, high=1.0)
        for name, m in example.MEASURES.items()
        if name.endswith("_drift") and m.value is not None
    }
    gait = example.example_gait(measures={**example.MEASURES, **steady})

    (lead,) = walk_report(gait).lead

    assert lead.startswith("No clear change was seen from the start to the end of your walk.")
    assert lead.endswith("so a change may have been missed.")


def test_a_reason_shared_by_most_is_told_once(gait):
    """The common reason of a grade stands in the key, not under each measure."""
    report = walk_report(gait)
    whys = {row.why for group in report.groups for row in group.rows}

    assert ["firm", "own_trend"] == [key.grade for key in report.grades]
    assert report.grades[1].reason not in whys


def test_a_change_too_small_to_show_is_none(example):
    """A change that rounds to zero is not called a change, however sure it is."""
    measures = {
        "cadence_spm": example.MEASURES["cadence_spm"],
        "cadence_spm_drift": Measure(0.001, 0.0009, 0.0011, "steps/min", "own_trend", "", 900),
    }
    (change,) = walk_report(example.example_gait(measures=measures)).changes

    assert ("none", "0.00") == (change.direction, change.number.value)


def test_a_walk_too_short_to_compare_says_why(example):
    """Without any change measured, the lead gives the reason."""
    reason = "The walk is too short for thirds."
    short = {n: m for n, m in example.MEASURES.items() if not n.endswith("_drift")}
    short["cadence_spm_drift"] = Measure.absent("steps/min", reason)

    (lead,) = walk_report(example.example_gait(measures=short)).lead

    assert f"Start and end of the walk could not be compared. {reason}" == lead


def test_absent_measures_stand_with_their_reason(gait):
    """Every measure without a usable value is listed once, with its reason."""
    absent = {item.reason: item.titles for item in walk_report(gait).absent}

    assert absent["It needs 200 steady strides; there were 110."] == (
        "Variation of step time",
        "Variation of stride time",
    )


def test_an_unusable_value_is_never_a_result(gait):
    """A value graded not_usable is hidden from a person and marked for a professional."""
    report = walk_report(gait, Choices(professional=True))
    rows = [row.name for group in report.groups for row in group.rows]
    titles = [title for item in report.absent for title in item.titles]

    assert "step_time_asymmetry_pct" not in rows
    assert any("not to be relied on" in title for title in titles)
    assert not any("(" in t for item in walk_report(gait).absent for t in item.titles)


def test_each_measure_is_shown_exactly_once(gait):
    """Measures, absences and changes together hold every measure of the Gait."""
    report = walk_report(gait)
    shown = sum(len(group.rows) for group in report.groups)
    absent = sum(len(item.titles) for item in report.absent)
    changed = len(report.changes) + sum(len(item.titles) for item in report.changes_missing)

    assert len(gait.measures) == shown + absent + changed


@pytest.mark.parametrize("units", ["metric", "imperial"])
def test_both_modes_show_the_same_numbers(gait, units):
    """Person and professional mode differ in words, never in a number."""

    def numbers(professional):
        report = walk_report(gait, Choices(units, professional))
        tiles = [tile.number for tile in report.glance]
        rows = [row.number for group in report.groups for row in group.rows]
        changes = [change.number for change in report.changes]
        return [(n.value, n.interval) for n in tiles + rows + changes]

    assert numbers(False) == numbers(True)


def test_a_missing_key_number_says_what_it_needs(example):
    """Without height or distance the glance says what speed needs."""
    measures = {**example.MEASURES, "speed_m_s": Measure.absent("m/s", example.NO_HEIGHT)}
    report = walk_report(example.example_gait(measures=measures))

    assert ["Time walking", "Steps", "Cadence"] == [tile.title for tile in report.glance]
    assert ((("Walking speed",), example.NO_HEIGHT),) == tuple(
        (item.titles, item.reason) for item in report.glance_missing
    )


def test_no_walking_is_said_with_the_reason(example):
    """A recording without walking says so and why, and shows no number."""
    report = walk_report(example.empty_gait())

    assert "No walking was found in this recording." == report.headline
    assert ("The sensor lay still.",) == report.lead
    assert () == report.groups
    assert () == report.glance
    assert ("All measures",) == report.absent[0].titles


@pytest.mark.parametrize("choices", [Choices(), PROFESSIONAL])
def test_no_nan_and_no_none_in_words(example, choices):
    """Absent is said in words: neither nan nor None reaches a reader."""
    for gait in (example.example_gait(), example.empty_gait()):
        assert not re.search(r"\bnan\b", everything(walk_report(gait, choices)))


@pytest.mark.parametrize("choices", [Choices(), PROFESSIONAL])
def test_words_are_calm(gait, choices):
    """Nothing is diagnosed, blamed or promised."""
    words = everything(walk_report(gait, choices)).lower()
    forbidden = ("diagnose ", "cure", "abnormal", "posture is", "bad ", "poor", "safe", "should")

    assert [] == [word for word in forbidden if re.search(rf"\b{word}", words)]


def test_help_signs_stand_on_every_report(gait):
    """When to get help is on every report, with the signs that cannot wait."""
    signs = " ".join(walk_report(gait).warnings.help_signs)

    for word in ("numbness", "urine", "weakness", "fever", "severe pain", "fall"):
        assert word in signs


def test_feet_are_named_only_when_sure(example):
    """Left and right are named only where the sides are known."""
    unsure = walk_report(example.example_gait()).shape
    sure = walk_report(example.example_gait(sides_known=True)).shape

    assert ("one foot", "the other foot") == (unsure.first_name, unsure.second_name)
    assert ("left foot", "right foot") == (sure.first_name, sure.second_name)


def test_lines_have_gaps_where_nothing_was_measured(gait):
    """A window without a value is left out, not drawn as zero."""
    line = walk_report(gait).cadence
    measured = np.isfinite(gait.timeline.cadence_spm)

    assert measured.sum() == len(line.points)


def test_a_week_is_thinned_for_the_screen(example):
    """Many windows are averaged so that a picture stays small."""
    few = example.example_gait().timeline
    many = type(few)(*(np.tile(column, 300) for column in few.columns().values()))

    assert len(walk_report(example.example_gait(timeline=many)).cadence.points) <= 240


def test_unused_stretches_are_summed_by_reason(example):
    """Equal reasons are told once, with their total."""
    unused = tuple(Unused(10.0 * i, 10.0 * i + 5.0, "A turn.") for i in range(5))
    (item,) = walk_report(example.example_gait(unused=unused)).unused

    assert (5, "25 s") == (item.times, item.total)
    assert item.where.endswith("and 2 more")


def test_a_measure_the_catalogue_lacks_is_still_shown(example):
    """A measure from elsewhere is shown under its own name."""
    gait = example.example_gait(
        measures={"foot_angle_deg": Measure(3.0, 2.0, 4.0, "°", "firm", "", 9)}
    )
    (group,) = walk_report(gait).groups

    assert ("Other", "Foot angle deg") == (group.title, group.rows[0].title)
