"""Raw files of research sensors."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evenstride as es
from evenstride.errors import MissingExtra
from evenstride.importers import Options, Source
from evenstride.importers.devices import native, raw
from evenstride.importers.devices.actigraph import ActigraphGt3x
from evenstride.importers.devices.axivity import AxivityCwa
from evenstride.importers.devices.geneactiv_bin import GeneActivBin
from evenstride.model import Left, Recording, Start
from evenstride.testing.importer_contract import ImporterContract

from . import device_samples, samples
from .samples import T0, G, Walk


class _Made(ImporterContract):
    make: samples.Sample

    def sample(self, seconds: float, missing: tuple[float, float] | None = None) -> bytes:
        return type(self).make(samples.Walk(seconds, missing))


class TestAxivityCwa(_Made):
    """Axivity files keep the contract."""

    importer, make = AxivityCwa(), staticmethod(device_samples.axivity)


class TestGeneActivBin(_Made):
    """GENEActiv files keep the contract."""

    importer, make = GeneActivBin(), staticmethod(device_samples.geneactiv_bin)


class TestActigraphGt3x(_Made):
    """ActiGraph files keep the contract."""

    importer, make = ActigraphGt3x(), staticmethod(device_samples.actigraph)


def values(recording: Recording) -> tuple[np.ndarray, np.ndarray]:
    """Return times and accelerations of a pass in one piece."""
    blocks = list(recording.open())
    times = np.concatenate([block.time_s for block in blocks])
    return times, np.concatenate([block.acceleration_m_s2 for block in blocks])


MAKERS = {
    "Axivity CWA": (device_samples.axivity, 1 / 2048),
    "GENEActiv BIN": (device_samples.geneactiv_bin, 1 / 256),
    "ActiGraph GT3X": (device_samples.actigraph, 1 / 256),
}
NAMES = sorted(MAKERS)


@pytest.mark.parametrize("name", NAMES)
def test_values_and_times_are_those_of_the_sensor(name: str) -> None:
    """Within half a step of its converter, and at the sample's own time."""
    make, step = MAKERS[name]
    walk = Walk(12.0)
    recording = es.read(make(walk))
    times, found = values(recording)
    assert name == recording.format
    assert np.abs(found - walk.total).max() <= 0.51 * step * G
    assert np.abs(times - walk.t).max() < 1e-4


def test_the_gyroscope_of_an_ax6_is_in_radians() -> None:
    """It writes degrees per second."""
    walk = Walk(6.0)
    turning = next(iter(es.read(device_samples.axivity(walk)).open())).angular_velocity_rad_s
    assert turning is not None
    assert np.abs(turning - walk.turn[: len(turning)]).max() < 3e-4


@pytest.mark.parametrize("name", NAMES)
def test_packed_files_give_the_same(name: str) -> None:
    """In a zip, in a folder of a zip, or as .gz: nothing needs to be unpacked."""
    data = MAKERS[name][0](Walk(4.0))
    expected = values(es.read(data))[1]
    inside = samples.zipped({"walks/one.raw": data, "readme.txt": "hello"})
    for packed in (gzip.compress(data), inside, samples.zipped({"a.zip": inside})):
        assert np.array_equal(expected, values(es.read(packed))[1])


