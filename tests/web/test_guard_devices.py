"""Devices prove themselves by a key that is kept nowhere on the computer, and can be put out."""

import errno
import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.web.guard.devices import Devices


def test_only_the_key_that_was_given_opens(tmp_path):
    """A device is known by its whole key; its name alone, or another's key, is nobody's."""
    devices = Devices(tmp_path)
    one, key = devices.pair("phone")
    _, other = devices.pair("laptop")

    assert one == devices.holder(key)
    for wrong in ("", ".", one.id, f"{one.id}.", f"{one.id}.{other.partition('.')[2]}", f"{key}x"):
        assert devices.holder(wrong) is None


def test_the_keys_themselves_are_kept_nowhere(tmp_path):
    """Who reads the file cannot get in with what stands there, and only its owner reads it."""
    _, key = Devices(tmp_path / "web").pair("phone")
    file = tmp_path / "web" / "devices.json"

    assert key.partition(".")[2] not in file.read_text()
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert 0o700 == stat.S_IMODE(file.parent.stat().st_mode)


def test_each_kind_of_key_opens_its_own_door_only(tmp_path):
    """A key that may stand in an address is no session, and a session is no such key."""
    devices = Devices(tmp_path)
    _, browser = devices.pair("phone")
    _, push = devices.pair("recorder", kind="push")

    assert devices.holder(push) is None
    assert devices.holder(browser, "push") is None
    assert "recorder" == devices.holder(push, "push").name


def test_a_device_that_another_program_removed_is_out_at_once(tmp_path):
    """Two servers, or a server and an erase, over one folder agree on who is in."""
    here, there = Devices(tmp_path), Devices(tmp_path)
    one, key = here.pair("phone")
    assert there.holder(key) is not None

    there.remove(one.id)
    assert here.holder(key) is None

    _, key = here.pair("phone")
    (tmp_path / "devices.json").unlink()
    assert here.holder(key) is None
    assert () == here.all()


def test_devices_are_known_after_a_restart(tmp_path):
    """Nobody has to pair again because the server was stopped."""
    one, key = Devices(tmp_path).pair("phone")

    assert one == Devices(tmp_path).holder(key)


def test_a_file_of_an_earlier_version_has_browsers_only(tmp_path):
    """A device without a kind is a browser."""
    one, key = Devices(tmp_path).pair("phone")
    file = tmp_path / "devices.json"
    rows = json.loads(file.read_text())
    file.write_text(json.dumps([{k: v for k, v in row.items() if k != "kind"} for row in rows]))

    assert one == Devices(tmp_path).holder(key)


def test_when_it_was_last_seen_is_noted_to_the_hour(tmp_path, monkeypatch):
    """Not every request writes to the disk."""
    now = 10**18
    monkeypatch.setattr("evenstride.web.guard.devices.now_utc_ns", lambda: now)
    devices = Devices(tmp_path)
    _, key = devices.pair("phone")
    written = (tmp_path / "devices.json").stat().st_mtime_ns

    now += 3_000 * 10**9
    devices.holder(key)
    assert written == (tmp_path / "devices.json").stat().st_mtime_ns

    now += 3_000 * 10**9
    devices.holder(key)
    assert [now] == [one.seen_utc_ns for one in Devices(tmp_path).all()]


def test_a_full_disk_shuts_no_device_out(tmp_path, monkeypatch):
    """When it was last seen cannot be written, and it comes in all the same."""
    device, token = Devices(tmp_path).pair("Phone")
    later = device.paired_utc_ns + 2 * 3_600_000_000_000

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("evenstride.web.guard.devices.now_utc_ns", lambda: later)
    monkeypatch.setattr("evenstride.web.guard.devices.write_private", full)

    assert device == Devices(tmp_path).holder(token)


ROW = {"id": "a", "name": "b", "key_sha256": "c", "paired_utc_ns": 1, "seen_utc_ns": 2}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"[1, null, []]",
        b'[{"id": []}]',
        b"[" * 100_000,
        json.dumps([ROW | {"seen_utc_ns": "2"}]).encode(),
        json.dumps([ROW | {"kind": "king"}]).encode(),
        json.dumps([ROW | {"may": "all"}]).encode(),
    ],
)
def test_a_damaged_file_lets_nobody_in_and_stops_nobody(tmp_path, content):
    """What cannot be understood is left out; those devices pair again."""
    (tmp_path / "devices.json").write_bytes(content)
    devices = Devices(tmp_path)

    assert () == devices.all()
    _, key = devices.pair("phone")
    assert devices.holder(key) is not None


@given(st.text())
def test_no_text_is_a_key(tmp_path_factory, token):
    """Whatever a cookie holds, it is nobody's, and never an error."""
    devices = Devices(tmp_path_factory.mktemp("home"))
    devices.pair("phone")

    assert devices.holder(token) is None


@given(st.text(max_size=500))
def test_any_name_can_be_kept(tmp_path_factory, name):
    """A name is kept as it was typed, in one line and not without end."""
    folder = tmp_path_factory.mktemp("home")
    Devices(folder).pair(name)

    (kept,) = Devices(folder).all()
    assert " ".join(name.split())[:60] == kept.name
