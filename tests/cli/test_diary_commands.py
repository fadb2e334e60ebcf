"""The commands of the diary: what people type, what they read, and what programs get."""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenstride.cli import main

WALK = str(files("evenstride") / "demo_data" / "lower_back_walk.csv.gz")
CALM = ["0", "0", "0", "0", "0", "45", "1", "0", "2 weeks", "2", "4", *["0"] * 6, "e"]


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a command on a folder of its own."""

    def run(*arguments, typed="", fails=False):
        command, *rest = map(str, arguments)
        done = CliRunner().invoke(
            main, [command, *rest, "--home", str(tmp_path / "home")], input=typed
        )
        assert (done.exit_code != 0) == fails, done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return json.loads(done.stdout) if "--json" in rest and not fails else done.output

    return run


def flat(text):
    """Return a text without its line breaks."""
    return " ".join(text.split())


def test_the_first_days_of_somebody_new(run):
    """From nothing to the questions of today, by the words on the screens alone."""
    assert "evenstride checkup" in run("today")
    run("checkup", typed="\n".join(CALM))
    assert "walk as you are used to" in run("plan")
    noted = run("log", "--minutes", 20, "--before", 1, "--worst", 3)
    assert "evenstride log --hour-after" in noted
    assert "Noted for your walk" in run("log", "--hour-after", 1)
    assert "1 walk," in run("history")


EVERY = [
    ("today",),
    ("plan",),
    ("history",),
    ("history", "--all"),
    ("history", "--changes", "last"),
    ("shoes",),
    ("me",),
    ("routine",),
    ("rebuild",),
    ("log", "--minutes", 5),
    ("log", "--walk", "last", "--note", "damp"),
]


@pytest.mark.parametrize("arguments", EVERY, ids=lambda one: " ".join(map(str, one)))
def test_every_command_has_words_and_a_document(run, arguments):
    """Each gives text for people, and with --json one document with its schema."""
    run("log", "--minutes", 20)
    words = run(*arguments)
    document = run(*arguments, "--json")

    assert words.strip()
    assert "{" not in words, "a placeholder was left"
    assert document["schema"].startswith("evenstride/")


def test_asked_one_by_one_a_walk_is_noted(run):
    """Enter leaves a question out, nonsense is asked again, a dot ends it."""
    typed = "\n25\n1\nmuch\n3\n\n\n.\n"
    done = run("log", "--ask", typed=typed)

    assert "“much” is not a number." in done
    (walk,) = run("history", "--json")["walks"]
    assert (25, 1, 3, None) == (
        walk["minutes"], walk["back"]["before"], walk["back"]["worst"], walk["minutes_to_rise"],
    )  # fmt: skip


def test_a_recording_is_imported_once(run):
    """The second time says that it is there already."""
    first = run("import", WALK, "--placement", "lower-back", "--json")
    again = run("import", WALK)

    (walk,) = first["walks"]
    assert ("new", 126) == (walk["what"], walk["walk"]["steps"])
    assert "Already in the diary" in again


def test_shoes_have_a_life(run):
    """A pair is added, worn, renamed, put away, and stays while a walk names it."""
    run("shoes", "--add", "brown boots", "--walked", "200km", "--new-on", "2026-03-01")
    run("log", "--minutes", 30, "--distance", "2km", "--shoes", "brown boots")
    changed = run("shoes", "Brown Boots", "--rename", "old boots", "--retire", "--json")

    (pair,) = changed["shoes"]
    assert ("old boots", True, 202_000) == (pair["name"], pair["retired"], pair["distance_m"])
    assert "stays in the diary" in run("shoes", "old boots", "--remove", fails=True)
    run("log", "--remove")
    assert [] == run("shoes", "old boots", "--remove", "--json")["shoes"]


def test_what_is_told_of_a_person_is_shown_in_their_units(run):
    """Feet and pounds go in, and come out again; the country gives the number to call."""
    told = run(
        "me", "--height", "5ft9", "--weight", "150lb", "--units", "imperial", "--country", "us"
    )

    assert "5 ft 9 in" in told
    assert "150 lb" in told
    assert "911" in told
    assert run("me", "--json")["height_m"] == pytest.approx(1.7526)


@pytest.mark.parametrize(
    "arguments",
    [
        ("log",),
        ("log", "--minutes", "0"),
        ("log", "--minutes", "long"),
        ("log", "--minutes", "20", "--worst", "11"),
        ("log", "--minutes", "20", "--shoes", "none such"),
        ("log", "--when", "tomorrow"),
        ("log", "--worst", "3"),
        ("log", "--walk", "nothing", "--minutes", "5"),
        ("log", "--remove"),
        ("import", "nothing-there.csv"),
        ("import", "/dev/null"),
        ("shoes", "--rename", "x"),
        ("shoes", "none such"),
        ("shoes", "--add", ""),
        ("shoes", "--add", "x" * 100),
        ("me", "--height", "9m"),
        ("me", "--born", "1200"),
        ("me", "--zone", "Mars"),
        ("me", "--country", "Britain"),
        ("me", "--weight", "5000kg"),
        ("plan", "--calendar", "x.ics"),
        ("plan", "--start", "soon"),
        ("plan", "--start", "2099-01-01"),
        ("history", "--changes", "nothing"),
        ("restore", "nothing-there"),
        ("routine", "--done"),
        ("routine", "--after", "3"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_in_words(run, arguments, tmp_path, monkeypatch):
    """No traceback, no half-done work: one sentence, and an exit code that is not 0."""
    monkeypatch.chdir(tmp_path)
    said = run(*arguments, fails=True)

    assert 10 < len(said.strip()) < 600
    assert "Traceback" not in said
    assert [] == list(tmp_path.glob("*.ics"))


def test_everything_can_be_taken_out_and_put_back(run, tmp_path):
    """A backup brings back what was erased; the export can be read by any program."""
    run("import", WALK)
    run("log", "--minutes", 20, "--worst", 3, "--note", "for later")
    before = run("history", "--json")
    run("export", tmp_path / "out")
    run("backup", tmp_path / "copy")
    assert "Nothing was erased" in run("erase", typed="no\n")
    assert before == run("history", "--json")
    run("erase", typed="erase\n")
    assert not (tmp_path / "home" / "diary.sqlite").exists()
    run("restore", tmp_path / "copy")

    assert before == run("history", "--json")
    rows = json.loads((tmp_path / "out" / "diary.json").read_text())
    assert "for later" in [row["note"] for row in rows["outings"]]
    assert 0o700 == (tmp_path / "out").stat().st_mode & 0o777


def test_erasing_nothing_says_so(run):
    """An empty folder has no diary in it."""
    assert "no diary" in run("erase")


def test_a_terminal_of_another_encoding_gets_words(tmp_path):
    """The screens never end in a traceback, whatever the terminal can show."""
    done = subprocess.run(
        [sys.executable, "-m", "evenstride", "me", "--name", "Zoë ✓", "--home", str(tmp_path)],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert 0 == done.returncode, done.stderr
    assert b"Name" in done.stdout


def test_the_folder_of_the_environment_is_used(tmp_path, monkeypatch):
    """EVENSTRIDE_HOME chooses the folder where no option does."""
    monkeypatch.setenv("EVENSTRIDE_HOME", str(tmp_path / "own"))
    CliRunner().invoke(main, ["log", "--minutes", "5"])

    assert Path(tmp_path / "own" / "diary.sqlite").exists()


def test_an_encrypted_diary_asks_for_its_passphrase(run, tmp_path, monkeypatch):
    """Nothing of it can be read without; with it, all is as it was."""
    run("log", "--minutes", 20, "--note", "only for me")
    before = run("history", "--json")
    said = run("encrypt", typed="three plain words\nthree plain words\n")

    assert "Nobody can bring back a passphrase" in flat(said)
    assert b"only for me" not in (tmp_path / "home" / "diary.sqlite").read_bytes()
    run("history", typed="wrong\n", fails=True)
    assert "1 walk" in run("history", typed="three plain words\n")
    monkeypatch.setenv("EVENSTRIDE_PASSPHRASE", "three plain words")
    assert before == run("history", "--json")
    run("decrypt")
    monkeypatch.delenv("EVENSTRIDE_PASSPHRASE")
    assert before == run("history", "--json")


def test_a_mistyped_new_passphrase_changes_nothing(run):
    """Both times must be the same."""
    run("log", "--minutes", 20)
    run("encrypt", typed="one\ntwo\n", fails=True)

    assert "1 walk" in run("history")


def test_a_questionnaire_is_asked_and_compared(run):
    """Nonsense is asked again, Enter leaves a question out, and the change is told."""
    run("questionnaire", "walking_activities", typed="to the shop\n3\n\nmuch\n11\n4\n\n\n")
    told = run("questionnaire", "walking_activities", typed="\n7\n\n8\n\n\n")
    chosen = run("questionnaire", "global_change", typed="9\n2\n")

    assert "better by 4" in flat(told)
    assert "Last time it was: to the shop" in told
    assert "You chose: much better" in chosen
    assert "not ours to give out" in flat(run("questionnaire", "odi", fails=True))
    assert "no such questionnaire" in flat(run("questionnaire", "none", fails=True))


def test_the_help_shows_every_command_once():
    """No command is forgotten in the sections of the help."""
    said = CliRunner().invoke(main, ["--help"]).output.partition("To begin")[2]
    shown = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]

    assert sorted(main.commands) == sorted(shown)
    assert "..." not in said


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_ends_in_no_traceback(tmp_path, closed):
    """A walk is noted though there is nowhere to say so."""
    command = f"{sys.executable} -m evenstride log --minutes 5 --home {tmp_path}/home {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=60)

    assert 0 == done.returncode, done.stderr
    assert b"Traceback" not in done.stderr
