"""The commands of self-experiments, as they are typed."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from tests.app.conftest import check_up_at

from evenstride.cli import main

NOW = int(datetime.now(UTC).timestamp()) * 1_000_000_000
LOAD = ("--try", "load", "--a", "bag", "--b", "no bag")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a runner of commands in a home with a check-up."""
    monkeypatch.setenv("EVENSTRIDE_HOME", str(tmp_path / "home"))
    check_up_at(tmp_path / "home", NOW)

    def run(*words, typed=""):
        return CliRunner().invoke(main, words, input=typed)

    return run


@pytest.fixture
def asked(monkeypatch):
    """Make the commands believe that somebody sits in front of them."""
    monkeypatch.setattr("evenstride.cli.trial._somebody_there", lambda: True)


def test_new_next_log_show(run):
    """The way of every experiment, with documents for programs."""
    begun = run("trial", "new", *LOAD, "--json")
    assert "evenstride/trial-design/1" == json.loads(begun.stdout)["schema"]
    assert "seed" not in begun.stdout

    shown = json.loads(run("trial", "next", "--json").stdout)
    assert ("evenstride/trial-next/1", 0) == (shown["schema"], shown["next"]["number"])
    assert shown["next"]["names"][0] in ("bag", "no bag")

    assert 0 == run("log", "--minutes", "5", "--when", "now", "--worst", "3").exit_code
    state = json.loads(run("trial", "show", "--json").stdout)
    assert ("evenstride/trial/1", "running", 1) == (
        state["schema"],
        state["state"],
        state["walks_done"],
    )


def test_done_and_undo(run):
    """What was walked in can be told, and taken back."""
    run("trial", "new", *LOAD)
    run("trial", "next")
    run("log", "--minutes", "5", "--when", "now", "--worst", "3")

    assert "is now walk 1 of 28: no bag" in run("trial", "done", "--walked-in", "B").stdout
    assert "is now walk 1 of 28: bag" in run("trial", "done", "--walked-in", "bag").stdout
    assert "no longer part" in run("trial", "undo").stdout
    nothing = run("trial", "undo")
    assert 2 == nothing.exit_code
    assert "No walk has joined" in nothing.stderr
    assert "not both" in run("trial", "done", "--as-assigned", "--walked-in", "A").stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("trial", "next"), "No experiment is running"),
        (("trial", "show"), "There is no experiment yet"),
        (("trial", "stop"), "No experiment is running"),
        (("trial", "done"), "No experiment is running"),
        (("trial", "new"), "Say what to try"),
        (("trial", "new", "--try", "load", "--a", "bag"), "needs a way A and a way B"),
        (("trial", "new", "--try", "plan", "--a", "x", "--b", "y"), "works over weeks"),
        (("trial", "new", *LOAD, "--walks", "9"), "same number of walks"),
        (("trial", "new", *LOAD, "--walks", "2"), "8 to 84"),
        (("trial", "needs", "--outcome", "mood"), "not one of the things"),
        (("trial", "trend", "--since", "soon"), "is not a day"),
        (("trial", "trend", "--since", "2999-01-01"), "future"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, words, says):
    """Nothing ends in a traceback."""
    found = run(*words)

    assert 2 == found.exit_code
    assert says in found.stderr
    assert "Traceback" not in found.output


def test_an_unknown_walk_or_experiment_is_named(run):
    """With what there is instead."""
    run("trial", "new", *LOAD)

    assert "There is no walk" in run("trial", "done", "yesterday").stderr
    unknown = run("trial", "show", "nothing")
    assert "There is no experiment “nothing”" in unknown.stderr
    assert "trial-" in unknown.stderr


@pytest.mark.usefixtures("asked")
def test_the_questions_lead_to_an_experiment(run):
    """Each wrong answer is asked for again, with the reason."""
    answers = ["routine", "luck", "load", "", "bag", "no bag", "", "mood", "", "many", "", "yes"]
    found = run("trial", "new", typed="\n".join(answers) + "\n")

    assert 0 == found.exit_code, found.output
    for says in ("works over weeks", "cannot try “luck”", "needs an answer", "“many” is no number"):
        assert says in found.stderr
    assert "Fixed from now on" in found.stderr
    assert "It has begun" in found.stdout


@pytest.mark.usefixtures("asked")
def test_shoes_are_asked_for_by_the_names_of_the_shoe_log(run):
    """Both pairs have to be in it; a second thing can be tried at the same time, but not twice."""
    run("shoes", "--add", "old boots")
    answers = ["shoes", "load", "bag", "no bag", "load", "shoes", "route", "flat", "hilly", ""]
    found = run("trial", "new", typed="\n".join([*answers, "", "", "no"]) + "\n")
    assert "needs both pairs first" in found.stderr
    assert "You have named that already" in found.stderr

    run("shoes", "--add", "new shoes")
    answers = ["shoes", "sandals", "Old Boots", "new shoes", "", "distance", "8", "yes"]
    found = run("trial", "new", typed="\n".join(answers) + "\n")
    assert "There are no shoes “sandals”" in found.stderr
    assert "old boots or new shoes" in found.stdout


@pytest.mark.usefixtures("asked")
def test_a_no_begins_nothing(run):
    """Reading about it binds nobody."""
    found = run("trial", "new", *LOAD, typed="no\n")

    assert "Nothing was begun" in found.stderr
    assert "No experiment is running" in run("trial", "next").stderr


@pytest.mark.usefixtures("asked")
def test_stopping_is_asked_for_twice(run):
    """A no leaves it running; what was ended stays to be seen."""
    run("trial", "new", *LOAD, "--yes")

    assert "It goes on" in run("trial", "stop", typed="no\n").stderr
    assert 0 == run("trial", "next").exit_code
    assert "What was found stays" in run("trial", "stop", typed="yes\n").stdout
    assert "You ended it early" in run("trial", "show").stdout


def test_what_is_around_an_experiment_has_documents(run):
    """An empty diary is told as such."""
    assert (
        "evenstride/trial-needs/1" == json.loads(run("trial", "needs", "--json").stdout)["schema"]
    )
    assert [] == json.loads(run("trial", "links", "--json").stdout)["links"]
    trend = json.loads(run("trial", "trend", "--since", "2026-01-01", "--json").stdout)
    assert (False, "2026-01-01") == (trend["ready"], trend["since"])
