"""The fast reader: many points at once, where all tags between them are in good order.

What it relies on it checks: signs < and > that alternate, points that neither overlap nor nest,
tags that are closed from the inside out, fields that hold nothing but text, no comment or
other special mark. Where one of these does not hold it says so, and the piece is read tag by tag;
both ways give the same values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.xml_tracks.digits import Texts, moments, numbers
from evenstride.importers.xml_tracks.points import COLUMNS, Names, Points
from evenstride.importers.xml_tracks.tags import POINT, Tags, tags_of

__all__ = ["Stretch", "last_end", "stretches"]

_MOST_TAGS, _MOST_SEQUENCES = 4096, 200
_PLACES = {name: place for place, name in enumerate(COLUMNS)}
_ATTRIBUTES = re.compile(
    rb"(<[^\s\"'<>=]+\s+)([A-Za-z]+)=([\"'])[^\"'<>]*(\3\s+)([A-Za-z]+)=\3[^\"'<>]*(\3\s*>)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Points that follow each other.

    Attributes:
        before: Where the bytes begin that stand before them.
        begin: Where the first of them begins.
        points: Their values.
    """

    before: int
    begin: int
    points: Points


@dataclass(frozen=True, slots=True, eq=False)
class _Inside:
    """The tags within points: which they are, and the point of each."""

    tags: Tags
    row: NDArray[np.int64]
    at: NDArray[np.intp]


def last_end(data: bytes, names: Names) -> int:
    """Return where the last whole point ends, or 0."""
    found = _beginning(names.points).search(data)
    if found is None:
        return 0
    end = b"</" + found[1] + b">"
    place = data.rfind(end)
    return 0 if place < 0 else place + len(end)


def stretches(data: bytes, names: Names) -> tuple[list[Stretch], int] | None:
    """Read all whole points, and return where the last one ends; None where this is not safe."""
    found, stop = _beginning(names.points).search(data), last_end(data, names)
    if found is None or stop <= found.start():
        return None
    start = found.start()
    tags = tags_of(np.frombuffer(data, np.uint8, stop - start, start), b"<" + found[1])
    end = b"</" + found[1] + b">"
    if tags is None or end not in tags.kinds or _other_points(tags, end, names):
        return None
    opens = np.flatnonzero(tags.kind == POINT)
    closes = np.flatnonzero(tags.kind == tags.kinds.index(end))
    if opens.size != closes.size or np.any(opens >= closes) or np.any(closes[:-1] >= opens[1:]):
        return None
    points = _points(tags, opens, closes, names, end)
    if points is None:
        return None
    breaks = np.concatenate([[0], np.flatnonzero(opens[1:] != closes[:-1] + 1) + 1, [opens.size]])
    out = []
    for first, last in zip(breaks[:-1].tolist(), breaks[1:].tolist(), strict=True):
        before = 0 if first == 0 else start + int(tags.gt[closes[first - 1]]) + 1
        part = points.select(np.arange(first, last))
        out.append(Stretch(before, start + int(tags.lt[opens[first]]), part))
    return out, stop


@lru_cache(maxsize=8)
def _beginning(points: frozenset[str]) -> re.Pattern[bytes]:
    names = "|".join(sorted(points)).encode()
    return re.compile(rb"<((?:[\w.-]+:)?(?:" + names + rb"))[\s>]", re.IGNORECASE)


def _other_points(tags: Tags, end: bytes, names: Names) -> bool:
    """Tell whether points are also called by another name or spelling."""
    called = (tag.strip(b"</>").split(maxsplit=1) for tag in tags.kinds if tag != end)
    return any(_local(words[0]) in names.points for words in called if words)


def _points(
    tags: Tags, opens: NDArray[np.intp], closes: NDArray[np.intp], names: Names, end: bytes
) -> Points | None:
    points = Points.empty(opens.size)
    row = np.cumsum(tags.kind == POINT) - 1
    numbered = np.arange(row.size)
    within = (numbered > opens[row]) & (numbered < closes[row])
    inside = _Inside(tags, row, np.flatnonzero(within))
    fields = _fields(inside, names)
    if (
        fields is None
        or not _nested(tags, row, opens, end)
        or not _place(tags, opens, names, points)
    ):
        return None
    for field, at in fields.items():
        texts = Texts(tags.data, tags.gt[at] + 1, tags.lt[at + 1])
        rows = inside.row[at]
        # The first of two in the same point counts, as it is written last.
        if field == "time":
            time_ns, zone = moments(texts)
            points.time_ns[rows[::-1]], points.zone[rows[::-1]] = time_ns[::-1], zone[::-1]
        else:
            points.values[_PLACES[field], rows[::-1]] = numbers(texts)[::-1]
    return points


