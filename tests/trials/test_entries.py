"""Walks of the diary become walks of a trial, whatever happens to the diary."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import OptionError
from evenstride.model.outing import Outing, PainRatings
from evenstride.trials.analysis import analyse
from evenstride.trials.design import arms_of
from evenstride.trials.entries import LoggedWalk, entry, walks_of
from evenstride.trials.nouns import TrialWalk

from .helpers import one

DAY = 86_400_000_000_000


def walked(count=28, effect=0.0):
    """Return walks of a diary, one a day, and the log of a trial that holds them all."""
    outings = [
        Outing(
            f"w{number}",
            number * DAY,
            back=PainRatings(worst=4.0 + number % 3 + effect * arms_of(one(), number)[0]),
        )
        for number in range(count)
    ]
    return outings, [LoggedWalk(outing.id, outing.start_utc_ns) for outing in outings]


def answered(outings, log):
    """Return the result of a trial from its diary."""
    return analyse(one(), walks_of(one(), log, outings))


def test_a_walk_of_the_diary_becomes_a_walk_of_the_trial():
    """Day and outcome are those of the walk."""
    outing = Outing("w", 2 * DAY, back=PainRatings(worst=4.0))

    assert TrialWalk(2.0, 4.0, (1,)) == entry(one(), outing, (1,))


def test_the_order_of_the_diary_and_walks_outside_the_trial_do_not_matter():
    """The log says what belongs to the trial."""
    outings, log = walked()
    more = [replace(outings[3], id="other", back=PainRatings(worst=10.0)), *reversed(outings)]

    assert answered(outings, log) == answered(more, log)


def test_a_removed_walk_leaves_a_gap_and_moves_no_other():
    """A walk that is no longer in the diary counts as not told; the others keep their arms."""
    outings, log = walked()
    result = answered(outings[:4] + outings[5:], log)

    assert (27, 1) == (result.n, result.missing)
    assert result.points[4].value is None
    assert [point.assigned for point in result.points] == [arms_of(one(), n) for n in range(28)]


def test_a_corrected_rating_counts_as_it_stands_now():
    """The outcome is read from the diary, not from the log."""
    outings, log = walked()
    outings[2] = replace(outings[2], back=PainRatings(worst=9.0))

    assert 9.0 == walks_of(one(), log, outings)[2].value


def test_a_walk_that_is_entered_late_keeps_its_day():
    """A walk of Tuesday entered after that of Wednesday is walk two of the trial, on Tuesday."""
    outings, log = walked()
    log[4], log[5] = log[5], log[4]
    result = answered(outings, log)

    assert [5.0, 4.0] == [point.day for point in result.points[4:6]]
    assert [arms_of(one(), 4), arms_of(one(), 5)] == [p.assigned for p in result.points[4:6]]
    assert result.as_assigned is not None


def test_a_walk_in_the_wrong_arm_counts_as_done_beside():
    """The verdict goes by what was drawn; what was done stands beside it."""
    outings, log = walked()
    log[0] = replace(log[0], done=(1 - arms_of(one(), 0)[0],))
    result, straight = answered(outings, log), answered(*walked())

    assert 1 == result.changed
    assert straight.as_assigned == result.as_assigned
    assert result.as_assigned.effects[0].mean != result.as_done.effects[0].mean


def test_what_was_done_may_be_told_though_it_was_as_drawn():
    """Telling the arm that was drawn is no change."""
    outings, log = walked()
    told = [replace(line, done=arms_of(one(), number)) for number, line in enumerate(log)]

    assert answered(outings, log).as_done == answered(outings, told).as_done
    assert 0 == answered(outings, told).changed


def test_two_walks_on_one_day_both_count():
    """A morning and an evening walk are two walks, half a day apart."""
    outings, log = walked()
    outings = [
        replace(outing, start_utc_ns=(n // 2) * DAY + (n % 2) * DAY // 2)
        for n, outing in enumerate(outings)
    ]
    result = answered(outings, log)

    assert [0.0, 0.5, 1.0] == [point.day for point in result.points[:3]]
    assert 28 == result.n


def test_a_change_of_the_clocks_is_no_change_of_time():
    """Two walks at eight on either side of a change of the clocks are 23 hours apart."""
    zone = ZoneInfo("Europe/Berlin")
    walks = [
        entry(
            one(), Outing(str(day), int(datetime(2026, 3, day, 8, tzinfo=zone).timestamp()) * 10**9)
        )
        for day in (28, 29)
    ]

    assert 23 / 24 == pytest.approx(walks[1].day - walks[0].day)


def test_a_walk_counts_once():
    """The same walk cannot stand twice in the log."""
    outings, log = walked()
    with pytest.raises(OptionError, match="counts once"):
        walks_of(one(), [log[0], log[0]], outings)


@settings(deadline=None, max_examples=15)
@given(st.sets(st.integers(0, 27), max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_walks_are_removed_does_not_matter(gone, random):
    """Only which walks are missing counts, not when or in which order they went."""
    outings, log = walked()
    left = [outing for number, outing in enumerate(outings) if number not in gone]
    random.shuffle(left)
    removed = answered(left, log)
    untold = answered(
        [replace(o, back=PainRatings()) if n in gone else o for n, o in enumerate(outings)], log
    )

    assert removed == untold
