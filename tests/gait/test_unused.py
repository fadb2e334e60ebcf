"""Bouts and unused stretches together cover the whole recording."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.steps import Steps
from evenstride.gait.stretch import Stretch
from evenstride.gait.unused import list_unused
from evenstride.model import Bouts, Gap

DURATION_S = 100.0


def stretch_of(start_s: float, movement) -> Stretch:
    """A stretch with its movement, one value a second."""
    movement = np.asarray(movement, dtype=float)
    return Stretch(
        steps=Steps.none(),
        shapes=np.empty((0, 50)),
        turns=np.empty((0, 3)),
        quiet=np.empty((0, 6)),
        start_s=start_s,
        end_s=start_s + movement.size,
        movement_m_s2=movement,
    )


def bouts_of(*spans) -> Bouts:
    """Bouts from their starts and ends."""
    spans = np.array(spans, dtype=float).reshape(-1, 2)
    return Bouts(spans[:, 0], spans[:, 1], np.full(len(spans), 10))


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[float, float, bool]]:
    """Stretches in order that do not overlap; True marks a gap, False a bout."""
    edges = sorted(draw(st.lists(st.floats(0, DURATION_S), max_size=12)))
    pairs = zip(edges[0::2], edges[1::2], strict=False)
    return [(a, b, draw(st.booleans())) for a, b in pairs if b > a]


@given(spans=spans())
def test_everything_is_bout_or_unused(spans):
    """No moment is neither used nor explained, but for half a second beside a bout."""
    gaps = [Gap(a, b) for a, b, gap in spans if gap]
    bouts = bouts_of(*[(a, b) for a, b, gap in spans if not gap])
    found = list_unused(DURATION_S, gaps, [stretch_of(0, np.ones(100))], bouts)

    covered = sorted(
        [(u.start_s, u.end_s) for u in found] + list(zip(bouts.start_s, bouts.end_s, strict=True))
    )
    upto = 0.0
    for start, end in [*covered, (DURATION_S, DURATION_S)]:
        assert start - upto < 0.5
        upto = max(upto, end)
    assert sorted(found, key=lambda u: u.start_s) == list(found)
    assert all(u.reason.endswith(".") for u in found)
    assert all(0 <= u.start_s < u.end_s <= DURATION_S for u in found)


@given(spans=spans())
def test_nothing_is_both_used_and_unused(spans):
    """What is listed as unused overlaps no bout."""
    bouts = bouts_of(*[(a, b) for a, b, gap in spans if not gap])
    gaps = [Gap(a, b) for a, b, gap in spans if gap]

    for item in list_unused(DURATION_S, gaps, [stretch_of(0, np.ones(100))], bouts):
        overlap = np.minimum(bouts.end_s, item.end_s) - np.maximum(bouts.start_s, item.start_s)
        assert np.all(overlap <= 1e-9)


@pytest.mark.parametrize(
    ("movement", "word"), [(np.zeros(100), "Resting"), (np.full(100, 2.0), "Movement")]
)
def test_rest_is_told_from_movement(movement, word):
    """A quiet stretch is said to be rest, a lively one movement that is no walk."""
    (item,) = list_unused(DURATION_S, [], [stretch_of(0, movement)], bouts_of())

    assert (0.0, DURATION_S) == (item.start_s, item.end_s)
    assert item.reason.startswith(word)


def test_gaps_and_splinters_have_their_own_reasons():
    """A gap has no samples; what lies between two gaps is too short."""
    gaps = [Gap(10.0, 20.0), Gap(22.0, 30.0)]
    stretches = [stretch_of(0, np.zeros(10)), stretch_of(30, np.zeros(70))]
    found = list_unused(DURATION_S, gaps, stretches, bouts_of())

    assert [0.0, 10.0, 20.0, 22.0, 30.0] == [u.start_s for u in found]
    assert "No samples" in found[1].reason
    assert "No samples" in found[3].reason
    assert "Too short" in found[2].reason
