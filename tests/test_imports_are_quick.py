"""Starting costs nothing that is not needed: looked up in sys.modules, for clocks vary."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "jinja2", "pandas", "polars", "arro3", "matplotlib")


def heavy_after(statement: str) -> list[str]:
    """Return the heavy libraries that a fresh interpreter has loaded after a statement."""
    code = f"import sys\n{statement}\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return eval(done.stdout.splitlines()[-1])  # noqa: S307 - the list printed just above


@pytest.mark.parametrize(
    "statement",
    [
        "import evenstride",
        "import evenstride; dir(evenstride); evenstride.EvenstrideError",
        "import evenstride.cli",
        "from evenstride.cli import main; main(['--help'], standalone_mode=False)",
        "from evenstride.cli import main; main(['analyze', '--help'], standalone_mode=False)",
    ],
)
def test_nothing_heavy_is_imported(statement):
    """Neither the package nor the help of the command line loads a heavy library."""
    assert [] == heavy_after(statement)


def test_a_name_is_loaded_when_it_is_used():
    """The first use of a noun loads what it needs."""
    assert ["numpy"] == heavy_after("import evenstride; evenstride.Recording")
