"""Damaged files give what is whole, and say what is not."""

from __future__ import annotations

import gzip
import random
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import DamagedFile
from evenstride.importers.contract import NO_OPTIONS
from evenstride.importers.fit import Fit, read_fit
from evenstride.importers.fit import reader as fit_reader
from evenstride.importers.source import Source
from evenstride.model import Left, Track

from . import write
from .helpers import items, lefts, tracks

SUM = "check sum"


def said(data: bytes) -> str:
    """Return all warnings of the first track."""
    return " ".join(tracks(data)[0].warnings)


def test_a_file_cut_at_any_byte_keeps_every_whole_point() -> None:
    """The points are those that were written before the cut, and the cut is said."""
    messages = write.walk(12)
    data = write.join(messages)
    ends = 14 + np.cumsum([len(message) for message in messages])
    whole = tracks(data)[0]
    for cut in range(12, len(data)):
        count = min(int((ends[2:14] <= cut).sum()), 12)
        found = [item for item in items(data[:cut]) if isinstance(item, Track)]
        assert (count > 0) == bool(found)
        if found:
            assert whole.time_s[:count].tolist() == found[0].time_s.tolist()
            assert whole.latitude_deg[:count].tolist() == found[0].latitude_deg.tolist()
            wrong = [w for w in found[0].warnings if "ends in the middle" in w or SUM in w]
            assert 1 == len(wrong)


def test_two_files_in_one_are_two_outings() -> None:
    """Chained files are read one after the other, each by its own definitions."""
    one = write.join(write.walk(20))
    assert [20, 20] == [len(track) for track in tracks(one + one)]
    assert [20, 30, 20] == [len(track) for track in tracks(one + write.join(write.walk(30)) + one)]


@pytest.mark.parametrize("header", [12, 14])
def test_both_kinds_of_header_are_read(header: int) -> None:
    """The short header of old devices has no check sum of its own."""
    data = write.fit(b"".join(write.walk(20)), header=header)
    assert 20 == len(tracks(data)[0])
    assert SUM not in said(data)


def test_a_length_of_zero_is_read_to_the_end() -> None:
    """Some apps never go back to fill in the length."""
    data = write.fit(b"".join(write.walk(20)), size=0)
    assert 20 == len(tracks(data)[0])
    assert "does not say how long" in said(data)
    assert 7200 // 60 == tracks(data)[0].start.utc_offset_min  # type: ignore[union-attr]


def test_a_length_that_is_too_small_is_read_to_the_end() -> None:
    """The check sum shows that the file goes on."""
    data = write.fit(b"".join(write.walk(20)), size=300)
    assert 20 == len(tracks(data)[0])
    assert "longer than it says" in said(data)


@pytest.mark.parametrize("end", [b"", b"\x12\x34"])
def test_a_missing_or_wrong_check_sum_is_said_and_read(end: bytes) -> None:
    """The data may be fine; the person is told."""
    data = write.fit(b"".join(write.walk(20)), end=end)
    assert 20 == len(tracks(data)[0])
    assert SUM in said(data)
    assert SUM not in said(write.join(write.walk(20)))


@pytest.mark.parametrize("junk", [b"\0" * 100, b"\xffjunk" * 9, b"\x0e\x10"])
def test_junk_behind_the_end_changes_nothing(junk: bytes) -> None:
    """It is counted and left out."""
    data = write.join(write.walk(20))
    assert tracks(data)[0].time_s.tolist() == tracks(data + junk)[0].time_s.tolist()
    assert [f"{len(junk)} bytes"] == [left.what for left in lefts(data + junk)]
    assert [20, 20] == [len(track) for track in tracks(data + junk + data)]


@pytest.mark.parametrize("lost", [1, 5, 13, 17, 26, 31, 63, 200])
def test_bytes_lost_in_the_middle_cost_only_what_is_near(lost: int) -> None:
    """Reading goes on at records that follow each other at fitting times."""
    body = b"".join(write.walk(200))
    middle = len(body) // 2
    data = write.fit(body[:middle] + body[middle + lost :], end=b"\x01\x02")
    track = tracks(data)[0]
    size = len(write.record(0))
    assert 200 - 4 - lost // size <= len(track) < 200
    assert np.isin(track.time_s, np.arange(200.0)).all()
    whole = tracks(write.fit(body))[0]
    np.testing.assert_array_equal(whole.latitude_deg[track.time_s.astype(int)], track.latitude_deg)
    assert any("damaged there" in left.reason for left in lefts(data))
    assert "walking" == track.activity.sport  # type: ignore[union-attr]


def test_zeros_in_a_file_that_uses_one_local_number_for_all() -> None:
    """Going back behind misread messages brings back the definition that was in force there."""
    layout = write.Layout(20, (write.Field(253, 6), write.Field(5, 6), write.Field(3, 2)), local=0)
    last = write.Layout(34, (write.Field(253, 6),), local=0)
    body = write.head() + layout.define()
    body += b"".join(layout.write(write.T0 + s, 140 * s, 90) for s in range(200))
    body += last.define() + last.write(write.T0 + 200)
    middle = len(body) // 2
    data = write.fit(body[:middle] + bytes(50) + body[middle + 50 :], end=b"\x01\x02")
    track = tracks(data)[0]
    assert 190 <= len(track) < 200
    np.testing.assert_allclose(track.distance_m, 1.4 * track.time_s)


def test_bytes_lost_in_whole_messages_are_told_by_the_check_sum() -> None:
    """Nothing else can show it: what is left fits together."""
    body = b"".join(write.walk(200))
    size, middle = len(write.record(0)), len(body) // 2
    data = write.fit(body[:middle] + body[middle + 2 * size :], end=b"\x01\x02")
    assert 198 == len(tracks(data)[0])
    assert SUM in said(data)


