"""Lay a translation over the knowledge: sentences only, and only those that a person reads.

A translation is a folder ``knowledge/languages/CODE`` with files that have the names and keys of
the English ones, and nothing but texts in them. Members of lists that have an ``id`` go by it. What
is missing or does not fit stays English, sentence by sentence. No rule, number, id or condition can
come from a translation, so the hash of the knowledge is that of the English files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evenstride.checkup.knowledge.places import Place, is_for_a_person
from evenstride.model.language import ENGLISH

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "Edition",
    "Misfit",
    "editions",
    "fault",
    "laid_over",
    "misfits",
    "told_in",
    "translated",
]

_ABOUT = "language"
_NEVER = "instruments/"  # validated questionnaires have owners, and so have their translations
_FIELD = re.compile(r"\{[^{}]*\}")
_COMMAND = re.compile(  # a link in the app, and what is typed in a terminal
    r"\bevenstride (?:checkup|me|demo|today|log|import|plan|routine|factors|history|walk|shoes"
    r"|trial(?: (?:new|next|show|stop|undo|done|trend))?|questionnaire|report|analyze|terrain"
    r"|inspect|doctor|serve|export|backup|restore|rebuild|encrypt|passphrase|decrypt|erase)\b"
    r"(?: --[a-z-]+)*"
)
_MARKUP = re.compile(r"[<>{}\x00-\x08\x0b-\x1f\x7f]|https?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edition:
    """A translation.

    Attributes:
        code: As in ``<html lang>``, such as "de".
        name: What speakers call the language.
        says: What stands below a result: which words these are, and who checked them.
        hash: SHA-256 of its files.
    """

    code: str
    name: str
    says: str
    hash: str

    @property
    def line(self) -> str:
        """The sentence below a result."""
        return self.says.format(hash=self.hash[:12])


@dataclass(frozen=True, slots=True)
class Misfit:
    """A sentence of a translation that is not used.

    Attributes:
        place: Its keys.
        why: "unknown" if there is no such English text, else what is wrong with it.
    """

    place: Place
    why: str


@cache
def editions() -> dict[str, Edition]:
    """Return every translation that comes with this version of evenstride, by its code."""
    found = {}
    for folder in sorted(_languages().iterdir(), key=lambda one: one.name):
        if (folder / f"{_ABOUT}.yaml").is_file():
            about = _loaded(folder / f"{_ABOUT}.yaml")
            found[folder.name] = Edition(
                folder.name, about["name"], about["says"], _fingerprint(folder)
            )
    return found


def told_in(code: str) -> Edition | None:
    """Return the translation in which words are told; None for English, or where there is none."""
    return editions().get(code)


def translated(code: str, name: str) -> Any:
    """Return the file of a translation as plain values; None if there is none.

    Args:
        code: Of the language.
        name: As of the English file, such as "screens/today".
    """
    if code == ENGLISH or code not in editions() or name.startswith(_NEVER):
        return None
    file = _languages() / code / f"{name}.yaml"
    return _loaded(file) if file.is_file() else None


def laid_over(name: str, english: Any, other: Any) -> Any:
    """Return an English document with the sentences of a translation that fit.

    Args:
        name: Of the document.
        english: Its content.
        other: The content of the same file of a translation.
    """
    return _laid(name, (), english, other)


def misfits(name: str, english: Any, other: Any) -> Iterator[Misfit]:
    """Yield every part of a translation that is not used."""
    return _wrong(name, (), english, other)


def fault(english: str, other: str) -> str:
    """Return why a sentence cannot stand for an English one; empty if it can."""
    if not other.strip():
        return "it is empty"
    if set(_FIELD.findall(english)) != set(_FIELD.findall(other)):
        return "its {…} are others"
    if set(_COMMAND.findall(english)) != set(_COMMAND.findall(other)):
        return "it names other commands"
    own, theirs = (set(_MARKUP.findall(_FIELD.sub("", one))) for one in (english, other))
    marks = theirs - own
    return f"it has {', '.join(sorted(marks))} in it" if marks else ""


def _laid(name: str, place: Place, english: Any, other: Any) -> Any:
    if isinstance(english, str):
        return english if _why(name, place, english, other) else other
    if other is None or _unlike(english, other):
        return english
    parts = _parts(other)
    if isinstance(english, Mapping):
        return {
            key: _laid(name, (*place, str(key)), part, parts.get(str(key)))
            for key, part in english.items()
        }
    if isinstance(english, list):
        return [
            _laid(name, (*place, key), part, parts.get(key))
            for key, part in zip(_parts(english), english, strict=True)
        ]
    return english


def _wrong(name: str, place: Place, english: Any, other: Any) -> Iterator[Misfit]:
    if isinstance(english, str):
        if why := _why(name, place, english, other):
            yield Misfit(place, why)
    elif not isinstance(english, Mapping | list) or not isinstance(other, Mapping | list):
        yield Misfit(place, "unknown")
    elif _unlike(english, other):
        yield Misfit(place, "the list has another length")
    else:
        known = _parts(english)
        for key, part in _parts(other).items():
            if key in known:
                yield from _wrong(name, (*place, key), known[key], part)
            else:
                yield Misfit((*place, key), "unknown")


def _why(name: str, place: Place, english: str, other: Any) -> str:
    if not isinstance(other, str):
        return "it is no text"
    if english == other == "":
        return ""  # a column without a title
    if not is_for_a_person(name, place, english):
        return "no translation may say this"
    return fault(english, other)


def _unlike(english: Any, other: Any) -> bool:
    """Tell whether a list cannot stand for another: order is meaning, so it has the same length."""
    return isinstance(other, list) and (not isinstance(english, list) or len(english) != len(other))


def _parts(value: Any) -> dict[str, Any]:
    """Return the parts of a mapping or list by key, id or number."""
    if isinstance(value, Mapping):
        return {str(key): part for key, part in value.items()}
    if not isinstance(value, list):
        return {}
    return {
        str(part.get("id", number)) if isinstance(part, Mapping) else str(number): part
        for number, part in enumerate(value)
    }


def _languages() -> Traversable:
    return files("evenstride") / "knowledge" / "languages"


def _fingerprint(folder: Traversable) -> str:
    """Hash names and content, with line ends made equal, so that every platform agrees."""
    digest = hashlib.sha256()
    shelves = [folder, *(one for one in folder.iterdir() if one.is_dir())]
    for file in sorted((f for shelf in shelves for f in shelf.iterdir()), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            digest.update(file.name.encode() + b"\0" + file.read_text("utf-8").encode() + b"\0")
    return digest.hexdigest()


def _loaded(file: Traversable) -> Any:
    import yaml  # slow to import, and only needed here

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text("utf-8"), loader)  # noqa: S506 - safe
