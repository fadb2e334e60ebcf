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
# What nearly all tags look like; the same as the steps below find, at once.
_USUAL = re.compile(
    rb"<([A-Za-z_][\w.:-]*+)((?:\s++[^\s=<>\"'/\x00-\x1f]++=\"[^\"<>]*+\"){0,64}+)\s*+(/?)>"
)
_PAIR = re.compile(rb"([^\s=<>\"'/\x00-\x1f]++)=\"([^\"<>]*+)\"")
_JUNK = re.compile(rb"[^\s=<>\"'/\x00-\x1f]++|[^<>]")
_TOP_NAMES = (b"Record", b"Correlation", b"Workout", b"ActivitySummary", b"ClinicalRecord",
              b"Audiogram", b"VisionPrescription")  # fmt: skip
_INNER_NAMES = (b"MetadataEntry", b"WorkoutEvent", b"WorkoutStatistics", b"WorkoutActivity",
                b"WorkoutRoute", b"FileReference", b"Location",
                b"HeartRateVariabilityMetadataList")  # fmt: skip


def _beginning(*names: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(?:" + b"|".join(names) + rb")[\s>]")


# What cannot be in the body of an element: another of its kind, or what stands at the top. Only
# these names have a body; what is in an element of another name counts as if it stood beside it.
_FOLLOWING = {name: _beginning(name, *_TOP_NAMES) for name in _TOP_NAMES + _INNER_NAMES}
_INSIDE = re.compile(rb"</[A-Z]|" + _beginning(*_TOP_NAMES, *_INNER_NAMES).pattern)
_FOLLOWING[b"Correlation"] = _beginning(b"Correlation", b"Workout", b"ActivitySummary")
_NEXT_LINE = re.compile(rb"\n <[A-Z]")
_LARGEST = 32 << 20  # an element that does not end within this is given up
_LONGEST_TAG = 64 << 10
_MOST_ATTRIBUTES = 64
_SHORTEST = len("<a>")


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
        final: Whether nothing follows; else an element that does not end is left for later, with
            the two bytes before it, which tell how it is indented.
    """
    found: list[Element] = []
    at = start
    while (left := data.find(b"<", at, end)) >= 0:
        before, given_up = max(at, left - 2), end - left > _LARGEST
        if end - left < _SHORTEST and not final:
            return found, before
        if data[left + 1 : left + 2] in (b"/", b"!", b"?"):
            after = data.find(b"<", left + 1, end)
            stop = data.find(b">", left, end if after < 0 else after)
            if stop < 0 and after < 0 and not (final or given_up):
                return found, before
            at = stop + 1 if stop >= 0 else left + 1
            continue
        tag = _open_tag(data, left, end)
        if tag is None:
            at = left + 1
            continue
        if tag.state == "unfinished" and not (final or end - left > _LONGEST_TAG):
            return found, before
        if tag.state in ("broken", "unfinished"):
            found.append(Element(tag.name, left, tag.attributes, sound=False))
            at = max(tag.stop, left + 1)
            continue
        body_end = at = tag.stop
        if tag.state == "open" and tag.name in _FOLLOWING:
            body_end, at = _body(data, left, tag, end)
            if body_end < 0 and not (final or given_up):
                return found, before
            if body_end < 0:
                body_end, at = (tag.stop, tag.stop) if given_up else (end, end)
        found.append(Element(tag.name, left, tag.attributes, data[tag.stop : body_end]))
    return found, end if final else max(at, end - 2)


def _open_tag(data: bytes, left: int, end: int) -> _Tag | None:
    """Read an opening tag; None if it is none."""
    usual = _USUAL.match(data, left, end)
    if usual is not None:
        attributes = dict(reversed(_PAIR.findall(usual[2])))
        return _Tag(usual[1], attributes, "empty" if usual[3] else "open", usual.end())
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
    following = _FOLLOWING[tag.name].search(data, tag.stop, end)
    limit = end if following is None else following.start()
    if left >= 2 and data[left - 2 : left] == b"\n ":
        line = _NEXT_LINE.search(data, tag.stop, limit)
        limit = limit if line is None else line.start()
    closing = b"</" + tag.name + b">"
    close = data.find(closing, tag.stop, limit)
    if close >= 0:
        return close, close + len(closing)
    return (limit, limit) if limit < end else (-1, -1)
