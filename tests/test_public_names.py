"""What the package offers exists and is explained."""

import importlib
import inspect
import pkgutil
import tomllib
from pathlib import Path

import pytest

import evenstride

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    ["evenstride"]
    + [
        module.name
        for module in pkgutil.walk_packages(evenstride.__path__, "evenstride.")
        if not module.name.endswith("__main__")
    ]
)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name):
    """Every module has a docstring."""
    assert importlib.import_module(name).__doc__


@pytest.mark.parametrize("name", MODULES)
def test_public_names_exist_and_are_documented(name):
    """Every name in __all__ exists, is listed once and, if code, has a docstring of its own."""
    module = importlib.import_module(name)
    names = getattr(module, "__all__", [])

    assert len(set(names)) == len(names)
    for public in names:
        value = getattr(module, public)
        defined_here = getattr(value, "__name__", "") == public  # not data that can be called
        if defined_here and (inspect.isclass(value) or inspect.isfunction(value)):
            written = (value.__doc__ or "").strip()
            assert written, f"{name}.{public} has no docstring"
            assert not written.startswith(f"{public}("), f"{name}.{public}: only the generated one"


@pytest.mark.parametrize("name", MODULES)
def test_public_members_are_documented(name):
    """Public methods and properties of public classes have docstrings."""
    module = importlib.import_module(name)
    for public in getattr(module, "__all__", []):
        cls = getattr(module, public)
        if not inspect.isclass(cls):
            continue
        for member, value in vars(cls).items():
            function = value.fget if isinstance(value, property) else value
            if not member.startswith("_") and inspect.isfunction(function):
                assert inspect.getdoc(function), f"{name}.{public}.{member} has no docstring"


def test_the_front_door_offers_what_it_lists():
    """The names of the front door are found by attribute, by dir() and nothing else is."""
    assert set(evenstride.__all__) == set(dir(evenstride))
    with pytest.raises(AttributeError, match="no attribute 'diagnose'"):
        evenstride.diagnose  # noqa: B018 - the access is what is tested


def test_one_version_everywhere():
    """The package, its metadata and the newest entry of the change log name the same version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = next(line for line in log.splitlines() if line.startswith("## "))

    assert evenstride.__version__ == project["version"]
    assert project["version"] in newest


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_have_hashes_and_no_addresses(lock):
    """Every locked package has hashes, and no line names an index or a host."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]

    assert packages
    assert all(line.endswith("\\") for line in packages)
    assert "://" not in text
    assert "--index" not in text
    assert "find-links" not in text
