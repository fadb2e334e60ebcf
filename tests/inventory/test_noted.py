"""What was noted in a phone of late leads to the check-up; what is old, mild or told does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.inventory.noted import PAINS, SIGNS, concern_of

NOW = 1_800_000_000_000_000_000
DAY = 86_400_000_000_000
SEVERITIES = ("none", "mild", "moderate", "severe", "present", None)


def noted(what="back_pain", days_ago=1.0, severity=None, rating=None):
    """Return an entry as the diary keeps it."""
    at = NOW - round(days_ago * DAY)
    return {"what": what, "start": {"utc_ns": at}, "severity": severity, "rating": rating}


def test_severe_pain_since_the_last_checkup_is_counted_by_days():
    """Two notes of one day are one day; leg and pelvis count like the back."""
    found = concern_of(
        [
            noted(days_ago=3, severity="severe"),
            noted(days_ago=3.01, severity="severe"),
            noted("pelvic_pain", 1, "severe"),
        ],
        NOW,
        NOW - 20 * DAY,
        "UTC",
    )

    assert (("back_pain", "pelvic_pain"), 2, None, (), True) == (
        found.pains,
        found.pain_days,
        found.rating,
        found.signs,
        found.checked_up,
    )


@pytest.mark.parametrize(
    "one",
    [
        noted(severity="moderate"),
        noted(rating=6.9),
        noted(severity="severe", days_ago=14),
        noted(severity="severe", days_ago=6),
        noted(severity="severe", days_ago=-1),
        noted("headache", severity="severe"),
        noted("fever", severity="none"),
        noted("fever", 6),
        noted("note", rating=9),
    ],
    ids=str,
)
def test_what_does_not_count(one):
    """It is less, older than two weeks or the last check-up, to come, or something else."""
    assert None is concern_of([one], NOW, NOW - 5 * DAY, "UTC")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_counts_whatever_its_severity(sign):
    """A mild fever is a fever; without any check-up it counts too."""
    found = concern_of([noted(sign, severity="mild")], NOW, None, "UTC")

    assert ((sign,), (), False) == (found.signs, found.pains, found.checked_up)


def test_a_number_of_seven_or_more_is_severe():
    """The highest that was typed is told."""
    found = concern_of([noted(rating=7), noted(rating=8, days_ago=2)], NOW, None, "UTC")

    assert (("back_pain",), 2, 8) == (found.pains, found.pain_days, found.rating)


@given(
    st.lists(
        st.builds(
            noted,
            st.sampled_from((*PAINS, *SIGNS, "headache", "note")),
            st.floats(-2, 20),
            st.sampled_from(SEVERITIES),
            st.none() | st.floats(0, 10),
        )
    ),
    st.none() | st.floats(0, 20),
)
def test_order_changes_nothing_and_a_checkup_now_ends_it(symptoms, checked_days_ago):
    """The same notes in any order say the same; after a check-up nothing is left to say."""
    checked = None if checked_days_ago is None else NOW - round(checked_days_ago * DAY)
    found = concern_of(symptoms, NOW, checked, "Asia/Tokyo")

    assert found == concern_of(symptoms[::-1], NOW, checked, "Asia/Tokyo")
    assert None is concern_of(symptoms, NOW, NOW, "Asia/Tokyo")
    assert found is None or found.pain_days <= 14
