"""The commands that bring files in, and explain those that are not understood."""

import json
import sys

import pytest
from click.testing import CliRunner
from tests.importers.apple_health.exports import (
    C,
    Q,
    Record,
    export,
    gpx,
    statistic,
    workout,
    zipped,
)

from evenstride.cli import main
from evenstride.cli.progress import Share
from evenstride.importers.doctor import redacted

STEPS = [Record(at=60.0 * n, lasts=60.0) for n in range(30)]
PAIN = Record(C + "LowerBackPain", "HKCategoryValueSeverityMild", None)
SPEED = [
    Record(Q + "WalkingSpeed", "4.7", "km/hr", at=3600.0 * n, source="Sam’s iPhone")
    for n in range(20)
]
WALKED = workout(inside=statistic("DistanceWalkingRunning", 'sum="3.2" unit="km"'))


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a command on a folder of its own."""

    def run(*arguments, code=0):
        command, *rest = map(str, arguments)
        own = [] if command in ("doctor", "terrain") else ["--home", str(tmp_path / "home")]
        done = CliRunner().invoke(main, [command, *rest, *own])
        assert code == done.exit_code, done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return json.loads(done.stdout) if "--json" in rest and not code else done.output

    return run


@pytest.fixture
def archive(tmp_path):
    """Return an Apple Health export."""
    path = tmp_path / "export.zip"
    path.write_bytes(
        zipped({"apple_health_export/export.xml": export(*STEPS, *SPEED, PAIN, WALKED)})
    )
    return path


def test_a_look_first_then_the_import_then_nothing_new(run, archive):
    """The three screens that a new person sees, in this order."""
    look = run("import", archive, "--dry-run")
    kept = run("import", archive)
    again = run("import", archive)

    assert "This would read 52 values, walks and notes" in look
    assert "Nothing was kept" in look
    assert "Read: 52. New in your diary: 52." in kept
    assert "Symptoms and notes: 1 read, 1 new." in kept
    assert "evenstride log" not in kept  # nobody remembers how a walk of years ago felt
    assert "Nothing was changed" in again


def test_programs_get_the_same_as_a_document(run, archive):
    """With its schema, and whether it was a dry run."""
    look = run("import", archive, "--dry-run", "--json")
    kept = run("import", archive, "--json")

    assert ("evenstride/import/1", True) == (look["schema"], look["dry_run"])
    assert (52, 30, 30) == (
        kept["read"],
        kept["series"]["steps"]["read"],
        kept["series"]["steps"]["new"],
    )


def test_what_is_older_is_left_out(run, archive):
    """By the day that is named."""
    kept = run("import", archive, "--since", "2030-01-01", "--json")

    assert 0 == kept["read"]
    assert any("older" in one["reason"] for one in kept["left"])


def test_the_phone_is_looked_back_on(run, archive):
    """An old export says that there is nothing of the last year, and how to see what there is."""
    nothing = run("history", "--phone")
    run("import", archive)
    says = " ".join(run("history", "--phone").split())
    everything = run("history", "--phone", "--all")

    assert "nothing that a phone or watch measured. Bring it in" in " ".join(nothing.split())
    assert "in the last year. The newest is from November 2023" in says
    assert "Walking speed" in everything


def test_a_walk_is_looked_at_closely(run, archive, tmp_path):
    """Who tells of it, and its ground."""
    run("import", archive)
    path = tmp_path / "walk.gpx"
    path.write_bytes(gpx(2400))
    run("import", path)

    assert "a summary (Apple Health)" in run("walk")
    assert "where you went (GPX)" in run("walk")
    assert "different ground" in run("walk", "--ground")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Which file?"),
        (("x.zip", "--watch", "y"), "one of them"),
        (("nowhere.zip",), "does not exist"),
        (("--phyphox", "http://93.184.216.34"), "not in your own network"),
        (("--watch", "nowhere"), "not a folder"),
        (("x.zip", "--since", "soon"), "is not a day"),
    ],
)
def test_what_cannot_be_done_is_said(run, arguments, says):
    """In a sentence, with an exit code that is not 0."""
    code = 1 if arguments == ("nowhere.zip",) else 2
    assert says in " ".join(run("import", *arguments, code=code).split())


def test_the_doctor_tells_what_a_file_is(run, archive, tmp_path):
    """What can be read of it; of a strange one its shape, and nothing about the person."""
    strange = tmp_path / "strange.csv"
    strange.write_text("name,street,number\nJane Doe,12 High Street,5551234\n" * 9, "utf-8")

    assert "Apple Health" in run("doctor", archive)
    says = run("doctor", strange)
    assert "cannot read this" in says
    assert "name,street,number" in says
    assert not any(secret in says for secret in ("Jane", "High", "555"))
    assert "evenstride/doctor/1" == run("doctor", strange, "--json")["schema"]


@pytest.mark.parametrize(
    ("head", "secret"),
    [
        (b'<a name="Jane"><b street="High St 5">secret</b></a>', "Jane High St 5 secret"),
        (b'{"name": "Jane", "age": 45, "deep": {"note": "sore"}}', "Jane 45 sore"),
        (b"a;b;c\n1;2;Jane\n", "1 2 Jane"),
        (b"Jane,Doe,sore\nHigh,Street,Back\n", "Jane Doe sore High Street Back"),
        ("ä;ö\nJürgen;Straße\n".encode("utf-16"), "rgen Straße"),
        (b"\x00\x01\x02secret", "secret"),
    ],
)
def test_a_head_that_can_be_sent_on_holds_nothing_private(head, secret):
    """Tags, keys and names of columns stay, so that somebody can write a reader."""
    text = "\n".join(redacted(head))

    assert text
    assert [] == [word for word in secret.split() if word in text]


def test_progress_says_how_many_bytes_and_how_long(monkeypatch, capsys):
    """Only in a terminal, and only after a while."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr("evenstride.cli.progress._PATIENCE_S", 0.0)
    with Share("Reading") as share:
        share("export.zip", 50_000_000, 200_000_000)

    says = capsys.readouterr().err
    assert "export.zip, 50 of 200 MB" in says
    assert "left" in says


@pytest.mark.parametrize(("answer", "kept"), [("y\n", True), ("n\n", False)])
def test_a_person_sees_the_plan_and_is_asked(tmp_path, archive, monkeypatch, answer, kept):
    """A no keeps nothing."""
    monkeypatch.setattr("evenstride.cli.importing.somebody_is_there", lambda: True)
    home = ["--home", str(tmp_path / "home")]
    asked = CliRunner().invoke(main, ["import", str(archive), *home], input=answer)
    walks = json.loads(CliRunner().invoke(main, ["history", "--json", *home]).stdout)["walks"]

    assert "This would read 52 values, walks and notes" in asked.output
    assert "Bring this into your diary?" in asked.output
    assert kept == bool(walks) == ("New in your diary: 52" in asked.output)