@pytest.mark.parametrize("name", NAMES)
def test_a_long_file_is_the_same_in_batches(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many pieces go to the native reader at once changes nothing."""
    data = MAKERS[name][0](Walk(60.0))
    whole = values(es.read(data))
    monkeypatch.setattr(raw, "_BATCH_BYTES", 3000)
    pieces = values(es.read(data))
    assert np.array_equal(whole[0], pieces[0])
    assert np.array_equal(whole[1], pieces[1])


@pytest.mark.parametrize("name", NAMES)
def test_damage_costs_its_piece_and_is_counted(name: str) -> None:
    """A changed byte in the middle loses one sector, page or second, and says so."""
    data = bytearray(MAKERS[name][0](Walk(20.0)))
    data[len(data) // 2] ^= 0xFF
    blocks = list(es.read(bytes(data)).open())
    kept = sum(block.time_s.size for block in blocks)
    assert 1600 <= kept < 2001
    assert [left for block in blocks for left in block.left if "damaged" in left.reason]


def test_junk_between_sectors_costs_no_sector() -> None:
    """After bytes that do not belong there the next sector is found again."""
    data = device_samples.axivity(Walk(20.0))
    at = 1024 + 512 * 7
    blocks = list(es.read(data[:at] + b"junk" * 30 + data[at:]).open())
    assert 2001 == sum(block.time_s.size for block in blocks)
    assert (Left("1 sectors", "they were damaged"),) == blocks[0].left


def test_the_clock_of_an_axivity_is_local() -> None:
    """The zone that the person names is taken; without one, that of the computer, and said."""
    source = Source.of(device_samples.axivity(Walk(3.0)))
    told = AxivityCwa().plan(source, Options(zone="Europe/Vienna")).parts[0]
    assumed = AxivityCwa().plan(source, Options()).parts[0]
    assert told.start == Start(round((T0 - 3600) * 1e9), 60, "Europe/Vienna", "asked")
    assert () == told.assumptions
    assert assumed.start is not None
    assert "assumed" == assumed.start.basis
    assert 1 == len(assumed.assumptions)


@pytest.mark.parametrize(
    ("make", "minutes"),
    [(device_samples.geneactiv_bin, 60), (device_samples.actigraph, -300)],
)
def test_a_file_that_names_its_zone_is_believed(make: samples.Sample, minutes: int) -> None:
    """The wall clock of the device and its distance to UTC give the moment."""
    start = es.read(make(Walk(3.0))).start
    assert Start(round((T0 - 60 * minutes) * 1e9), minutes, None, "file_offset") == start


def test_records_of_16_bits_are_read() -> None:
    """Newer ActiGraphs write x, y, z of 16 bits, which the native reader skips."""
    files = device_samples.actigraph_files(Walk(10.0))
    wide = device_samples.actigraph_files(Walk(10.0), bits=16)
    assert files["log.bin"] != wide["log.bin"]
    expected, found = (values(es.read(samples.zipped(dict(f)))) for f in (files, wide))
    assert np.array_equal(expected[1], found[1])


def test_the_rate_of_an_actigraph_is_that_of_its_info() -> None:
    """A damaged record of parameters spoils nothing: info.txt tells rate and scale."""
    files = device_samples.actigraph_files(Walk(10.0))
    broken = files | {"log.bin": b"\x1e" + bytes(30) + files["log.bin"][50:]}
    clock = es.read(samples.zipped(dict(broken))).clock
    assert abs(clock.rate_hz - 100) < 0.1


def test_without_the_extra_the_plan_still_tells_what_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Recognising and describing need no extra; reading says which one is missing."""
    monkeypatch.setattr(native, "find_spec", lambda _: None)
    source = Source.of(device_samples.axivity(Walk(3.0)))
    plan = AxivityCwa().plan(source, Options())
    assert 97 == AxivityCwa().sniff(source).score
    assert ("Axivity CWA", True, 100.0) == (
        plan.format,
        plan.parts[0].gyroscope,
        plan.parts[0].nominal_rate_hz,
    )
    with pytest.raises(MissingExtra, match="research sensors") as error:
        next(AxivityCwa().read(source, plan))
    assert "devices" == error.value.extra


def test_a_helper_that_dies_costs_a_piece_and_not_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the native code gives up, the pieces are halved and all but the bad one are kept."""
    real = native.decode

    def fragile(data: bytes) -> native.Decoded | None:
        return real(_zero_rate() if poison in data else data)

    data = device_samples.axivity(Walk(6.0))
    at = 1024 + 512 * 3
    poison = data[at : at + 512]
    monkeypatch.setattr(raw, "decode", fragile)
    blocks = list(es.read(data).open())
    assert 601 - 40 == sum(block.time_s.size for block in blocks)
    assert "1 pieces of the file" in [left.what for block in blocks for left in block.left]


def test_the_small_file_is_private_and_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot live in memory it is readable by its owner only, and gone afterwards."""
    monkeypatch.setattr(native, "_has_memory_files", lambda: False)
    native.DESK.close()
    data = device_samples.axivity(Walk(3.0))
    assert 301 == es.read(data).clock.samples
    helper = native.DESK.helper
    assert helper is not None
    assert helper.folder is not None
    (path,) = Path(helper.folder.name).iterdir()
    assert 0o600 == path.stat().st_mode & 0o777
    native.DESK.close()
    assert not path.exists()
    assert not path.parent.exists()


def test_what_the_native_reader_would_die_of_is_survived() -> None:
    """A rate of zero makes it divide by zero; sizes beyond belief make it ask for all memory."""
    head = device_samples.geneactiv_bin(Walk(3.0))
    cases = [
        head.replace(b"Measurement Frequency:100.0", b"Measurement Frequency:0"),
        head.replace(b"Number of Pages:9999999", b"Number of Pages:99999999999999999"),
    ]
    for data in cases:
        with suppress(es.EvenstrideError):
            assert 301 == es.read(data).clock.samples
    files = device_samples.actigraph_files(Walk(3.0), rate_hz=0)
    with suppress(es.EvenstrideError):
        assert 301 == es.read(samples.zipped(dict(files))).clock.samples
    assert native.decode(_zero_rate()) is None
    assert 301 == es.read(device_samples.axivity(Walk(3.0))).clock.samples


def _zero_rate() -> bytes:
    """Return a small file that ends the process that reads it."""
    files = device_samples.actigraph_files(Walk(3.0), rate_hz=0)
    return samples.zipped(dict(files))


@given(st.sampled_from(NAMES), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_any_damage_gives_data_or_one_clear_error(name: str, seed: int) -> None:
    """Cut, flipped and stuffed files never break it, through all front doors."""
    dice = random.Random(seed)
    data = bytearray(_made(name))
    for _ in range(dice.choice((0, 1, 20, 300))):
        data[dice.randrange(len(data))] = dice.randrange(256)
    at = dice.randrange(len(data))
    data[at:at] = dice.randbytes(dice.choice((0, 3, 600)))
    del data[dice.choice((len(data), dice.randrange(len(data)))) :]
    with suppress(es.EvenstrideError):
        for block in es.read(bytes(data)).blocks():
            assert np.isfinite(block.acceleration_m_s2).all()
    for item in es.scan(bytes(data)):
        assert isinstance(item, Recording | Left)


@cache
def _made(name: str) -> bytes:
    return MAKERS[name][0](Walk(5.0))


def test_a_cut_actigraph_is_read_up_to_the_cut() -> None:
    """Its info.txt stands at the end and is gone: the records themselves tell the rate."""
    files = device_samples.actigraph_files(Walk(20.0))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("log.bin", "info.txt"):
            archive.writestr(name, files[name])
    recording = es.read(out.getvalue()[: len(files["log.bin"]) // 2])
    assert "ActiGraph GT3X" == recording.format
    assert 100.0 == recording.nominal_rate_hz
    assert 900 <= recording.clock.samples <= 1000
    assert abs(recording.clock.rate_hz - 100) < 0.1
