"""Sums and times of an outing that cannot be are taken out, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.importers import importers
from evenstride.importers.contract import Item
from evenstride.importers.credible import credible
from evenstride.importers.fit import read_fit
from evenstride.importers.own_track import OwnTrack
from evenstride.importers.xml_tracks.importer import XmlTracks
from evenstride.model import Activity, Left, Start, Track

NS = 10**9
BEGIN = 1_714_548_600 * NS
WALK = Activity(
    Start(BEGIN, 120, None, "recorded"), BEGIN + 1800 * NS, "walking", 1700.0, 2100.0, 2900,
    12.0, 11.0, 101.0, extra={"average_step_length_m": 0.7},
)  # fmt: skip


@credible
def read(*items: Item) -> Iterator[Item]:
    """Yield what is given."""
    yield from items


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("steps", 10**20, "1 step count"),
        ("steps", -5, "1 step count"),
        ("distance_m", float("inf"), "1 distance"),
        ("distance_m", 1e300, "1 distance"),
        ("moving_s", 6e301, "1 moving time"),
        ("moving_s", 2000.0, "1 moving time"),
        ("ascent_m", float("nan"), "1 climb"),
        ("descent_m", -1.0, "1 descent"),
        ("heart_rate_bpm", 1e9, "1 heart rate"),
        ("heart_rate_bpm", 0.0, "1 heart rate"),
    ],
)
def test_a_sum_that_cannot_be_is_taken_out_and_said(name: str, value: float, what: str) -> None:
    """It becomes absent; everything else of the outing stays."""
    changes: dict[str, Any] = {name: value}
    expected: dict[str, Any] = {name: None}
    assert [
        replace(WALK, **expected),
        Left(what, "no outing can have such a value"),
    ] == list(read(replace(WALK, **changes)))


def test_other_sums_without_a_size_are_taken_out() -> None:
    """Further statistics of a vendor must be numbers, too."""
    odd = replace(WALK, extra={**WALK.extra, "energy_j": float("inf"), "mean_k": 1e300})
    assert [WALK, Left("1 other sum", "no outing can have such a value")] == list(read(odd))


@pytest.mark.parametrize(("begin", "end"), [(0, 1800), (1, 10**10), (1.8e9, 1.7e9), (1e9, 1.7e9)])
def test_an_outing_at_an_impossible_time_is_left_out(begin: float, end: float) -> None:
    """Not in 1970, not after 2100, not before its begin, and not for years; samples stay."""
    start = replace(WALK.start, utc_ns=int(begin) * NS)
    odd = replace(WALK, start=start, end_utc_ns=int(end) * NS)
    left = Left("1 activity", "their times cannot be right")
    assert [left] == list(read(odd))
    track, said = read(Track(np.arange(3.0), activity=odd))
    assert isinstance(track, Track)
    assert (3, None, left) == (len(track), track.activity, said)


@given(
    st.builds(
        lambda s, m, n, b: replace(
            WALK, end_utc_ns=BEGIN + s * NS, moving_s=min(m, s), steps=n, heart_rate_bpm=b
        ),
        st.integers(0, 86_400),
        st.floats(0, 86_400),
        st.integers(0, 150_000),
        st.floats(20, 250),
    )
)
def test_what_can_be_is_let_through_as_it_is(walk: Activity) -> None:
    """A reader that is checked gives the very same items where nothing is wrong."""
    track = Track(np.arange(3.0), activity=walk)
    assert [walk, track] == list(read(walk, track))


def test_every_reader_of_outings_is_checked() -> None:
    """No importer that gives activities or tracks of walks is forgotten."""
    readers = {i.name: i.read for i in importers() if "activity" in i.kinds}
    del readers["FIT"]  # the one below, which archives use as well
    readers |= {"FIT": read_fit, "XML": XmlTracks.read_member, "own": OwnTrack.read}
    assert [] == [name for name, read in readers.items() if not hasattr(read, "__wrapped__")]
