"""The doctor reads a file or folder to its end, says what came of it, and hides what is private."""

import random

import pytest
from tests.importers.apple_health.exports import Record, export, gpx, zipped
from tests.importers.fit.write import join, walk

from evenstride.errors import UnsafeFile
from evenstride.importers import Source, summed
from evenstride.importers.doctor import diagnose, redacted
from evenstride.model import Left
from evenstride.report.doctor import doctor_sheet
from evenstride.report.sheet_text import render_sheet

FIT = join(walk(600))
GPX = gpx(600)
HEALTH = export(*(Record(at=60.0 * n, lasts=60.0) for n in range(300)))
TABLE = b"time,ax,ay,az\n" + b"".join(
    b"%.2f,%.1f,%.1f,9.81\n" % (n / 100, n % 7 / 10, n % 5 / 10) for n in range(2000)
)
NOISE = random.Random(1).randbytes(5000)


def look(folder, **files):
    """Diagnose files, each named by its format, as one file or a folder; return it and its text."""
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    only = next(iter(files)).replace("_", ".")
    found = diagnose(Source.of(folder / only if len(files) == 1 else folder))
    return found, " ".join(render_sheet(doctor_sheet(found), width=200).split())


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a_fit", FIT, "track"), ("a_gpx", GPX, "track"), ("a_xml", HEALTH, "series"),
     ("a_zip", zipped({"x/export.xml": HEALTH}), "series")],
)  # fmt: skip
def test_a_file_that_was_cut_is_read_to_where_it_ends(tmp_path, name, data, kind):
    """And it says so; a whole one does not."""
    whole, _ = look(tmp_path, **{name: data})
    cut, says = look(tmp_path, **{name: data[: len(data) * 2 // 3]})

    assert whole.branches[0].found[kind] >= cut.branches[0].found[kind] > 0
    assert not any("ends in the middle" in left.reason for left in whole.branches[0].left)
    assert "ends in the middle" in says


def test_a_folder_is_told_branch_by_branch(tmp_path):
    """How many of each format, how much of each kind, and what nobody can read."""
    found, says = look(
        tmp_path, a_fit=FIT, b_fit=FIT, c_gpx=GPX, d_csv=TABLE, e_fit=NOISE, f_csv=b""
    )

    assert {"FIT", "GPX", "table (CSV)", ""} == {one.format for one in found.branches}
    assert "can read 4 of the things in it, and not 2" in says
    assert "FIT: 2" in says
    assert "Positions: 3" in says
    assert "e.fit: Its ending says FIT, but what is in it is something else." in says
    assert "“f.csv” is empty" in says


def test_of_very_many_files_some_are_only_looked_at(tmp_path, monkeypatch):
    """And their number is said."""
    monkeypatch.setattr("evenstride.importers.doctor._MOST_READ", 2)
    _, says = look(tmp_path, a_fit=FIT, b_fit=FIT, c_gpx=GPX)

    assert "Positions: 2" in says
    assert "Looked at, but not read to the end: 1" in says


def test_a_name_that_promises_something_else_is_advice(tmp_path):
    """Only the doctor looks at the name; a table is not asked for."""
    _, says = look(tmp_path, a_fit=NOISE)

    assert "Its ending says FIT" in says
    assert "columns" not in says


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    """There is no first line to show or to send."""
    found, says = look(tmp_path, a_csv=b"")

    assert () == found.head
    assert "“a.csv” is empty" in says
    assert "send us" not in says


def test_words_of_a_format_stay_readable_and_its_description_is_skipped():
    """So that whoever gets the head knows what it is; whatever is about a person is hidden."""
    text = "\n".join(redacted(HEALTH))

    assert '<?xml version="9.9"' in text
    assert '<HealthData locale="xx_xx">' in text
    assert 'type="HKQuantityTypeIdentifierStepCount"' in text
    assert "DOCTYPE" not in text
    assert "ELEMENT" not in text
    assert "Sam" not in text
    assert 'xmlns="http://www.topografix.com/GPX/1/1"' in "\n".join(redacted(GPX))


def test_rows_that_look_alike_are_shown_once():
    """They tell no more than one of them."""
    assert ("time,ax,ay,az", "9.99,9.9,9.9,9.99") == redacted(TABLE)


def test_counts_of_what_is_about_something_add_up():
    """The noun takes the plural, not its last word."""
    assert (Left("2 entries about yourself", "why"),) == summed(
        [Left("1 entry about yourself", "why")] * 2
    )


@pytest.mark.parametrize("data", [FIT, GPX, HEALTH, TABLE, zipped({"a/b.gpx": GPX, "c.fit": FIT})])
def test_no_damage_stops_the_doctor(data):
    """Cut, flipped or overwritten: it always has something to say."""
    chance = random.Random(2)
    for _ in range(12):
        broken = bytearray(data[: chance.randrange(len(data))])
        for _ in range(chance.randrange(20) if broken else 0):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            found = diagnose(Source.of(bytes(broken)))
        except UnsafeFile:
            continue
        assert doctor_sheet(found).headline
