"""Every word of the screens is shown somewhere, and every gap in it is filled."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

SOURCE = Path(str(files("evenstride")))
SCREENS = sorted((SOURCE / "knowledge" / "screens").glob("*.yaml"))

# Looked up by a value of the program: a light, a verdict, the name of a rating ...
BY_VALUE = {
    *("diary ask.questions", "diary ask.agree", "diary walk.still", "diary history.change_kinds"),
    *("factors verdicts", "factors certainty", "today today.ask", "today plan.title"),
    *("today plan.lights", "routine agree", "trial kinds", "trial ask", "trial links.command"),
    *("diary import.metrics", "diary import.fact", "diary import.walk", "diary doctor.kinds"),
    *(
        "diary import.unchanged",
        "diary import.columns",
        "phone metrics.walking_asymmetry",
        "phone symptoms",
    ),
    *("report numbers", "terrain names", "terrain surfaces", "terrain source", "terrain page"),
    *("phone severity", "walk columns", "walk grounds", "walk account"),
    *("phone concern.pains", "phone concern.signs"),
    *(
        "app commands",
        "app nav.tabs.today",
        "app nav.tabs.walk",
        "app nav.tabs.walks",
    ),
    *("web-checkup wrong", "web-log choices.kind", "web-log choices.surface"),
    *("web-log choices.reach", "web-log choices.hills", "web-log choices.new_numbness"),
    *("web-log when_asked", "web-log fields", "web-today open", "web-today light"),
    *("app nav.tabs.plan", "app nav.tabs.more", "web-pair devices"),
    *("spoken days", "spoken things"),
    *("app failures", "web-walk where.places", "web-walk after.reaches", "web-walk after.surfaces"),
    *("web-walks facts.kinds", "web-walks facts.surfaces", "web-walks facts.reaches"),
}


def leaves(value: object, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the place of every text."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*place, str(key)))
    else:
        yield place


def spoken_names() -> set[str]:
    """Return every text that stands alone in the code of the screens, and every name in a page."""
    found: set[str] = set()
    web = SOURCE / "web"
    for path in (*(web / "templates").glob("*.j2"), *(web / "static").glob("*.js")):
        found |= set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    for room in ("checkup/knowledge", "app", "report", "cli", "web"):
        for path in (SOURCE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.stem)
def test_every_word_is_used(path):
    """A sentence that no screen shows would be translated and checked for nothing."""
    names = spoken_names()
    unused = [
        ".".join(place)
        for place in leaves(yaml.safe_load(path.read_text(encoding="utf-8")))
        if place[-1] not in names and f"{path.stem} {'.'.join(place[:-1])}" not in BY_VALUE
    ]

    assert [] == unused


def test_groups_by_value_are_there():
    """The list above names nothing that is gone."""
    groups = {
        f"{path.stem} {'.'.join(place[:-1])}"
        for path in SCREENS
        for place in leaves(yaml.safe_load(path.read_text(encoding="utf-8")))
    }

    assert set() == BY_VALUE - groups
