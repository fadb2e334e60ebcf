"""A phone that records, asked over the network."""

from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import evenstride as es
from evenstride.errors import DamagedFile, EvenstrideError, NotARecording, OptionError
from evenstride.importers.live import fetch, phyphox_recording
from evenstride.importers.live import phone as asking
from evenstride.importers.live.phone import NoAnswer, Phone, TooLong, phone_at
from evenstride.importers.live.wiring import answer_of, wiring_of
from evenstride.model import RawBlock, Recording

from . import samples
from .fake_phone import FakePhone, Handler, listening
from .samples import T0, Walk

live = partial(phyphox_recording, every_s=0.001, give_up_s=0.3)


def joined(recording: Recording) -> tuple[list[RawBlock], np.ndarray, np.ndarray]:
    """Return the blocks of a pass, and their times and accelerations in one piece."""
    blocks = list(recording.open())
    times = np.concatenate([block.time_s for block in blocks])
    return blocks, times, np.concatenate([block.acceleration_m_s2 for block in blocks])


def lefts(blocks: list[RawBlock]) -> str:
    """Return what was left out, as one text."""
    return "; ".join(f"{left.what}: {left.reason}" for block in blocks for left in block.left)


def test_a_walk_arrives_in_blocks_while_it_is_recorded() -> None:
    """All samples of both sensors come, piece by piece, and the pass ends with the experiment."""
    walk = Walk(20.0)
    with listening(FakePhone(walk)) as address:
        recording = live(address, placement="lower back")
        blocks, times, values = joined(recording)
    assert len(blocks) > 5
    assert np.array_equal(walk.t, times)
    assert np.array_equal(walk.total, values)
    turning = blocks[3].angular_velocity_rad_s
    assert turning is not None
    assert np.nanmax(np.abs(turning)) < 0.81
    assert recording.start is not None
    assert round(T0 * 1e9) == recording.start.utc_ns
    assert recording.gravity_included


def test_a_second_pass_gives_the_same() -> None:
    """The phone keeps the samples, so a finished walk can be read again."""
    with listening(FakePhone(Walk(6.0))) as address:
        recording = live(address)
        _, first, _ = joined(recording)
        _, second, _ = joined(recording)
    assert np.array_equal(first, second)


def test_the_live_recording_can_be_measured() -> None:
    """Its clock is as good as that of a file."""
    with listening(FakePhone(Walk(20.0))) as address:
        clock = live(address).clock
    assert 2001 == clock.samples
    assert abs(clock.rate_hz - 100) < 0.01
    assert () == clock.gaps


def test_linear_acceleration_is_told_as_such() -> None:
    """Without “Acceleration with g” the recording says that gravity is missing."""
    phone = FakePhone(Walk(3.0), turning=False)
    phone.source = "linear_acceleration"
    with listening(phone) as address:
        recording = live(address)
        blocks, _, _ = joined(recording)
    assert not recording.gravity_included
    assert blocks[0].angular_velocity_rad_s is None


def test_it_can_start_and_stop_the_experiment() -> None:
    """Start is asked for once; stop is asked for at the end and what came until then is kept."""
    phone = FakePhone(Walk(60.0))
    rounds = iter([False, False, False, True])
    with listening(phone) as address:
        _, times, _ = joined(live(address, start=True, stop=lambda: next(rounds)))
    assert "/control?cmd=start" in phone.asked
    assert 1 == phone.asked.count("/control?cmd=stop")
    assert 800 == times.size


def test_it_leaves_the_experiment_alone_otherwise() -> None:
    """Whoever starts on the phone stops on the phone."""
    phone = FakePhone(Walk(3.0))
    with listening(phone) as address:
        joined(live(address))
    assert not [path for path in phone.asked if path.startswith("/control")]


def test_a_lost_connection_loses_nothing_that_the_phone_kept() -> None:
    """Rounds without an answer are waited for; what was recorded meanwhile comes afterwards."""
    phone = FakePhone(Walk(10.0))

    def busy(handler: Handler) -> None:
        phone.recorded += 100
        handler.answer(b"", 503)

    phone.replies = [Handler.as_ever, busy, busy]
    with listening(phone) as address:
        blocks, times, _ = joined(live(address))
    assert 1001 == times.size
    assert "" == lefts(blocks)


def test_what_the_phone_did_not_keep_is_told_as_a_gap() -> None:
    """A phone with short buffers loses samples; the gap stands in the clock and is said."""
    phone = FakePhone(Walk(10.0), turning=False)

    def busy(handler: Handler) -> None:
        phone.recorded = 600
        phone.oldest = 500
        handler.answer(b"", 503)

    phone.replies = [Handler.as_ever, busy]
    with listening(phone) as address:
        recording = live(address)
        blocks, times, _ = joined(recording)
    assert 701 == times.size
    assert "3.0 seconds: the connection was lost and the phone had not kept them" == lefts(blocks)


