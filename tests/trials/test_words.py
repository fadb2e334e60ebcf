"""Words follow the bands."""

import pytest

from evenstride.trials.words import BANDS, EDGES, band_words, say


@pytest.mark.parametrize(
    ("bands", "better", "expected"),
    [
        ((0.6, 0.3, 0.1, 0, 0, 0, 0), True, "much better"),
        ((0.2, 0.6, 0.2, 0, 0, 0, 0), True, "better"),
        ((0.0, 0.2, 0.7, 0.1, 0, 0, 0), True, "a bit better"),
        ((0.0, 0.0, 0.4, 0.6, 0, 0, 0), True, "a bit better"),
        ((0, 0, 0, 0, 0, 0.1, 0.9), False, "much worse"),
        ((0, 0, 0, 0.1, 0.2, 0.6, 0.1), False, "worse"),
        ((0, 0, 0, 0.1, 0.8, 0.1, 0), False, "a bit worse"),
    ],
)
def test_the_strongest_words_that_are_more_likely_true(bands, better, expected):
    """The words are the strongest for which more than half of the probability stands."""
    assert expected == band_words(bands, better=better)


def test_there_is_a_band_between_all_edges():
    """Seven bands, six edges."""
    assert len(EDGES) + 1 == len(BANDS)


@pytest.mark.parametrize(
    ("verdict", "part"),
    [
        ("running", "too early"),
        ("no_clear_difference", "no clear difference"),
        ("no_big_difference", "less than one point"),
        ("B_better", "much better"),
    ],
)
def test_every_verdict_has_a_sentence(verdict, part):
    """Each verdict becomes one sentence that names both ways."""
    sentence = say(verdict, ("old", "new"), (1.0, 0, 0, 0, 0, 0, 0))

    assert part in sentence
    assert "old" in sentence
    assert "new" in sentence
