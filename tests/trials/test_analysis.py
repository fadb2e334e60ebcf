"""What a trial says, when it says it, and what it warns of."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import OptionError
from evenstride.trials import posterior
from evenstride.trials.analysis import analyse
from evenstride.trials.design import Design, arms_of
from evenstride.trials.nouns import TrialWalk
from evenstride.trials.rules import certainty_asked

from .helpers import LOAD, POLES, SHOES, one, simulated


def test_a_large_effect_is_found_and_named():
    """Three points less with B end the trial early, with B named as much better."""
    result = analyse(one(), simulated(one(), -3.0))
    effect = result.as_assigned.effects[0]

    assert "decided" == result.state
    assert "B_better" == effect.verdict
    assert "With new shoes your walks were much better than with old shoes." == effect.sentence
    assert result.walks_looked_at < 28
    assert effect.low < -3 < effect.high


def test_a_harm_is_found_too():
    """Three points more with B are named as A being better."""
    effect = analyse(one(), simulated(one(), 3.0)).as_assigned.effects[0]

    assert "A_better" == effect.verdict
    assert "With new shoes your walks were much worse than with old shoes." == effect.sentence


def test_no_difference_is_said_without_calling_it_proof():
    """Without a difference the end says so and warns that this is no proof of equality."""
    result = analyse(one(), simulated(one(), 0.0, seed=2))

    assert "ended" == result.state
    assert "no_clear_difference" == result.as_assigned.effects[0].verdict
    assert any("does not mean" in caution for caution in result.cautions)


def test_a_long_quiet_trial_can_say_that_the_difference_is_small():
    """With many walks and little noise a difference above one point can be left aside."""
    design = one(84)

    effect = analyse(design, simulated(design, 0.0, sd=0.8)).as_assigned.effects[0]

    assert "no_big_difference" == effect.verdict


def test_it_is_always_about_you():
    """The first caution is always that this is about this person, these shoes, these weeks."""
    for walks in ([], simulated(one())[:8], simulated(one())):
        assert "This is about you, these shoes, these weeks." == analyse(one(), walks).cautions[0]


def test_nothing_is_said_before_the_first_look():
    """Before seven walks there is no answer, and the next look is named."""
    result = analyse(one(), simulated(one())[:6])

    assert result.as_assigned is None
    assert 7 == result.next_look
    assert "running" == result.state


def test_between_looks_the_answer_stays():
    """Walks after a look do not change what is shown before the next look."""
    walks = simulated(one())

    assert analyse(one(), walks[:14]).as_assigned == analyse(one(), walks[:20]).as_assigned


def test_walks_after_the_decision_change_nothing():
    """Once a look has decided, later walks do not take it back."""
    walks = simulated(one(), -3.0)
    decided = analyse(one(), walks)
    spoiled = walks[: decided.walks_looked_at] + [
        replace(walk, value=5.0) for walk in walks[decided.walks_looked_at :]
    ]

    assert decided.as_assigned == analyse(one(), spoiled).as_assigned


def test_the_bands_add_up():
    """The seven bands hold all the probability."""
    effect = analyse(one(), simulated(one(), -1.0)).as_assigned.effects[0]

    assert 7 == len(effect.bands)
    assert 1.0 == pytest.approx(sum(effect.bands))
    assert effect.p_better == pytest.approx(sum(effect.bands[:3]), abs=0.2)


@settings(max_examples=10)
@given(seed=st.integers(0, 10**6), effect=st.floats(-2, 2))
def test_the_same_entries_give_the_same_answer(seed, effect):
    """There is no chance in the analysis."""
    walks = simulated(one(seed=seed), effect, seed)

    assert analyse(one(seed=seed), walks) == analyse(one(seed=seed), walks)


def test_as_done_follows_what_was_really_worn():
    """Where the other arm was worn throughout, going by what was done turns the sign round."""
    design = one()
    walks = [
        replace(walk, done=(1 - arms_of(design, number)[0],))
        for number, walk in enumerate(simulated(design, -3.0))
    ]

    result = analyse(design, walks)

    assert result.walks_looked_at == result.changed
    assert result.as_assigned.effects[0].mean == pytest.approx(-result.as_done.effects[0].mean)
    assert any("really did" in caution for caution in result.cautions)


def test_a_few_changed_walks_are_counted():
    """Walks in the other arm are counted, and many of them are a caution."""
    design = one()
    walks = simulated(design)
    for number in range(8):
        walks[number] = replace(walks[number], done=(1 - arms_of(design, number)[0],))

    result = analyse(design, walks)

    assert 8 == result.changed
    assert any("8 of 28" in caution for caution in result.cautions)


def test_many_zeros_are_flagged_with_what_to_do():
    """More than a quarter of zeros is said, with the advice to compare something else."""
    walks = [replace(walk, value=0.0 if n % 2 else 2.0) for n, walk in enumerate(simulated(one()))]

    result = analyse(one(), walks)

    assert result.floor
    assert any("minutes until the pain rises" in caution for caution in result.cautions)
    assert not analyse(one(), simulated(one())).floor


def test_missing_outcomes_are_counted_and_cost_certainty():
    """Walks without a rating are counted, and the answer is wider."""
    walks = simulated(one(), seed=3)
    gaps = [replace(walk, value=None) if n % 2 else walk for n, walk in enumerate(walks)]

    full, half = analyse(one(), walks), analyse(one(), gaps)

    assert (28, 0) == (full.n, full.missing)
    assert (14, 14) == (half.n, half.missing)
    assert full.as_assigned.effects[0].sd < half.as_assigned.effects[0].sd


def test_without_any_outcome_there_is_no_answer():
    """A trial of which nothing was told ends without an answer and without a crash."""
    result = analyse(one(), [TrialWalk(float(day), None) for day in range(28)])

    assert "ended" == result.state
    assert result.as_assigned is None


def test_farther_is_better():
    """A longer distance is better, and the ratio is given."""
    design = one(outcome="distance")
    walks = [
        TrialWalk(float(n), 2000.0 * (1.5 if arms_of(design, n)[0] else 1.0) * (1 + 0.02 * (n % 3)))
        for n in range(28)
    ]

    effect = analyse(design, walks).as_assigned.effects[0]

    assert "B_better" == effect.verdict
    ratio, low, high = effect.ratio
    assert 1.5 == pytest.approx(ratio, rel=0.05)
    assert low < ratio < high


def test_three_factors_are_told_apart():
    """With three factors at once the one that acts is found and the others are not."""
    design = Design((SHOES, LOAD, POLES), "worst", 48, 2)

    result = analyse(design, simulated(design, -2.5, seed=4))
    verdicts = [effect.verdict for effect in result.as_assigned.effects]

    assert "B_better" == verdicts[0]
    assert {"B_better", "A_better"}.isdisjoint(verdicts[1:])
    assert "This is about you, these shoes and loads and poles, these weeks." == result.cautions[0]


def test_the_second_check_is_given_where_it_can_be():
    """The randomisation test needs six groups: 28 walks have seven."""
    result = analyse(one(), simulated(one(), 0.0, seed=2))
    short = analyse(one(16), simulated(one(16)))

    assert 0 < result.as_assigned.effects[0].randomisation_p <= 1
    assert short.as_assigned.effects[0].randomisation_p is None


@pytest.mark.parametrize(
    ("walks", "look", "factors", "expected"),
    [(28, 28, 1, 0.99), (28, 7, 1, 0.999), (84, 77, 1, 1 - 0.003 / 11), (40, 40, 2, 0.995)],
)
def test_more_looks_and_more_factors_ask_for_more(walks, look, factors, expected):
    """The end asks for 0.99, earlier looks share an allowance, factors share both."""
    assert expected == pytest.approx(certainty_asked(walks, look, factors))


@pytest.mark.parametrize(
    ("walks", "part"),
    [
        ([TrialWalk(0.0, 3.0)] * 29, "28 walks"),
        ([TrialWalk(float("nan"), 3.0)], "day"),
        ([TrialWalk(0.0, 11.0)], "0 to 10"),
        ([TrialWalk(0.0, float("nan"))], "0 to 10"),
        ([TrialWalk(0.0, 3.0, (2,))], "one of the two ways"),
        ([TrialWalk(0.0, 3.0, (1, 1))], "one of the two ways"),
    ],
)
def test_entries_that_cannot_be_are_refused(walks, part):
    """Entries out of range raise, and the sentence says why."""
    with pytest.raises(OptionError, match=part):
        analyse(one(), walks)


def test_minutes_must_be_above_zero():
    """No walk takes no time."""
    with pytest.raises(OptionError, match="above 0"):
        analyse(one(outcome="minutes_to_rise"), [TrialWalk(0.0, 0.0)])


def shifted(walks, days=0.0, points=0.0):
    """Return walks on other days, or with more pain on each."""
    return [replace(walk, day=walk.day + days, value=walk.value + points) for walk in walks]


def effect_of(design, walks):
    """Return the effect of the first factor as assigned."""
    return analyse(design, walks).as_assigned.effects[0]


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10**6), days=st.integers(-20_000, 20_000))
def test_the_calendar_does_not_matter(seed, days):
    """The same walks in another year give the same answer."""
    walks = simulated(one(seed=seed), -1.0, seed)
    here, there = effect_of(one(seed=seed), walks), effect_of(one(seed=seed), shifted(walks, days))

    assert here.sentence == there.sentence
    assert here.mean == pytest.approx(there.mean, abs=1e-6)
    assert here.bands == pytest.approx(there.bands, abs=1e-6)


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10**6), points=st.floats(0, 2))
def test_more_pain_on_every_walk_hardly_moves_the_effect(seed, points):
    """A constant added to all ratings is in the mean, not in the effect (but for the prior)."""
    design = one(seed=seed)
    walks = [replace(walk, value=min(walk.value, 8.0)) for walk in simulated(design, 0.0, seed)]

    here, there = (posterior_at_end(design, w) for w in (walks, shifted(walks, points=points)))
    assert here == pytest.approx(there, abs=0.03)


def posterior_at_end(design, walks):
    """Return mean and sd of the effect with all walks, without stopping early."""
    arms = np.array([arms_of(design, n) for n in range(len(walks))], dtype=float)
    days = np.array([walk.day for walk in walks])
    present = np.ones(len(walks), dtype=bool)
    explained_by, changes = posterior.columns(days, arms, present)
    outcome = np.array([walk.value for walk in walks])
    found = posterior.fit(days, explained_by, outcome, present, changes)
    return float(found.mean(1)), float(found.sd(1))


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10**6), effect=st.floats(-3, 3))
def test_changing_the_arms_mirrors_the_effect(seed, effect):
    """Where the other arm was walked throughout, as done is the mirror of as assigned."""
    design = one(seed=seed)
    walks = [
        replace(walk, done=(1 - arms_of(design, number)[0],))
        for number, walk in enumerate(simulated(design, effect, seed))
    ]
    result = analyse(design, walks)
    drawn, done = result.as_assigned.effects[0], result.as_done.effects[0]

    assert drawn.mean == pytest.approx(-done.mean, abs=1e-9)
    assert (drawn.low, drawn.high) == pytest.approx((-done.high, -done.low), abs=1e-4)
    assert drawn.bands == pytest.approx(done.bands[::-1], abs=1e-9)


def test_late_entries_are_put_in_the_order_of_their_days():
    """Two walks of one arm entered the other way round give the same answer."""
    design = one()
    walks = simulated(design, -1.0)
    late = [walks[1], walks[0], *walks[2:]]  # the first two walks share their arm

    assert arms_of(design, 0) == arms_of(design, 1)
    assert analyse(design, walks).as_assigned == analyse(design, late).as_assigned