def test_lost_bytes_between_mixed_messages_are_passed_too() -> None:
    """Apps write two kinds of message in turn: four in a row of any known kind are enough."""
    place = write.Layout(20, (write.Field(253, 6), write.Field(0, 5), write.Field(1, 5)), 0)
    way = write.Layout(20, (write.Field(253, 6), write.Field(5, 6)), 7)
    body = write.head() + place.define() + way.define()
    for second in range(100):
        body += way.write(write.T0 + second, 140 * second)
        body += place.write(write.T0 + second, 500_000_000 + second, 100_000_000)
    for cut in range(800, 830):
        track = tracks(write.fit(body[:cut] + body[cut + 1 :]))[0]
        assert 97 <= len(track) <= 100
        known = np.isfinite(track.distance_m)
        np.testing.assert_allclose(track.distance_m[known], 1.4 * track.time_s[known])


def test_a_clock_set_on_the_way_is_no_damage() -> None:
    """The first points count from power-on; a wrong check sum does not make the others doubtful."""
    early = write.Layout(20, (write.Field(253, 6), write.Field(5, 6)), local=9)
    body = early.define() + b"".join(early.write(500 + second, 0) for second in range(8))
    data = write.fit(write.head() + body + b"".join(write.walk(60)[1:]), end=b"\x01\x02")
    assert 60 == len(tracks(data)[0])
    assert [Left("8 points", "their time cannot be right")] == lefts(data)


def test_points_whose_time_cannot_be_right_are_left_out() -> None:
    """A damaged time would stretch a walk over years."""
    far = write.Layout(20, (write.Field(253, 6), write.Field(5, 6)), local=9)
    body = b"".join(write.walk(20)[:-2]) + far.define()
    body += far.write(write.T0 + 90 * 86_400, 0) + far.write(write.T0 - 10**8, 0)
    assert 20 == len(tracks(write.fit(body))[0])
    assert [Left("2 points", "their time cannot be right")] == lefts(write.fit(body))


def test_points_without_a_time_are_counted() -> None:
    """They cannot be placed, so they are left out."""
    bare = write.Layout(20, (write.Field(5, 6),), local=9)
    body = b"".join(write.walk(20)) + bare.define() + 3 * bare.write(1000)
    assert 20 == len(tracks(write.fit(body))[0])
    assert [Left("3 points", "they had no time")] == lefts(write.fit(body))


def test_a_file_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound on what is held in memory, told as a sentence."""
    monkeypatch.setattr(fit_reader, "MOST_BYTES", 300)
    left = items(write.join(write.walk(20)))
    assert [Left("walk.fit", "it is longer than 512 MB, which no recording of a walk is")] == left


def test_a_header_alone_is_one_clear_error() -> None:
    """Nothing could be read: a sentence and what to do."""
    source = Source.of(write.fit(b"")[:14] + b"\0" * 40)
    assert Fit().sniff(source).score > 50
    with pytest.raises(DamagedFile, match="nothing in it could be read") as caught:
        Fit().plan(source, NO_OPTIONS)
    assert caught.value.hint


def test_a_file_of_settings_says_what_it_is() -> None:
    """It is whole, but holds no walk."""
    source = Source.of(write.fit(write.head(kind=2)), "settings.fit")
    plan = Fit().plan(source, NO_OPTIONS)
    assert () == plan.parts
    assert [Left("settings.fit", "it holds settings of a device, and no walk")] == list(plan.left)


def survives(data: bytes) -> None:
    """Check that any bytes give sorted tracks, or one clear error from the plan."""
    source = Source.of(data)
    if not Fit().sniff(source).score:
        return
    try:
        plan = Fit().plan(source, NO_OPTIONS)
    except DamagedFile:
        return
    for item in Fit().read(source, plan):
        if isinstance(item, Track):
            assert len(item) > 0
            assert not (np.diff(item.time_s) < 0).any()
            assert (np.diff(item.segment) >= 0).all()
            assert not (abs(item.latitude_deg) > 90).any()


def test_flipped_bits_and_stretches_of_junk_never_break_it() -> None:
    """A damaged file gives what can be read, or one clear error."""
    dice = random.Random(5)
    data = write.join(write.walk(25))
    for _ in range(250):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 3, 30))):
            damaged[dice.randrange(14, len(damaged))] ^= 1 << dice.randrange(8)
        if dice.random() < 0.3:
            at = dice.randrange(14, len(damaged))
            damaged[at : at + dice.randrange(60)] = dice.randbytes(dice.randrange(60))
        survives(bytes(damaged))


@given(st.binary(max_size=400))
def test_any_body_behind_a_good_header_is_survived(body: bytes) -> None:
    """Nothing that stands in a file is trusted."""
    survives(write.fit(body))
    survives(write.fit(b"".join(write.walk(6)) + body))


def test_a_damaged_archive_member_is_read_as_far_as_it_goes() -> None:
    """A .gz that ends early gives the points before the end, and says so."""
    packed = gzip.compress(write.join(write.walk(3000)))
    source = Source.of(packed[: len(packed) // 2], "walk.fit.gz")
    found = list(read_fit(source, source.members()[0]))
    track = next(item for item in found if isinstance(item, Track))
    assert 100 < len(track) < 3000
    assert any("could not be read to its end" in warning for warning in track.warnings)


def test_a_file_full_of_definitions_is_no_burden() -> None:
    """A file built to hold endless empty messages is read in bounded time."""
    empty = struct.pack("<BBBHB", 0x40, 0, 0, 20, 0)
    assert [] == tracks(write.fit(empty + b"\0" * 200_000))
