"""What the tests of the check-up share; shows the mutation run at the end of the test output."""

import sys
from pathlib import Path

import pytest

from evenstride.checkup.knowledge import documents, knowledge

sys.path.insert(0, str(Path(__file__).parents[2]))  # the validation package is not installed

_SHOWN = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def known():
    """Return the knowledge that comes with evenstride."""
    return knowledge()


@pytest.fixture(scope="session")
def raw():
    """Return the content of the knowledge files as plain values."""
    return documents()


@pytest.fixture
def show(request):
    """Return a list whose lines stand below the test output."""
    return request.config.stash.setdefault(_SHOWN, [])


def pytest_terminal_summary(terminalreporter):
    """Show the mutation run over all rules, one line per rule."""
    lines = terminalreporter.config.stash.get(_SHOWN, [])
    if lines:
        terminalreporter.section("mutants of the triage rules")
        for line in lines:
            terminalreporter.write_line(line)
