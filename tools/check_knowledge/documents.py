"""The knowledge files as plain values, and ways to go through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "Check",
    "Documents",
    "Fault",
    "atoms",
    "conditions",
    "features",
    "folder",
    "leaves",
    "questionnaires",
    "read",
    "sourced",
    "texts",
]

SHELVES = ("instruments", "screens")

Documents = Mapping[str, Any]
"""The content of each file by its name without ".yaml", with its shelf: "instruments/NAME"."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a knowledge file."""

    file: str
    place: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.file}.yaml: {self.place}: {self.wrong}"


Check = Callable[[Documents], Iterable[Fault]]


def folder() -> Traversable:
    """Return the folder of the knowledge files."""
    return files("evenstride") / "knowledge"


def texts() -> dict[str, str]:
    """Return the text of every knowledge file, by its name without ".yaml"."""
    shelves = {"": folder()} | {f"{name}/": folder() / name for name in SHELVES}
    return {
        shelf + file.name.removesuffix(".yaml"): file.read_text("utf-8")
        for shelf, place in shelves.items()
        for file in sorted(place.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yaml")
    }


@cache
def read() -> Documents:
    """Return every knowledge file as plain values."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {name: yaml.load(text, loader) for name, text in texts().items()}  # noqa: S506


def leaves(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (place, text) of every text in a document; members of lists go by id or number."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from leaves(part, (*place, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            name = str(part.get("id", number)) if isinstance(part, Mapping) else str(number)
            yield from leaves(part, (*place, name))


def questionnaires(documents: Documents) -> dict[str, Any]:
    """Return the documents that are questionnaires, by "instruments/NAME"."""
    return {name: data for name, data in documents.items() if name.startswith("instruments/")}


def features(documents: Documents) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (place, feature) of every feature of every cause."""
    for cause in documents["causes"]["causes"]:
        for number, feature in enumerate(cause["features"]):
            yield f"{cause['id']}.features.{number} ({feature['f']})", feature


def conditions(documents: Documents) -> Iterator[tuple[str, str, Any]]:
    """Yield (file, place, condition) of every condition in the knowledge."""
    for name, finding in documents["findings"]["findings"].items():
        if "applies_if" in finding:
            yield "findings", f"{name}.applies_if", finding["applies_if"]
    for rule in documents["triage"]["rules"]:
        yield "triage", f"{rule['id']}.when", rule["when"]
    for place, feature in features(documents):
        yield "causes", place, feature
    for screen in documents["interview"]["screens"]:
        for name, condition in screen.get("hide_if", {}).items():
            yield "interview", f"{screen['id']}.hide_if.{name}", condition
    for test in documents["home_tests"]["home_tests"]:
        if "not_if" in test:
            yield "home_tests", f"{test['id']}.not_if", test["not_if"]


def atoms(condition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every comparison of a condition; what is no condition is yielded too."""
    match condition:
        case {"all": parts} | {"any": parts} | {"at_least": {"of": parts}}:
            for part in parts:
                yield from atoms(part)
        case _:
            yield condition


def sourced(documents: Documents) -> Iterator[tuple[str, str, list[str], str]]:
    """Yield (file, place, ids of sources, mark) of everything that names its sources."""
    for rule in documents["triage"]["rules"]:
        yield "triage", rule["id"], rule["sources"], rule["mark"]
    for cause in documents["causes"]["causes"]:
        if "care_sources" in cause:
            yield "causes", f"{cause['id']}.care_sources", cause["care_sources"], cause["care_mark"]
        for part in ("true_part", "not_true"):
            for number, claim in enumerate(cause.get(part, ())):
                place = f"{cause['id']}.{part}.{number}"
                yield "causes", place, claim["sources"], claim["mark"]
    for place, feature in features(documents):
        if "src" in feature:
            yield "causes", place, [feature["src"]], feature["mark"]
    for test in documents["home_tests"]["home_tests"]:
        if "sources" in test:
            yield "home_tests", test["id"], test["sources"], test["mark"]
    for entry in documents["article"]["entries"]:
        yield "article", entry["id"], entry["sources"], entry["mark"]