def _fields(inside: _Inside, names: Names) -> dict[str, NDArray[np.intp]] | None:
    """Return the tags that open each field, in order; None if one holds more than text."""
    tags, found = inside.tags, dict[str, list[NDArray[np.intp]]]()
    kind = tags.kind[inside.at]
    nested = {name.rpartition("/")[2] for name in names.fields if "/" in name}
    for number, tag in enumerate(tags.kinds):
        name = _opened(tag)
        if name is None or not (_local(name) in names.fields or _local(name) in nested):
            continue
        at = inside.at[kind == number]
        if not at.size:
            continue
        field = names.fields.get(_local(name)) or _by_parent(tags, at, _local(name), names)
        closing = b"</" + name + b">"
        if field is None or closing not in tags.kinds:
            return None
        if np.any(tags.kind[at + 1] != tags.kinds.index(closing)):
            return None
        found.setdefault(field, []).append(at)
    return {field: np.sort(np.concatenate(parts)) for field, parts in found.items()}


def _by_parent(tags: Tags, at: NDArray[np.intp], name: str, names: Names) -> str | None:
    """Return the field that the tag right before makes of a name such as "value"."""
    fields = set()
    for number in np.unique(tags.kind[at - 1]).tolist():
        parent = None if number == POINT else _opened(tags.kinds[number])
        fields.add(None if parent is None else names.fields.get(f"{_local(parent)}/{name}"))
    return fields.pop() if len(fields) == 1 else None


def _nested(tags: Tags, row: NDArray[np.int64], opens: NDArray[np.intp], end: bytes) -> bool:
    """Tell whether the tags of every point are nested as they should be.

    Most points have the same tags, so each sequence is looked at once; sequences are told apart by
    a sum of random numbers, one for each kind of tag at each place.
    """
    place = np.arange(row.size) - opens[row]
    longest = int(place.max()) + 1
    if longest > _MOST_TAGS:
        return False
    dice = np.random.default_rng(longest)
    of_kind, of_place = (
        dice.integers(1, 1 << 63, size, dtype=np.uint64) for size in (len(tags.kinds) + 1, longest)
    )
    sums = np.add.reduceat(of_kind[tags.kind] * of_place[place], opens)
    kinds, first = np.unique(sums, return_index=True)
    ends = np.append(opens[1:], row.size)
    return kinds.size <= _MOST_SEQUENCES and all(
        _is_tree(tags, tags.kind[opens[i] + 1 : ends[i]].tolist(), end) for i in first.tolist()
    )


def _is_tree(tags: Tags, sequence: list[int], end: bytes) -> bool:
    """Tell whether elements are closed from the inside out, up to the end of the point."""
    path: list[bytes] = []
    for number in sequence:
        tag = tags.kinds[number]
        name = _opened(tag)
        if name is not None:
            path.append(name)
        elif tag.startswith(b"</"):
            if not path:
                return tag == end  # what follows the point is read tag by tag
            if path.pop() != tag[2:-1]:
                return False
    return False


def _place(tags: Tags, opens: NDArray[np.intp], names: Names, points: Points) -> bool:
    """Read the two attributes of each point into ``points``; False where they are written oddly."""
    lt, gt = tags.lt[opens], tags.gt[opens]
    first = tags.data[lt[0] : gt[0] + 1].tobytes()
    if not names.attributes:
        plain = re.fullmatch(rb"<[^\s\"'<>=/]+>", first) is not None
        return plain and bool(np.all(gt - lt + 1 == len(first)))
    match = _ATTRIBUTES.fullmatch(first)
    if match is None:
        return False
    begin, one, quote, middle, two, end = match.groups()
    pair = [names.attributes.get(name.decode("ascii").lower()) for name in (one, two)]
    if None in pair or pair[0] == pair[1]:
        return False
    quotes = np.flatnonzero(tags.data == quote[0])
    at = np.searchsorted(quotes, lt)
    if at[-1] + 4 > quotes.size:
        return False
    q = quotes[at[:, None] + np.arange(4)].T
    begin, middle = begin + one + b"=" + quote, middle + two + b"=" + quote
    alike = (q[0] - lt + 1 == len(begin)) & (q[2] - q[1] + 1 == len(middle))
    alike &= (gt - q[3] + 1 == len(end)) & tags.same(lt, begin) & tags.same(q[1], middle)
    if not np.all(alike & tags.same(q[3], end)):
        return False
    for field, left, right in ((pair[0], q[0], q[1]), (pair[1], q[2], q[3])):
        points.values[_PLACES[field or ""]] = numbers(Texts(tags.data, left + 1, right))
    return True


def _opened(tag: bytes) -> bytes | None:
    """Return the name of the element that a tag opens; None if it closes one."""
    if tag.startswith(b"</") or tag.endswith(b"/>"):
        return None
    return tag[1:-1].split(maxsplit=1)[0] if len(tag) > 2 and not tag[1:2].isspace() else None


def _local(name: bytes) -> str:
    return name.rpartition(b":")[2].decode("latin-1").lower()