def test_a_phone_that_stays_away_ends_the_pass() -> None:
    """What came before is kept, and the end is said."""
    phone = FakePhone(Walk(10.0))
    phone.replies = [Handler.as_ever] + [lambda h: h.answer(b"", 503)] * 9999
    with listening(phone) as address:
        blocks, times, _ = joined(live(address))
    assert 200 == times.size
    assert "what came after: the phone could not be reached any more" == lefts(blocks)


def test_an_experiment_that_is_cleared_goes_on() -> None:
    """Its clock begins again at zero; the recording notices and goes on after a gap."""
    phone = FakePhone(Walk(4.0), turning=False)
    cleared = Walk(2.0)

    def clear(handler: Handler) -> None:
        for name, values in {"acc_time": cleared.t, "accX": cleared.total[:, 0]}.items():
            phone.buffers[name] = values
        phone.buffers["accY"], phone.buffers["accZ"] = cleared.total[:, 1], cleared.total[:, 2]
        phone.recorded, phone.per_round = 100, 0
        handler.as_ever()

    again = [Handler.as_ever]
    phone.replies = again + [clear] + again * 4 + [lambda h: speed_up(h, phone)]
    with listening(phone) as address:
        clock = live(address).clock
    assert 200 + 201 == clock.samples
    assert any("jumped backwards" in repair for repair in clock.repairs)


def speed_up(handler: Handler, phone: FakePhone) -> None:
    """Let the phone record on."""
    phone.per_round = 200
    handler.as_ever()


def test_pauses_are_put_back() -> None:
    """The experiment's clock stands still while paused; /time tells for how long."""
    phone = FakePhone(Walk(4.0), turning=False)
    phone.told_time.append({"event": "START", "experimentTime": 2.0, "systemTime": T0 + 12.0})
    with listening(phone) as address:
        clock = live(address).clock
    assert 1 == len(clock.gaps)
    assert abs(clock.duration_s - 14.0) < 0.02


def test_an_experiment_that_never_ran_is_told() -> None:
    """No sample at all is one clear error."""
    phone = FakePhone(Walk(3.0), per_round=0)
    phone.measuring = False
    with listening(phone) as address, pytest.raises(DamagedFile, match="sent no sample"):
        joined(live(address))


def test_an_experiment_without_acceleration_is_told() -> None:
    """A pressure experiment is no walk."""
    phone = FakePhone(Walk(1.0), turning=False)
    phone.source = "pressure"
    with listening(phone) as address, pytest.raises(NotARecording, match="no acceleration"):
        live(address)


def test_a_finished_experiment_is_fetched() -> None:
    """The export is what the importer of phyphox reads."""
    phone = FakePhone(Walk(1.0))
    phone.exported = samples.zipped(samples.phyphox(Walk(5.0)))
    with listening(phone) as address:
        recording = es.read(fetch(address))
    assert 501 == recording.clock.samples


@pytest.mark.parametrize("said", [b"", b'{"error": "Format out of range."}', b"<html></html>"])
def test_nothing_to_export_is_told(said: bytes) -> None:
    """An empty answer or an error of the app is one clear error."""
    phone = FakePhone(Walk(1.0))
    phone.exported = said
    with listening(phone) as address, pytest.raises(NotARecording, match="nothing to export"):
        fetch(address)


@pytest.mark.parametrize(
    "address",
    [
        *("http://8.8.8.8", "8.8.8.8:8080", "http://[2001:db8::1]", "https://192.168.1.2"),
        *("http://example.org", "http://phone", "ftp://192.168.1.2", "http://user@192.168.1.2"),
        *("http://192.168.1.2/get?x", "http://192.168.1.2:99999", "", "http://", "192.168.1.2#a"),
        *("http://0.0.0.0", "http://100.64.0.1", "http://[::ffff:8.8.8.8]", "http://224.0.0.1"),
    ],
)
def test_only_private_addresses_are_asked(address: str) -> None:
    """An address of the internet, or anything but a plain address, is refused before any byte."""
    with pytest.raises(OptionError):
        phone_at(address)


@pytest.mark.parametrize(
    "address", ["127.0.0.1:80", "http://10.1.2.3:8080/", "172.31.0.1", "http://[::1]", "localhost"]
)
def test_private_addresses_are_taken(address: str) -> None:
    """Numbers of this computer and of home networks are fine."""
    assert phone_at(address).port in (80, 8080)


