"""The guide for walkers says what the program says."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from evenstride.cli import main
from evenstride.report.words import WARNINGS

GUIDE = (Path(__file__).resolve().parent.parent / "docs" / "guide.md").read_text(encoding="utf-8")


def test_signs_for_help_are_those_of_the_report():
    """The guide names every sign for which the report sends people to get help."""
    assert [] == [sign for sign in WARNINGS.help_signs if f"- {sign}\n" not in GUIDE]


def test_commands_are_understood():
    """Every command of the guide uses options and words that the program knows."""
    commands = re.findall(r"^\.venv/bin/evenstride (.+)$", GUIDE, re.MULTILINE)

    assert commands
    for command in commands:
        name, *words = shlex.split(command)
        options = {word for word in words if word.startswith("--")}
        shown = CliRunner().invoke(main, [name, "--help"]).output

        assert set() == {option for option in options if option not in shown}
