"""A tolerant reader of tags: lane B, for whatever does not look as Apple usually writes it.

It knows no document type and no rules of XML. Attributes may come in any order, twice, in either
kind of quotes and over several lines; control characters may stand anywhere; tags may be cut off.
Every step moves forward, so its time grows with the bytes and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["Element", "elements"]

_NAME = re.compile(rb"[A-Za-z_][\w.:-]*+")
_SPACE = re.compile(rb"[\s\x00-\x1f]*+")
_ATTRIBUTE = re.compile(rb"([^\s=<>\"'/\x00-\x1f]++)\s*+=\s*+([\"'])")
_JUNK = re.compile(rb"[^\s=<>\"'/\x00-\x1f]++|[^<>]")
_TOP = rb"(?:Record|Correlation|Workout|ActivitySummary|ClinicalRecord|Audiogram)[\s>]"
_INSIDE = re.compile(
    rb"<(?:/[A-Z]|" + _TOP + rb"|MetadataEntry[\s>]|Workout[A-Z]|FileReference[\s>])"
)
_NEXT = re.compile(rb"<" + _TOP)
_NEXT_IN_CORRELATION = re.compile(rb"<(?:Correlation|Workout|ActivitySummary)[\s>]")
_NEXT_LINE = re.compile(rb"\n <[A-Z]")
_LARGEST = 32 << 20  # an element that does not end within this is given up
_MOST_ATTRIBUTES = 64


@dataclass(frozen=True, slots=True)
class Element:
    """One element at the top of what was read; what is in it is not taken apart.

    Attributes:
        name: Of the tag.
        at: Where it starts.
        attributes: The first of each name counts.
        body: The bytes between the tags.
        sound: False if the tag is broken or cut off; then the attributes may be too few.
    """

    name: bytes
    at: int
    attributes: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""
    sound: bool = True


@dataclass(slots=True)
class _Tag:
    """An opening tag: ``state`` is "open", "empty" (no body), "broken" or "unfinished"."""

    name: bytes
    attributes: dict[bytes, bytes]
    state: str
    stop: int


def elements(data: bytes, start: int, end: int, *, final: bool) -> tuple[list[Element], int]:
    """Return the elements in a stretch of bytes, and up to where it was understood.

    Args:
        data: The bytes.
        start: Where the stretch begins, outside of any tag.
        end: Where it ends.
        final: Whether nothing follows; else an element that does not end is left for later.
    """
    found: list[Element] = []
    at = start
    while (left := data.find(b"<", at, end)) >= 0:
        given_up = end - left > _LARGEST
        if data[left + 1 : left + 2] in (b"/", b"!", b"?"):
            sign = b"-->" if data.startswith(b"<!--", left) else b">"
            stop = data.find(sign, left, end)
            if sign == b">":
                following = data.find(b"<", left + 1, stop if stop >= 0 else end)
                stop = following - 1 if following >= 0 else stop  # it lost its own end
            if stop < 0 and not (final or given_up):
                return found, left
            at = left + 1 if stop < 0 else stop + len(sign)
            continue
        tag = _open_tag(data, left, end)
        if tag is None:
            at = left + 1
            continue
        if tag.state == "unfinished" and not (final or given_up):
            return found, left
        if tag.state in ("broken", "unfinished"):
            found.append(Element(tag.name, left, tag.attributes, sound=False))
            at = max(tag.stop, left + 1)
            continue
        body_end = at = tag.stop
        if tag.state == "open" and tag.name != b"HealthData":
            body_end, at = _body(data, left, tag, end)
            if body_end < 0 and not (final or given_up):
                return found, left
            if body_end < 0:
                body_end, at = (tag.stop, tag.stop) if given_up else (end, end)
        found.append(Element(tag.name, left, tag.attributes, data[tag.stop : body_end]))
    return found, end


def _open_tag(data: bytes, left: int, end: int) -> _Tag | None:
    """Read an opening tag; None if it is none."""
    name = _NAME.match(data, left + 1, end)
    if name is None:
        return None
    tag = _Tag(name.group(), {}, "unfinished", end)
    at = name.end()
    while True:
        space = _SPACE.match(data, at, end)
        at = space.end() if space else at
        if at >= end:
            return tag
        if data[at : at + 1] == b">" or data[at : at + 2] == b"/>":
            empty = data[at : at + 1] == b"/"
            tag.state, tag.stop = ("empty" if empty else "open"), at + 1 + empty
            return tag
        attribute = _ATTRIBUTE.match(data, at, end)
        if attribute is not None:
            begin = attribute.end()
            close = data.find(attribute.group(2), begin, end)
            restart = _INSIDE.search(data, begin, end if close < 0 else close)
            if restart is not None:
                tag.state, tag.stop = "broken", restart.start()
                return tag
            if close < 0:
                return tag
            if len(tag.attributes) < _MOST_ATTRIBUTES:
                tag.attributes.setdefault(attribute.group(1), data[begin:close])
            at = close + 1
            continue
        junk = _JUNK.match(data, at, end)
        if junk is None:  # the next tag begins before this one has ended
            tag.state, tag.stop = "broken", at
            return tag
        at = junk.end()


def _body(data: bytes, left: int, tag: _Tag, end: int) -> tuple[int, int]:
    """Return where the body ends and where to go on; (-1, -1) if it does not end.

    A body whose closing tag is missing ends where the next element begins that cannot be in it.
    """
    closing = b"</" + tag.name + b">"
    close = data.find(closing, tag.stop, end)
    limit = end if close < 0 else close
    following = _NEXT_IN_CORRELATION if tag.name == b"Correlation" else _NEXT
    stops = [match.start() for match in [following.search(data, tag.stop, limit)] if match]
    if left >= 2 and data[left - 2 : left] == b"\n ":
        line = _NEXT_LINE.search(data, tag.stop, limit)
        stops += [line.start()] if line else []
    if stops:
        return min(stops), min(stops)
    return (close, close + len(closing)) if close >= 0 else (-1, -1)
