"""Draws come out the same for ever."""

from collections import Counter
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from evenstride.trials.draw import below, bits, order


def test_the_bits_are_those_of_the_documented_hash():
    """The bits of a seed and a name are fixed; a change would reorder every running trial."""
    expected = [1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]

    assert expected == list(islice(bits(1, "group/0"), 16))


@given(seed=st.integers(0, 2**63 - 1), count=st.integers(1, 20))
def test_an_order_holds_every_number_once(seed, count):
    """An order is a permutation."""
    assert list(range(count)) == sorted(order(count, bits(seed, "x")))


def test_every_order_is_as_likely():
    """Over many seeds each of the six orders of three comes up about equally often."""
    counts = Counter(order(3, bits(seed, "x")) for seed in range(3000))

    assert 6 == len(counts)
    assert all(400 < count < 600 for count in counts.values())


@given(limit=st.integers(1, 50), seed=st.integers(0, 999))
def test_numbers_stay_below_their_limit(limit, seed):
    """A drawn number is at least zero and below the limit."""
    assert 0 <= below(limit, bits(seed, "n")) < limit