@pytest.mark.parametrize("numbers", [["8.8.8.8"], ["192.168.1.2", "8.8.8.8"], []])
def test_a_local_name_must_lead_to_a_private_number(
    monkeypatch: pytest.MonkeyPatch, numbers: list[str]
) -> None:
    """A name that leads out of the network, even in part, is refused."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 0)) for number in numbers]
    monkeypatch.setattr(asking.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(OptionError):
        phone_at("http://phone.local:8080")


def test_the_number_that_was_checked_is_the_one_that_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name is looked up once, so it cannot change its mind afterwards."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.2", 0))]
    monkeypatch.setattr(asking.socket, "getaddrinfo", lambda *_, **__: found)
    assert "192.168.1.2" == phone_at("http://phone.local").number


def test_redirects_are_not_followed() -> None:
    """An answer that leads elsewhere is refused, and nobody else is asked."""
    phone = FakePhone(Walk(1.0))
    other = FakePhone(Walk(1.0))
    with listening(other) as elsewhere, listening(phone) as address:
        phone.replies = [lambda h: h.answer(b"", 302, Location=f"{elsewhere}/get")]
        with pytest.raises(NoAnswer):
            phone_at(address).ask("/get", 1000)
    assert [] == other.asked


def test_an_endless_answer_is_cut() -> None:
    """What is longer than could be is not read to its end."""

    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            while True:
                handler.wfile.write(b"1," * 5000)

    phone = FakePhone(Walk(1.0))
    phone.replies = [endless]
    with listening(phone) as address, pytest.raises(TooLong):
        phone_at(address).ask("/get", 100_000)


def test_an_answer_that_trickles_ends_in_time() -> None:
    """One byte now and then keeps nobody waiting longer than agreed."""

    def trickle(handler: Handler) -> None:
        with suppress(OSError):
            for _ in range(400):
                handler.wfile.write(b"H")
                time.sleep(0.01)

    phone = FakePhone(Walk(1.0))
    phone.replies = [trickle]
    begun = time.monotonic()
    with listening(phone) as address, pytest.raises(NoAnswer):
        phone_at(address, patience_s=0.2).ask("/get", 1000)
    assert time.monotonic() - begun < 3.0


def test_an_export_that_stops_in_the_middle_is_no_export() -> None:
    """What was cut off because it took too long never passes as whole."""

    def stalls(handler: Handler) -> None:
        with suppress(OSError):
            handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\nPK\x03\x04half of a zip")
            handler.wfile.flush()
            time.sleep(0.5)

    phone = FakePhone(Walk(1.0))
    phone.replies = [stalls]
    with listening(phone) as address, pytest.raises(NoAnswer):
        phone_at(address, patience_s=0.2).ask("/get", 1000)


def test_an_answer_that_is_shorter_than_it_says_is_none() -> None:
    """A phone that goes away in the middle of an answer gave none."""

    def shorter(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    phone = FakePhone(Walk(1.0))
    phone.replies = [shorter]
    with listening(phone) as address, pytest.raises(NoAnswer):
        phone_at(address).ask("/get", 1000)


def test_nobody_there_is_told() -> None:
    """A closed door is one clear error with what to check."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with pytest.raises(NotARecording, match="does not answer"):
        phyphox_recording(f"http://127.0.0.1:{port}")


def test_too_much_from_before_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours that the phone already holds are not pulled in at once; the walk goes on from now."""
    phone = FakePhone(Walk(20.0), per_round=100, turning=False)
    phone.recorded = 1500
    monkeypatch.setattr("evenstride.importers.live.phyphox._MOST_ROWS", 60_000)
    with listening(phone) as address:
        blocks, times, _ = joined(live(address))
    assert 401 == times.size
    assert "what the phone had recorded before: it was too much to fetch" in lefts(blocks)


@pytest.mark.parametrize(
    "said",
    [
        *(b"", b"[]", b"{}", b"nonsense", b'{"buffer": 3, "status": {}}', b"[" * 100_000),
        *(b'{"buffer": {"acc_time": {"buffer": [9, 8]}}, "status": {"measuring": true}}', b"\xff"),
    ],
)
def test_a_phone_that_talks_nonsense_is_borne(said: bytes) -> None:
    """Odd answers are waited out like a lost connection; good ones afterwards count."""
    phone = FakePhone(Walk(5.0))
    phone.replies = [Handler.as_ever, lambda h: h.answer(said)]
    with listening(phone) as address:
        _, times, _ = joined(live(address))
    assert 501 == times.size


def test_lies_in_the_numbers_never_reach_the_recording() -> None:
    """Stamps that go back, are told twice or are no numbers cost their rows only."""
    lie = {
        "acc_time": {"buffer": [0.0, 0.01, 0.01, -5, None, True, 10**400, 0.02, 0.03, 0.04]},
        **{f"acc{axis}": {"buffer": [1.0, 2, 3, 4, 5, 6, 7, "8", 9, 10, 11]} for axis in "XYZ"},
    }
    said = json.dumps({"buffer": lie, "status": {"measuring": False}}).encode()
    phone = FakePhone(Walk(5.0), turning=False)
    phone.replies = [lambda h: h.answer(said)]
    with listening(phone) as address:
        blocks, times, _ = joined(live(address))
    assert [0.0, 0.01, 0.03, 0.04] == times.tolist()
    assert "5 rows" in lefts(blocks)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["t", "x", "acc"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["inputs", "source", "outputs", "buffer", "status", "t", "x", "y", "z"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_borne(said: object) -> None:
    """Whatever the phone says is an answer, none, or one clear error."""
    with suppress(EvenstrideError):
        wiring_of(said)
    answer = answer_of(said)
    assert answer is None or isinstance(answer.measuring, bool)


def test_a_phone_is_a_value() -> None:
    """The same address is the same phone."""
    assert phone_at("127.0.0.1:8080") == Phone("127.0.0.1", "127.0.0.1", 8080)
