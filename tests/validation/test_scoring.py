"""The rules by which results are judged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from validation.datasets import Reference, StrideTable
from validation.scoring import (
    Found,
    best_offset,
    cadence_errors,
    in_walking_only,
    legs,
    match,
    samples_confusion,
    score_contacts,
    score_lengths,
    score_sides,
    score_stride_times,
    steady_strides,
    timing_change,
    uncovered_s,
)

STEP_S = 0.5
CONTACT_S = 2.0 + STEP_S * np.arange(40)  # 2.0 ... 21.5
SIDE = np.where(np.arange(40) % 2 == 0, -1, 1).astype(np.int8)
TURN_S = np.array([[11.1, 12.4]])
NONE = np.zeros((0, 2))


def strides(length_m: float = 1.2) -> StrideTable:
    """Return strides of one length between all contacts."""
    start, end = CONTACT_S[:-2], CONTACT_S[2:]
    n = start.size
    return StrideTable(start, end, SIDE[:-2], np.full(n, length_m), np.full(n, length_m))


def reference(*, turn: bool = True) -> Reference:
    """Return 40 even steps, with or without a U-turn in their middle."""
    walking = np.array([[CONTACT_S[0], CONTACT_S[-1]]])
    turns = TURN_S if turn else NONE
    return Reference(
        contact_s=CONTACT_S,
        contact_side=SIDE,
        foot_off_s=np.zeros(0),
        foot_off_side=np.zeros(0, np.int8),
        scope_s=walking,
        turns_s=turns,
        bends_s=turns,
        strides=strides(),
        gait_s=walking,
        unsure_s=NONE,
    )


def found(contact_s: np.ndarray = CONTACT_S, **changes: object) -> Found:
    """Return a result that equals the truth but for the changes."""
    base = Found(
        contact_s=contact_s,
        contact_side=np.resize(SIDE, contact_s.size),
        bouts_s=np.array([[2.0, 21.5]]),
        strides=strides(),
        steps=float(contact_s.size),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_perfect_result_scores_perfectly() -> None:
    """A result that equals the truth gets full marks everywhere."""
    pair = [(reference(), found())]
    assert score_contacts(pair).f1 == 1.0
    assert score_contacts(pair).jitter_s == 0.0
    assert best_offset(pair) == pytest.approx(0.0, abs=1e-9)
    assert score_stride_times(pair).mae_s == 0.0
    assert score_stride_times(pair).coverage == 1.0
    assert score_sides(pair) == (1.0, 1.0)
    assert score_lengths(pair).length_mae_m == 0.0
    assert score_lengths(pair).coverage == 1.0
    errors, truths, covered = cadence_errors(pair)
    assert np.abs(errors).max() < 1e-9
    assert truths == pytest.approx([120.0, 120.0])
    assert covered == 1.0
    confusion = samples_confusion(pair[0][0], pair[0][1].bouts_s, 30.0)
    assert (confusion.f1, confusion.specificity) == (1.0, 1.0)


def test_nothing_found_is_scored_as_nothing() -> None:
    """An empty result has F1 zero and no coverage, and breaks nothing."""
    empty = found(np.zeros(0), strides=StrideTable.empty(), bouts_s=NONE)
    pair = [(reference(), empty)]
    assert score_contacts(pair).f1 == 0.0
    assert score_stride_times(pair).coverage == 0.0
    assert score_lengths(pair).coverage == 0.0
    assert np.isnan(score_sides(pair)[0])
    assert samples_confusion(pair[0][0], NONE, 30.0).f1 == 0.0
    assert best_offset(pair) == pytest.approx(0.0, abs=1e-9)


def test_closest_pairs_are_matched_first() -> None:
    """Two candidates for one contact: the closer one is taken, the other stays alone."""
    rows, columns = match(np.array([1.0]), np.array([0.9, 1.05]), 0.25)
    assert rows.tolist() == [0]
    assert columns.tolist() == [1]


@given(
    st.lists(st.floats(0.0, 20.0), max_size=30, unique=True),
    st.lists(st.floats(0.0, 20.0), max_size=30, unique=True),
)
def test_matching_is_one_to_one(true: list[float], mine: list[float]) -> None:
    """No contact is used twice and no pair is further apart than the tolerance."""
    one, other = np.sort(np.array(true)), np.sort(np.array(mine))
    rows, columns = match(one, other, 0.25)
    assert np.unique(rows).size == rows.size
    assert np.unique(columns).size == columns.size
    assert np.all(np.abs(one[rows] - other[columns]) <= 0.25 + 1e-6)


def test_turns_are_left_out() -> None:
    """Contacts missed or invented in a U-turn cost nothing."""
    turning = (CONTACT_S > 10.8) & (CONTACT_S < 12.7)
    quiet = found(CONTACT_S[~turning])
    noisy = found(np.sort(np.append(CONTACT_S, [11.26, 11.77, 12.28])))
    assert score_contacts([(reference(), quiet)]).f1 == 1.0
    assert score_contacts([(reference(), noisy)]).f1 == 1.0


def test_contacts_outside_the_scope_are_not_false_alarms() -> None:
    """What an engine finds long before the first or after the last label is not judged here."""
    more = found(np.concatenate([[0.5, 1.0], CONTACT_S, [23.0]]))
    assert score_contacts([(reference(), more)]).f1 == 1.0


def test_a_false_and_a_missed_contact_cost_the_same() -> None:
    """One contact too many and one too few both lower F1 by the textbook amount."""
    truth = reference(turn=False)
    less = score_contacts([(truth, found(np.delete(CONTACT_S, 5)))])
    more = score_contacts([(truth, found(np.sort(np.append(CONTACT_S, 5.26))))])
    assert (less.hits, less.false, less.missed) == (39, 0, 1)
    assert (more.hits, more.false, more.missed) == (40, 1, 0)
    assert less.f1 == pytest.approx(78 / 79)
    assert more.f1 == pytest.approx(80 / 81)


@given(st.floats(-0.18, 0.18))
def test_one_constant_is_forgiven(offset_s: float) -> None:
    """A constant delay is found and taken out; jitter does not see it."""
    pair = [(reference(), found(CONTACT_S + offset_s))]
    assert score_contacts(pair, 0.10, best_offset(pair)).f1 == 1.0
    assert score_contacts(pair).jitter_s == pytest.approx(0.0, abs=1e-9)
    assert score_stride_times(pair).mae_s == pytest.approx(0.0, abs=1e-9)


def test_a_skipped_contact_uncovers_its_strides() -> None:
    """A stride is covered only when both ends and exactly one contact between them were found."""
    truth = reference(turn=False)
    score = score_stride_times([(truth, found(np.delete(CONTACT_S, 10)))])
    assert score.strides == 38
    assert score.coverage == pytest.approx(35 / 38)


def test_swapped_sides_are_wrong_and_untold_sides_are_not() -> None:
    """Accuracy counts the sides that were told; the share told is given beside it."""
    swapped = found(contact_side=(-SIDE).astype(np.int8))
    assert score_sides([(reference(), swapped)]) == (0.0, 1.0)
    half = SIDE.copy()
    half[::4] = 0
    right, told = score_sides([(reference(), found(contact_side=half))])
    assert right == 1.0
    assert 0.6 < told < 0.9


def test_legs_are_cut_at_the_turn() -> None:
    """A walk with one U-turn has two legs, 0.3 s away from the turn."""
    assert legs(reference()) == pytest.approx(np.array([[2.0, 10.8], [12.7, 21.5]]))
    assert len(legs(reference(turn=False))) == 1


def test_first_and_last_strides_are_not_steady() -> None:
    """Strides that touch the turn or begin or end a leg are not steady."""
    truth = reference()
    steady = steady_strides(truth)
    start, end = truth.strides.start_s[steady], truth.strides.end_s[steady]
    assert start.min() == 2.5
    assert end.max() == 21.0
    assert not np.any((end > 10.8) & (start < 12.7))


def test_length_errors_are_means_over_legs() -> None:
    """A constant error of 5 cm is an error of 5 cm; absent lengths lower the coverage only."""
    table = strides(1.25)
    length = table.length_m.copy()
    length[::2] = np.nan
    score = score_lengths([(reference(), found(strides=replace(table, length_m=length)))])
    assert score.length_mae_m == pytest.approx(0.05)
    assert score.bias_m == pytest.approx(0.05)
    assert score.legs == 2
    assert score.coverage == 1.0  # the other foot's stride overlaps each by half
    length[:] = np.nan
    length[5] = 1.25
    few = score_lengths([(reference(), found(strides=replace(table, length_m=length)))])
    assert few.coverage < 0.3


def test_a_longer_bout_lowers_specificity_not_recall() -> None:
    """Standing called walking is counted sample by sample; unsure time is not counted at all."""
    truth = reference()
    longer = samples_confusion(truth, np.array([[2.0, 25.75]]), 30.0)
    assert longer.missed_walk == 0.0
    assert longer.false_walk == pytest.approx(4.25, abs=0.02)
    unsure = replace(truth, unsure_s=np.array([[21.51, 26.0]]))
    assert samples_confusion(unsure, np.array([[2.0, 25.75]]), 30.0).false_walk < 0.02


def test_single_steps_while_standing_can_be_set_aside() -> None:
    """Contacts outside unbroken walking count in the strict score and not in the other."""
    truth = reference()
    late = replace(
        truth,
        contact_s=np.append(truth.contact_s, 28.0),
        contact_side=np.append(truth.contact_side, np.int8(-1)),
        scope_s=np.array([[2.0, 28.0]]),
    )
    assert score_contacts([(late, found())]).missed == 1
    assert score_contacts([(in_walking_only(late), found())]).f1 == 1.0


def test_cadence_of_a_doubled_contact_is_too_high() -> None:
    """An invented contact in a leg of 18 steps raises its cadence."""
    errors, _, _ = cadence_errors(
        [(reference(turn=False), found(np.sort(np.append(CONTACT_S, 5.25))))]
    )
    assert errors == pytest.approx([120.0 / 37])


def test_timing_change_needs_equal_numbers() -> None:
    """Another number of contacts is an infinite change."""
    assert timing_change(found(), found(CONTACT_S + 1e-7)) == pytest.approx(1e-7, rel=1e-3)
    assert timing_change(found(), found(CONTACT_S[:-1])) == float("inf")


def test_time_without_a_reason_is_counted() -> None:
    """Seconds that are neither walking nor named as unused are silent failures."""
    said = found(unused_s=np.array([[0.0, 2.0]]))
    assert uncovered_s(said, 30.0) == pytest.approx(8.5, abs=0.2)
    assert uncovered_s(replace(said, unused_s=np.array([[0.0, 2.0], [21.5, 30.0]])), 30.0) == 0.0
