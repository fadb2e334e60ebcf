"""The examples in the docs and docstrings run."""

import doctest
import pkgutil
import re
import zipfile
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import evenstride
from evenstride.testing import simulate_walk

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/library.md")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
START_NS = 1_760_000_000_000_000_000
METRES_PER_DEGREE = 111_195.0


def samples(recording):
    """Return time, acceleration and angular velocity of a short recording."""
    (block,) = recording.blocks()
    return block.time_s, block.acceleration_m_s2, block.angular_velocity_rad_s


def as_csv(time_s, columns):
    """Return a table as Sensor Logger writes it."""
    stamps = [START_NS + round(t * 1e9) for t in time_s.tolist()]
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    lines = [
        ",".join(map(str, (stamp, t, *row)))
        for stamp, t, row in zip(stamps, time_s.tolist(), rows, strict=True)
    ]
    return "\n".join([",".join(["time", "seconds_elapsed", *columns]), *lines, ""])


def motion(values):
    """Return the columns of a motion sensor."""
    return {axis: values[:, i] for i, axis in reversed(list(enumerate("xyz")))}


def path_north(time_s):
    """Return the columns of a GPS track to the north at 1.2 m/s."""
    there = np.ones_like(time_s)
    return {
        "latitude": 50 + 1.2 * time_s / METRES_PER_DEGREE,
        "longitude": 8 * there,
        "altitude": 100 * there,
        "speed": 1.2 * there,
        "horizontalAccuracy": 5 * there,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the files that the examples name."""
    folder = tmp_path_factory.mktemp("examples")
    time_s, acceleration, gyroscope = samples(simulate_walk(120, stand_s=10, seed=2).recording)
    with zipfile.ZipFile(folder / "walk.zip", "w") as archive:
        archive.writestr("TotalAcceleration.csv", as_csv(time_s, motion(acceleration)))
        archive.writestr("Gyroscope.csv", as_csv(time_s, motion(gyroscope)))
        archive.writestr("Location.csv", as_csv(time_s[::100], path_north(time_s[::100])))
        archive.writestr("Microphone.csv", "time,seconds_elapsed,dBFS\n")
    standing = time_s < 10
    table = as_csv(time_s[standing], motion(acceleration[standing]))
    (folder / "standing.csv").write_text(table, encoding="utf-8")
    np.savez(folder / "sensor.npz", time=time_s, acceleration=acceleration, gyroscope=gyroscope)
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_examples_of_the_docs_run(page, folder, monkeypatch):
    """All Python examples of a page run, one after the other, where the named files are."""
    monkeypatch.chdir(folder)
    text = (ROOT / page).read_text(encoding="utf-8")
    names = {"__name__": "example"}

    assert BLOCK.findall(text)
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start(1))
        code = "\n" * line + found.group(1)  # so that a failure names the line of the page
        exec(compile(code, str(ROOT / page), "exec"), names)  # noqa: S102 - our own page


MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(evenstride.__path__, "evenstride.")
    if not module.name.endswith("__main__")
)


def doctests(name):
    """Return the examples in the docstrings of a module."""
    return [test for test in doctest.DocTestFinder().find(import_module(name)) if test.examples]


@pytest.mark.parametrize("name", [name for name in MODULES if doctests(name)])
def test_examples_of_docstrings_run(name, tmp_path, monkeypatch):
    """The examples in the docstrings of a module give what they say."""
    monkeypatch.chdir(tmp_path)
    runner = doctest.DocTestRunner()
    for test in doctests(name):
        runner.run(test)

    assert runner.summarize(verbose=False).failed == 0


def test_the_front_door_has_an_example():
    """The function that most people call first shows how."""
    assert doctests("evenstride.gait.analysis")
