"""The command line says what it found, or in one sentence why it could not."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenstride import __version__
from evenstride.cli import main
from evenstride.cli.progress import Progress

WALK = str(files("evenstride") / "demo_data" / "lower_back_walk.csv.gz")
DAILY = str(files("evenstride") / "demo_data" / "daily_life_trial.csv.gz")


@pytest.fixture(scope="module")
def run():
    """Return a function that runs a command as a person would."""

    def runner(*arguments):
        return CliRunner().invoke(main, [str(a) for a in arguments])

    return runner


@pytest.fixture
def bad(tmp_path):
    """Return a file that is no recording."""
    path = tmp_path / "shopping.csv"
    path.write_text("milk,2\nbread,1\n")
    return path


def test_version(run):
    """The version is one line."""
    assert f"evenstride {__version__}\n" == run("--version").stdout


@pytest.mark.parametrize("command", [[], ["analyze"], ["inspect"], ["demo"]])
def test_help(run, command):
    """Every command explains itself."""
    done = run(*command, "--help")

    assert 0 == done.exit_code
    assert "Usage:" in done.stdout


def test_analyze_tells_the_walk(run):
    """A walk is told in words on standard output, without control codes when piped."""
    done = run("analyze", WALK, "--placement", "lower-back", "--height", "5ft9")

    assert 0 == done.exit_code, done.stderr
    assert done.stdout.startswith("lower_back_walk.csv")
    assert "You walked for" in done.stdout
    assert "\x1b" not in done.stdout
    assert "" == done.stderr


def test_json_is_the_document_alone(run):
    """With --json nothing but the document is printed."""
    document = json.loads(run("analyze", WALK, "--json").stdout)

    assert "evenstride/gait/1" == document["schema"]
    assert {"steps", "cadence_spm", "speed_m_s", "step_length_m"} <= set(document["measures"])


def test_several_files_give_an_array(run, bad):
    """Several files give an array; one that is no recording does not lose the rest."""
    done = run("analyze", WALK, bad, DAILY, "--json")

    assert 1 == done.exit_code
    assert 2 == len(json.loads(done.stdout))
    assert "shopping.csv" in done.stderr
    assert "1 of 3 files could not be used." in done.stderr


def test_several_files_give_several_pages(run, tmp_path):
    """Several files write one private page each into a folder."""
    folder = tmp_path / "pages"
    done = run("analyze", WALK, DAILY, "--html", folder)

    assert 0 == done.exit_code, done.stderr
    assert ["daily_life_trial.html", "lower_back_walk.html"] == sorted(
        page.name for page in folder.iterdir()
    )
    assert {0o600} == {stat.S_IMODE(page.stat().st_mode) for page in folder.iterdir()}


def test_demo_writes_a_page(run, tmp_path):
    """The demo measures a shipped walk and writes its page."""
    page = tmp_path / "demo.html"
    done = run("demo", "--html", page, "--professional", "--units", "imperial")

    assert 0 == done.exit_code, done.stderr
    assert "mph" in page.read_text(encoding="utf-8") or "ft" in page.read_text(encoding="utf-8")
    assert str(page) in done.stderr


def test_the_demo_prints_json(run):
    """The demo gives the document too."""
    assert "evenstride/gait/1" == json.loads(run("demo", "daily-life", "--json").stdout)["schema"]


def test_inspect_says_what_was_understood(run):
    """Inspection names the format, the rate and what was assumed."""
    done = run("inspect", WALK)

    assert 0 == done.exit_code
    assert "GENEActiv" in done.stdout
    assert "50 samples a second" in done.stdout
    assert "Assumed:" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["analyze"], 2, "Missing argument"),
        (["analyze", "nowhere.csv"], 1, "nowhere.csv"),
        (["inspect", "nowhere.csv"], 1, "nowhere.csv"),
        (["analyze", WALK, "--height", "tall"], 2, "“tall” is not a length."),
        (["analyze", WALK, "--placement", "moon"], 2, "moon"),
        (["analyze", WALK, "--rate", "fast"], 2, "fast"),
        (["analyze", WALK, "--standing", "nowhere.csv"], 2, "nowhere.csv"),
        (["analyze", WALK, "--html", "/"], 2, "is a folder"),
        (["analyze", WALK, "--html", WALK], 2, "left as it is"),
        (["analyze", WALK, DAILY, "--html", WALK], 2, "is not a folder"),
        (["demo", "moon-walk"], 2, "moon-walk"),
    ],
)
def test_mistakes_are_told_in_words(run, arguments, code, words):
    """A mistake ends in a sentence, a code, and no traceback."""
    done = run(*arguments)

    assert code == done.exit_code
    assert words in done.stderr
    assert "Traceback" not in done.output


def test_a_file_that_is_no_recording(run, bad):
    """A file of another kind is named as such."""
    done = run("analyze", bad)

    assert 1 == done.exit_code
    assert "shopping.csv" in done.stderr
    assert "" == done.stdout


def test_a_bad_standing_reference_is_told_apart(run, bad):
    """The sentence says which of the two files is meant."""
    done = run("analyze", WALK, "--standing", bad)

    assert 1 == done.exit_code
    assert done.stderr.startswith("The standing reference cannot be used.")


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are always UTF-8 there")
def test_odd_names_are_no_problem(tmp_path):
    """A file name that is not UTF-8 or steers a terminal is read, shown and written."""
    source = tmp_path / os.fsdecode(b"walk\xff\x1b[2J.csv.gz")
    source.write_bytes(Path(WALK).read_bytes())
    command = [sys.executable, "-m", "evenstride", "analyze", source]
    page = tmp_path / "page.html"
    words = subprocess.run([*command, "--html", page], capture_output=True, timeout=60)
    numbers = subprocess.run([*command, "--json"], capture_output=True, timeout=60)

    assert 0 == words.returncode, words.stderr
    assert 0 == numbers.returncode, numbers.stderr
    assert b"\x1b" not in words.stdout + words.stderr + page.read_bytes()
    assert "evenstride/gait/1" == json.loads(numbers.stdout)["schema"]


def test_an_old_terminal_is_no_problem():
    """What a terminal cannot show is replaced, not crashed on."""
    done = subprocess.run(
        [sys.executable, "-m", "evenstride", "demo"],
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )

    assert (0, b"") == (done.returncode, done.stderr.partition(b"Traceback")[1])


def test_a_reader_that_goes_away_is_no_error():
    """`evenstride ... | head -1` ends quietly."""
    command = f"'{sys.executable}' -m evenstride demo --json | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)  # noqa: S602

    assert "{\n" == done.stdout
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_ctrl_c_stops_calmly():
    """Ctrl-C ends with a sentence and code 130."""
    code = (
        "import signal, time, evenstride.cli.commands as commands\n"
        # A shell that starts the tests in the background lets them ignore Ctrl-C.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def wait(*_):\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(30)\n"
        "commands.analyse_file = wait\n"
        "commands.main(['analyze', 'walk.csv'])\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert "ready\n" == process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)

    assert 130 == process.returncode
    assert "Stopped; nothing was left half-done.\n" == said.lstrip("\n")


def test_progress_is_shown_only_in_a_terminal(monkeypatch, capsys):
    """Progress appears after a moment in a terminal, is wiped at the end, and is never piped."""
    clock = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with Progress("walk") as progress:
        progress(3725.0)
    assert "" == capsys.readouterr().err

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with Progress("walk") as progress:
        progress(3725.0)
    said = capsys.readouterr().err
    assert "walk: 1:02:05 done" in said
    assert said.endswith("\r\x1b[K")
