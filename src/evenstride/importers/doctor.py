"""Why a file is not understood: what each reader makes of it, and a head without anything private.

The head can be sent to those who write a reader: marks, names of columns and tags stay, whatever
could be about a person is made unreadable.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from evenstride.errors import EvenstrideError, MissingExtra, RecordingError, UnknownFile
from evenstride.importers.contract import NO_OPTIONS, Item, Kind, Plan
from evenstride.importers.front import Choice, Unread, survey
from evenstride.importers.inspection import summed
from evenstride.importers.known import explain
from evenstride.importers.registry import importers
from evenstride.importers.source import Member, Source
from evenstride.model import Activity, Entry, Left, Recording, Series, Track

__all__ = ["Branch", "Diagnosis", "Opinion", "diagnose", "redacted"]

_HEAD_BYTES = 16_000  # the description that an Apple export begins with takes about 9,000
_SHOWN_BYTES = 2000
_HEAD_LINES = 20
_MOST_MEMBERS = 50
_MOST_READ = 200  # branches; a folder with more of them is looked at, not read
_MOST_NOTES = 200
_TEXT_SHARE = 0.95
_ENDINGS = ("cwa", "fit", "gpx", "gt3x", "tcx", "zip")

_DESCRIPTION = re.compile(r"<!DOCTYPE[^\[>]*\[.*?\]\s*>\s*", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z_][\w:.-]*|[A-Za-z_][\w:.-]*(?==[\"'])|[/?]?>")
_FORMAT_WORD = re.compile(
    r"<\?xml|\bHK(?:Quantity|Category|Correlation|Data)TypeIdentifier[A-Za-z]+"
    r"|\bHKCategoryValue[A-Za-z]+|\bHKWorkoutActivityType[A-Za-z]+"
    r"|http://www\.(?:topografix\.com/GPX|garmin\.com/xmlschemas)/[\w/.]+"
)
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
class Branch:
    """One file, or files that belong together, in what was looked at.

    Attributes:
        name: Its place.
        format: Name of its format; empty if nobody can read it.
        found: How much of each kind was read: values of series, and one by one all others.
        left: What is left out or wrong, and why; equal reasons are summed up.
        problem: Why it cannot be read, in plain words; empty if it can.
        ending: If nobody knows it: the ending of its name, if that promises something else.
        read: Whether it was read to its end.
    """

    name: str
    format: str
    found: Mapping[Kind, int] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    problem: str = ""
    ending: str = ""
    read: bool = True


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found out about a file or folder.

    Attributes:
        name: Of the file.
        members: Path and size of the files in it, the first fifty.
        more: How many there are besides.
        opinions: Of the readers that claim it, the surest first.
        branches: What is in it, and what came of reading each to its end.
        says: If nothing in it can be read, what it seems to be and what to do.
        damage: If nothing can be read: why its first file ends too early, if it does.
        head: The first lines of the first file that nobody reads, else of the first, without
            anything private.
    """

    name: str
    members: tuple[tuple[str, int | None], ...]
    more: int
    opinions: tuple[Opinion, ...]
    branches: tuple[Branch, ...]
    says: str
    damage: str | None
    head: tuple[str, ...]


def diagnose(source: Source) -> Diagnosis:
    """Say what readers make of a source, read it, and show a redacted head of its first file.

    Raises:
        UnsafeFile: If it was built to do harm.
    """
    members = source.members()
    branches = tuple(
        _branch(found, source, read=number < _MOST_READ)
        for number, found in enumerate(survey(source, NO_OPTIONS))
    )
    unread = {one.name for one in branches if one.problem}
    shown = next((one for one in members if one.path in unread), members[0] if members else None)
    opinions = tuple(sorted(_opinions(source), key=lambda one: -one.score))
    nothing = all(one.problem for one in branches)
    return Diagnosis(
        name=source.name,
        members=tuple((one.path, one.size) for one in members[:_MOST_MEMBERS]),
        more=max(len(members) - _MOST_MEMBERS, 0),
        opinions=opinions,
        branches=branches,
        says=str(explain(source)) if nothing and not opinions else "",
        damage=_damage(source, members[0]) if nothing and members else None,
        head=() if shown is None else redacted(source.head(shown, _HEAD_BYTES)),
    )


def _branch(found: Choice | Unread, source: Source, *, read: bool) -> Branch:
    """Read a branch to its end, in bounded memory, and say what came of it."""
    if isinstance(found, Unread):
        ending = found.name.rpartition(".")[2].lower()
        is_odd = isinstance(found.error, UnknownFile) and ending in _ENDINGS
        is_file = any(one.path == found.name for one in source.members())
        ending = ending.upper() if is_odd and is_file else ""
        return Branch(found.name, "", problem=str(found.error), ending=ending)
    name = found.source.prefix + found.source.name
    if not read:
        return Branch(name, found.plan.format, left=found.plan.left, read=False)
    amounts, left = Counter[Kind](), list[Left]()
    try:
        for item in found.importer.read(found.source, found.plan):
            for note in _counted(item, amounts):
                if len(left) < _MOST_NOTES:
                    left.append(note)
    except (RecordingError, MissingExtra) as error:
        return Branch(name, found.plan.format, amounts, summed(left), str(error))
    return Branch(name, found.plan.format, amounts, summed(left))


def _counted(item: Item, amounts: Counter[Kind]) -> Iterator[Left]:
    """Count one thing that was read, and yield what is left out of it or wrong with it."""
    match item:
        case Left():
            yield item
        case Recording():
            amounts["recording"] += 1
            for block in item.open():
                yield from block.left
            yield from (Left(item.source, warning) for warning in item.warnings)
        case Track():
            amounts["track"] += 1
            yield from (Left(item.source, warning) for warning in item.warnings)
        case Series():
            amounts["series"] += len(item)
        case Activity():
            amounts["activity"] += 1
        case Entry():
            amounts["entry"] += 1


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

    In text, the names of tags, attributes and keys stay, and so do words that only tell the format
    and the first line that looks like the names of columns; every other letter becomes "x" and
    every digit "9". The description that an XML file may begin with is left out. Other files are
    shown as numbers, as far as the mark by which their kind is known. Equal lines are shown once.
    """
    if not head:
        return ()
    text = _as_text(head)
    if text is None:
        return (head[:16].hex(" "), "(no text)")
    lines = _DESCRIPTION.sub("", text, 1)[:_SHOWN_BYTES].splitlines()[:_HEAD_LINES]
    pairs = enumerate(pairwise(lines))
    names = next((at for at, (line, below) in pairs if _are_names(line, below)), None)
    shown = (line if at == names else _hidden(line) for at, line in enumerate(lines))
    return tuple(dict.fromkeys(shown))  # rows that look alike tell no more than one of them


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
    patterns = (_TAG, _KEY, _FORMAT_WORD)
    kept = [match.span() for pattern in patterns for match in pattern.finditer(line)]
    out = [_masked(c) for c in line]
    for start, end in kept:
        out[start:end] = line[start:end]
    return "".join(out)


def _masked(character: str) -> str:
    if character.isdigit():
        return "9"
    return "x" if character.isalpha() else character
