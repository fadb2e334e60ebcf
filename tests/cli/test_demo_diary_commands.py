"""Every command has something to show on eight simulated weeks, and says that they are."""

import json

import pytest
from click.testing import CliRunner

from evenstride.cli import main
from evenstride.report.screens import screen_words

MADE_UP = screen_words("diary")["simulated"]
COMMANDS = [
    ("today",),
    ("plan",),
    ("plan", "--professional"),
    ("history",),
    ("history", "--all"),
    ("history", "--changes", "last"),
    ("factors",),
    *(("factors", name) for name in ("posture", "weight_and_strike", "rhythm", "footwear")),
    ("factors", "terrain", "--professional"),
    ("factors", "dose"),
    ("routine",),
    ("routine", "--when", "before_walk"),
    ("routine", "--when", "after_walk"),
    ("shoes",),
    ("me",),
    ("questionnaire",),
    ("report",),
    ("trial", "show"),
    ("trial", "needs"),
    ("trial", "links"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return the folder of a simulated diary that ends today."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    done = CliRunner().invoke(main, ["demo", "diary", "--home", str(folder)])
    assert 0 == done.exit_code, done.output
    return folder


def run(home, *arguments):
    """Return what a command prints, its line breaks as spaces."""
    done = CliRunner().invoke(main, [*arguments, "--home", str(home)])
    assert 0 == done.exit_code, done.output
    return done.stdout


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_screen_says_that_it_is_made_up(home, arguments):
    """Nobody takes the simulated person for a real one, in words or in the document."""
    words = " ".join(run(home, *arguments).split())
    document = json.loads(run(home, *arguments, "--json"))

    assert MADE_UP in words
    assert "{" not in words
    assert document["simulated"] is True


def test_the_weeks_lead_to_a_plan_with_reasons(home):
    """There are weeks behind, a week ahead, and why it is as it is."""
    document = json.loads(run(home, "plan", "--json"))

    assert len(document["past"]) >= 5
    assert document["changes"]
    assert document["week"]["session_min"] >= 5


def test_the_calendar_says_that_it_is_made_up(home, tmp_path):
    """A calendar may be looked at far from here."""
    run(home, "plan", "--calendar", str(tmp_path / "walks.ics"))

    assert "made up" in (tmp_path / "walks.ics").read_text()


def test_the_experiment_has_its_answer(home):
    """The planted difference between the shoes was found, with what it rests on."""
    document = json.loads(run(home, "trial", "show", "--json"))

    assert document["simulated"] is True
    said = " ".join(run(home, "trial", "show").split())
    assert "With New walking shoes, the worst pain on the walk was" in said
