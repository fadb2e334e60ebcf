"""What is said of a file that is not understood, or of what is in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evenstride.importers.doctor import Branch, Diagnosis
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet
from evenstride.report.visible import visible

__all__ = ["doctor_sheet"]


_MOST_LINES = 20
_MOST_NAMES = 3


def doctor_sheet(found: Diagnosis) -> Sheet:
    """Return what is said of a file that may not be understood, or of a folder.

    Args:
        found: What was found out about it.
    """
    words = screen_words("diary")["doctor"]
    name = visible(found.name)
    readable = [one for one in found.branches if not one.problem]
    unread = [one for one in found.branches if one.problem]
    is_one = len(found.branches) < 2
    best = next((one for one in found.opinions if one.plan is not None), None)
    if not readable:
        headline = words["unknown"].format(name=name)
    elif is_one and best is not None:
        headline = words["known"].format(name=name, format=best.format, by=best.reason)
    else:
        headline = words["several"].format(name=name, known=len(readable), unknown=len(unread))
    head = tuple(visible(line) for line in found.head)
    sections = (
        *(_one(found, words) if is_one else _several(readable, unread, words)),
        Section(words["members"], (), () if readable else _members(found, words)),
        Section(words["head"], (words["redacted"],) if head else (), head),
    )
    return Sheet(headline, "", tuple(section for section in sections if section.says_something))


def _one(found: Diagnosis, words: Mapping[str, Any]) -> Iterator[Section]:
    """Yield what there is to say of a single file, or of files that belong together."""
    problems = [f"{one.format}: {visible(one.problem)}" for one in found.opinions if one.problem]
    ending = next((one for one in found.branches if one.ending), None)
    says = visible(found.says) if ending is None else _ending(ending, words)
    yield Section("", (says,) if says else ())
    yield Section("", (words["damage"].format(why=found.damage),) if found.damage else ())
    yield Section(words["problems"], (), tuple(problems))
    yield Section(words["parts"], (), tuple(_amounts(found.branches, words)))
    yield Section(words["left"], (), tuple(_notes(found.branches, words)))


def _several(
    readable: Sequence[Branch], unread: Sequence[Branch], words: Mapping[str, Any]
) -> Iterator[Section]:
    """Yield what there is to say of a folder: how much of what, and what cannot be read."""
    formats = Counter(one.format for one in readable)
    known = [f"{name}: {count:,}" for name, count in formats.most_common()]
    yield Section(words["formats"], (), tuple(known))
    yield Section(words["parts"], (), tuple(_amounts(readable, words)))
    why = [
        f"{visible(one.name)}: {_ending(one, words) if one.ending else visible(one.problem)}"
        for one in unread
    ]
    yield Section(words["not_read"], (), _some(why, words))
    yield Section(words["left"], (), _some(list(_notes(readable, words)), words))
    skipped = sum(not one.read for one in readable)
    yield Section("", (words["skipped"].format(count=f"{skipped:,}"),) if skipped else ())


def _ending(one: Branch, words: Mapping[str, Any]) -> str:
    return str(words["ending"].format(ending=one.ending))


def _amounts(branches: Sequence[Branch], words: Mapping[str, Any]) -> Iterator[str]:
    """Yield how much of each kind was read."""
    amounts = Counter[str]()
    for one in branches:
        amounts.update(one.found)
    for kind, title in words["kinds"].items():
        if amounts[kind]:
            yield words["part"].format(kind=title, count=f"{amounts[kind]:,}")


def _notes(branches: Sequence[Branch], words: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is left out or wrong, with the files or things that share a reason."""
    reasons: dict[str, list[str]] = {}
    for one in branches:
        for left in one.left:
            what = left.what if len(branches) < 2 else f"{one.name}, {left.what}"
            names = reasons.setdefault(left.reason, [])
            names.append(one.name if left.what in ("", one.name) else what)
    for reason, names in reasons.items():
        some = [visible(name) for name in names[:_MOST_NAMES]]
        if len(names) > _MOST_NAMES:
            some.append(words["more"].format(count=f"{len(names) - _MOST_NAMES:,}"))
        yield f"{', '.join(some)}: {visible(reason)}"


def _some(lines: Sequence[str], words: Mapping[str, Any]) -> tuple[str, ...]:
    rest = len(lines) - _MOST_LINES
    more = (words["more"].format(count=f"{rest:,}"),) if rest > 0 else ()
    return (*lines[:_MOST_LINES], *more)


def _members(found: Diagnosis, words: Mapping[str, Any]) -> tuple[str, ...]:
    if len(found.members) < 2:
        return ()
    lines = [
        words["member"].format(name=visible(path), size="?" if size is None else f"{size:,}")
        for path, size in found.members
    ]
    more = (words["more"].format(count=f"{found.more:,}"),) if found.more else ()
    return (*lines, *more)
