"""Why a file is not understood: what each reader makes of it, and a head without anything private.

The head can be sent to those who write a reader: marks, names of columns and tags stay, whatever
could be about a person is made unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evenstride.errors import EvenstrideError, RecordingError
from evenstride.importers.contract import NO_OPTIONS, Plan
from evenstride.importers.known import explain
from evenstride.importers.registry import importers
from evenstride.importers.source import Member, Source

__all__ = ["Diagnosis", "Opinion", "diagnose", "redacted"]

_HEAD_BYTES = 2000
_HEAD_LINES = 20
_MOST_MEMBERS = 50
_TEXT_SHARE = 0.95

_TAG = re.compile(r"</?[A-Za-z_][\w:.-]*|[A-Za-z_][\w:.-]*(?==[\"'])|[/?]?>")
_SEPARATOR = re.compile(r"[,;\t|]")
_NUMBER = re.compile(r"[-+]?\d")
_NO_NAME = re.compile(r"[:@<>{}\[\]]|\d{3}")
_KEY = re.compile(r'"[A-Za-z_][\w .-]*"(?=\s*:)')


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reader makes of a file.

    Attributes:
        format: Name of its format.
        score: How sure it is, 0 to 100.
        reason: What it went by.
        plan: What it would read; None if it cannot.
        problem: Why it cannot, in plain words; empty if it can.
    """

    format: str
    score: int
    reason: str
    plan: Plan | None
    problem: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found out about a file or one branch of it.

    Attributes:
        name: Of the file.
        members: Path and size of the files in it, the first fifty.
        more: How many there are besides.
        opinions: Of the readers that claim it, the surest first.
        says: If none does, what it seems to be and what to do.
        damage: Why its first file ends too early, if it does.
        head: The first lines of its first file without anything private.
    """

    name: str
    members: tuple[tuple[str, int | None], ...]
    more: int
    opinions: tuple[Opinion, ...]
    says: str
    damage: str | None
    head: tuple[str, ...]


def diagnose(source: Source) -> Diagnosis:
    """Say what readers make of a source, and show a redacted head of its first file.

    Raises:
        UnsafeFile: If it was built to do harm.
    """
    members = source.members()
    opinions = tuple(sorted(_opinions(source), key=lambda one: -one.score))
    first = members[0] if members else None
    return Diagnosis(
        name=source.name,
        members=tuple((one.path, one.size) for one in members[:_MOST_MEMBERS]),
        more=max(len(members) - _MOST_MEMBERS, 0),
        opinions=opinions,
        says="" if opinions else str(explain(source)),
        damage=None if first is None else _damage(source, first),
        head=() if first is None else redacted(source.head(first, _HEAD_BYTES)),
    )


def _opinions(source: Source) -> Iterator[Opinion]:
    for importer in importers():
        sniff = importer.sniff(source)
        if not sniff.score:
            continue
        plan, problem = None, ""
        try:
            plan = importer.plan(source, NO_OPTIONS)
        except RecordingError as error:
            problem = str(error)
        yield Opinion(importer.name, sniff.score, sniff.reason, plan, problem)


def _damage(source: Source, member: Member) -> str | None:
    with source.open(member) as stream:
        try:
            while stream.read(1 << 20):
                pass
        except EvenstrideError as error:
            return error.sentence
        return stream.damage


def redacted(head: bytes) -> tuple[str, ...]:
    """Return the first bytes of a file as lines in which nothing private can be read.

    In text, the names of tags, attributes and keys stay, and so does the first line that looks like
    the names of columns; every other letter becomes "x" and every digit "9". Other files are shown
    as numbers, as far as the mark by which their kind is known.
    """
    text = _as_text(head)
    if text is None:
        return (head[:16].hex(" "), f"({len(head)} bytes that are no text)")
    lines = text.splitlines()[:_HEAD_LINES]
    pairs = enumerate(pairwise(lines))
    names = next((at for at, (line, below) in pairs if _are_names(line, below)), None)
    return tuple(line if at == names else _hidden(line) for at, line in enumerate(lines))


def _as_text(head: bytes) -> str | None:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head.decode(encoding, "replace")
    readable = sum(c.isprintable() or c in "\r\n\t" for c in text if c != "\ufffd")
    return text if text and readable >= _TEXT_SHARE * len(text) else None


def _are_names(line: str, below: str) -> bool:
    """Tell whether a line is the names of columns: short words above a row with a number in it."""
    cells, row = _SEPARATOR.split(line), _SEPARATOR.split(below)
    if len(cells) < 2 or len(cells) != len(row) or _NO_NAME.search(line):
        return False
    words = [cell.strip().strip('"') for cell in cells]
    named = all(len(word) <= 40 and not _NUMBER.match(word) for word in words)
    return named and any(_NUMBER.match(cell.strip().strip('"')) for cell in row)


def _hidden(line: str) -> str:
    kept = [match.span() for pattern in (_TAG, _KEY) for match in pattern.finditer(line)]
    out = [_masked(c) for c in line]
    for start, end in kept:
        out[start:end] = line[start:end]
    return "".join(out)


def _masked(character: str) -> str:
    if character.isdigit():
        return "9"
    return "x" if character.isalpha() else character
