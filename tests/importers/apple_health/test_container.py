"""An export is found by what is in it, in any wrapping; what is beside it is left alone."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evenstride as es
from evenstride.importers import scan
from evenstride.importers.apple_health import AppleHealth
from evenstride.importers.contract import NO_OPTIONS
from evenstride.importers.registry import recognise
from evenstride.importers.source import Source
from evenstride.model import Entry, Left, Series, Track

from .exports import Record, export, gathered, gpx, read, route_of, varied, workout, zipped

XML = export(Record())
CDA = b'<?xml version="1.0"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3">\n</ClinicalDocument>\n'
FILES = {
    "apple_health_export/導出.xml": export(Record(), workout(inside=route_of("r.gpx"))),
    "apple_health_export/export_cda.xml": CDA,
    "apple_health_export/workout-routes/r.gpx": gpx(),
    "apple_health_export/electrocardiograms/ecg_1.csv": b"Name,Sam\n",
    "apple_health_export/electrocardiograms/ecg_2.csv": b"Name,Sam\n",
    "apple_health_export/clinical-records/Lab.json": b"{}",
}


def test_a_zip_in_any_language_is_recognised():
    """The name of the file tells nothing."""
    found = recognise(Source.of(zipped(FILES)))

    assert found is not None
    assert "Apple Health" == found[0].name


@pytest.mark.parametrize("name", ["export.xml", "data.bin", "vienti.xml"])
def test_a_bare_file_is_recognised(name):
    """It may have been unpacked."""
    assert AppleHealth().sniff(Source.of(XML, name)).score > 90


def test_a_folder_is_recognised(tmp_path):
    """It may have been unpacked with all its folders."""
    for name, data in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    found = gathered(scan(tmp_path))

    assert ([100.0], 1) == (found.values("steps"), len(found.tracks))


def test_an_export_beside_other_files_does_not_hide_them(tmp_path):
    """A folder of downloads holds other walks too."""
    (tmp_path / "export.xml").write_bytes(XML)
    (tmp_path / "walk.gpx").write_bytes(gpx())

    found = gathered(scan(tmp_path))

    assert ([100.0], 1) == (found.values("steps"), len(found.tracks))


def test_what_is_not_read_is_summed_up():
    """One line for each kind, not one for each file."""
    found = read(zipped(FILES))

    assert "they are heart traces" == found.reason("2 electrocardiograms")
    assert "they are papers of a clinic" == found.reason("1 clinical record")
    assert "clinics" in found.reason("apple_health_export/export_cda.xml")


def test_the_plan_names_what_there_is_and_when_it_was_exported():
    """A plan looks at the first bytes only."""
    plan = AppleHealth().plan(Source.of(zipped(FILES)), NO_OPTIONS)

    assert ["series", "entry", "activity", "track"] == [part.kind for part in plan.parts]
    said = " ".join(plan.parts[0].assumptions)
    assert "made on 2023-11-14" in said
    assert "region de_DE" in said
    assert set(FILES) == plan.files


def test_only_the_chosen_parts_are_read():
    """Whoever wants the symptoms only gets nothing else."""
    from dataclasses import replace

    source, importer = Source.of(zipped(FILES)), AppleHealth()
    plan = importer.plan(source, NO_OPTIONS)
    chosen = replace(plan, parts=tuple(part for part in plan.parts if part.kind == "series"))

    assert {Series, Left} == {type(item) for item in importer.read(source, chosen)}


def test_two_exports_in_one_folder_are_both_read():
    """None is silently preferred."""
    found = read(zipped({"a/one.xml": XML, "a/two.xml": export(Record(value="7"))}))

    assert [100.0, 7.0] == found.values("steps")


def test_it_is_not_mistaken_for_something_else():
    """A route alone, or a clinical document, is no export."""
    for data in (gpx(), CDA, b"", b"<HealthStuff/>", b"PK\x03\x04"):
        assert 0 == AppleHealth().sniff(Source.of(data)).score


def test_a_long_history_comes_in_pieces():
    """So that memory stays bounded, whatever the size of the file."""
    line = Record().xml().encode()
    data = XML.replace(line, line * 70_000)
    pieces = [item for item in scan(data) if isinstance(item, Series)]

    assert 70_000 == sum(len(piece) for piece in pieces)
    assert 2 == len(pieces)


SMALL = zipped(
    {
        "a/export.xml": export(*varied(4), workout(inside=route_of("r.gpx"))),
        "a/workout-routes/r.gpx": gpx(5),
    }
)


@given(cut=st.integers(0, len(SMALL)), flips=st.lists(st.integers(0, 10**9), max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_damaged_archive_gives_data_or_one_clear_error(cut, flips):
    """Whatever happened to the bytes."""
    data = bytearray(SMALL[:cut] if cut % 2 else SMALL)
    for flip in flips:
        if data:
            data[flip % len(data)] ^= 1 << (flip // 7 % 8)
    with suppress(es.EvenstrideError):
        for item in scan(bytes(data)):
            assert isinstance(item, Series | Entry | Track | Left | es.Activity)
