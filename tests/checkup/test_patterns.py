"""Patterns: tempered evidence, bands that are never too sure, and a reason for every step."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.checkup import check_up
from evenstride.checkup.patterns import BANDS, age_band, band_of, capped, evidence, judge_patterns

STENOSIS = {
    "age": 72,
    "walk_worse": True,
    "no_pain_sitting": True,
    "bend_fwd_relieves": True,
    "cart_relieves": True,
    "leg_side": "both",
}


def pattern(name, answers):
    """Return one pattern of a check-up."""
    return next(found for found in check_up(answers).patterns if found.id == name)


def test_further_answers_of_a_group_count_less():
    """Inside a group the strongest counts in full, the next half, then a third."""
    ratios = [("g", 1.0), ("g", -3.0), ("g", 2.0), ("h", 0.5)]
    assert pytest.approx(-3.0 + 2.0 / 2 + 1.0 / 3 + 0.5) == evidence(ratios)


@given(st.lists(st.tuples(st.sampled_from("gh"), st.floats(-3, 3))))
def test_evidence_never_exceeds_the_plain_sum_of_sizes(ratios):
    """Tempering can only make the evidence smaller than naive Bayes would."""
    assert abs(evidence(ratios)) <= sum(abs(value) for _, value in ratios) + 1e-9


def test_one_ratio_is_capped_both_ways(known):
    """A tiny study cannot settle a cause by itself, for it or against it."""
    cap = math.log(known.engine.single_lr_cap)
    assert pytest.approx(cap) == capped(1000.0, known.engine)
    assert pytest.approx(-cap) == capped(0.0001, known.engine)
    assert 0.0 == capped(1.0, known.engine)


@pytest.mark.parametrize(
    ("age", "expected"),
    [(0, "18-39"), (39.9, "18-39"), (40, "40-59"), (59, "40-59"), (60, "60+"), (120, "60+")],
)
def test_age_chooses_the_priors(age, expected, known):
    """Three bands of age, each with its priors."""
    assert expected == age_band({"age": age}, known.engine)


@pytest.mark.parametrize("answers", [{}, {"age": "not_sure"}])
def test_unknown_age_takes_the_middle_priors(answers, known):
    """Without an age the band from the file stands in."""
    assert known.engine.age_when_unknown == age_band(answers, known.engine)


def test_bands_have_the_borders_of_the_file(known):
    """A share at a border belongs to the higher band."""
    for place, border in enumerate(known.engine.bands):
        assert BANDS[place + 1] == band_of(border + 1e-9, 0.0, known.engine, "fits_well")
        assert BANDS[place] == band_of(border - 1e-9, 0.0, known.engine, "fits_well")


def test_no_cause_rises_above_what_questions_can_tell(known):
    """However strong the evidence, a cause with a highest band stays there."""
    for cause in known.causes:
        assert cause.max_band == band_of(0.5, 50.0, known.engine, cause.max_band)


def test_capped_causes_stay_in_their_band_when_every_answer_speaks_for_them(known):
    """With every favourable answer each cause stays at or below its highest band."""
    for cause in known.causes:
        answers = {}
        for feature in cause.features:
            atom = feature.when
            if feature.lr_pos > 1 and feature.finding not in answers and atom.among:
                answers[feature.finding] = atom.among[-1]
        found = next(p for p in judge_patterns(answers, known) if p.id == cause.id)
        assert BANDS.index(found.band) <= BANDS.index(cause.max_band)
        assert found.lift >= 1


def test_every_cause_is_listed_once(known):
    """Below urgent each cause of the file stands in the list, once."""
    listed = [found.id for found in check_up({}).patterns]
    assert sorted(cause.id for cause in known.causes) == sorted(listed)


def test_ordinary_back_pain_is_the_residual_and_is_not_moved(known):
    """One cause is the default, and no answer moves it."""
    assert ["nonspecific"] == [cause.id for cause in known.causes if cause.residual]
    assert 1.0 == pattern("nonspecific", STENOSIS).lift


def test_ordinary_back_pain_is_the_commonest_before_any_answer(known):
    """In every band of age no cause is commoner than the default."""
    ordinary = next(cause for cause in known.causes if cause.residual)
    for band in ordinary.prior:
        assert ordinary.prior[band] == max(cause.prior[band] for cause in known.causes)


def test_reasons_add_up_to_the_lift(known):
    """The shown answers for and against are all there is: their weights give the lift."""
    for found in check_up(STENOSIS).patterns:
        total = sum(reason.weight for reason in (*found.speaks_for, *found.speaks_against))
        assert pytest.approx(found.lift) == math.exp(known.engine.tau * total)


def test_reasons_come_strongest_first_on_the_right_side():
    """For is what raises, against is what lowers, each sorted by its share."""
    for found in check_up(STENOSIS).patterns:
        up = [reason.weight for reason in found.speaks_for]
        down = [reason.weight for reason in found.speaks_against]
        assert sorted(up, reverse=True) == up
        assert sorted(down) == down
        assert all(weight > 0 for weight in up)
        assert all(weight < 0 for weight in down)


def test_reasons_are_answers_that_were_given():
    """Each reason is an answer, reads as a statement, and says where its weight comes from."""
    for found in check_up(STENOSIS).patterns:
        for reason in (*found.speaks_for, *found.speaks_against):
            assert reason.finding in STENOSIS
            assert reason.says
            assert reason.basis in ("published", "rescaled", "expert")
            assert reason.mark in ("verified", "recalled", "estimate")


def test_typical_answers_point_to_their_cause():
    """Legs that hurt on a walk and are fine on a chair and a trolley fit stenosis first."""
    assert "lumbar_stenosis" == check_up(STENOSIS).patterns[0].id


def test_disabled_findings_move_nothing(known):
    """Measures that are not validated yet are taken, and move no cause."""
    before = check_up(STENOSIS).patterns
    for name in known.engine.disabled:
        assert before == check_up({**STENOSIS, name: True}).patterns


def test_tau_scales_the_lift_and_keeps_the_order(known):
    """A smaller tau says the same more quietly."""
    quiet = replace(known, engine=replace(known.engine, tau=known.engine.tau / 2))
    loud = {found.id: found.lift for found in judge_patterns(STENOSIS, known)}
    for found in judge_patterns(STENOSIS, quiet):
        assert pytest.approx(math.sqrt(loud[found.id])) == found.lift


@pytest.mark.parametrize("answers", [{"fever": True}, {"saddle_numb": True}])
def test_no_pattern_when_help_is_needed_today(answers):
    """At urgent and emergency level nothing distracts from getting help."""
    assert () == check_up({**STENOSIS, **answers}).patterns
