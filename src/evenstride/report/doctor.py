"""What is said of a file that is not understood, or of what is in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenstride.importers.doctor import Diagnosis
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet
from evenstride.report.visible import visible

__all__ = ["doctor_sheet"]


def doctor_sheet(found: Diagnosis) -> Sheet:
    """Return what is said of a file that may not be understood.

    Args:
        found: What was found out about it.
    """
    words = screen_words("diary")["doctor"]
    name = visible(found.name)
    best = next((one for one in found.opinions if one.plan is not None), None)
    plan = None if best is None else best.plan
    if best is None or plan is None:
        headline, parts, left = words["unknown"].format(name=name), [], []
    else:
        headline = words["known"].format(name=name, format=best.format, by=best.reason)
        parts = [
            words["part"].format(kind=words["kinds"][part.kind], name=visible(part.name))
            for part in plan.parts
        ]
        left = [f"{visible(one.what)}: {one.reason}" for one in plan.left]
    problems = [f"{one.format}: {visible(one.problem)}" for one in found.opinions if one.problem]
    sections = (
        Section("", (visible(found.says),) if found.says else ()),
        Section("", (words["damage"].format(why=found.damage),) if found.damage else ()),
        Section(words["problems"], (), tuple(problems)),
        Section(words["parts"], (), tuple(parts)),
        Section(words["left"], (), tuple(left)),
        Section(words["members"], (), _members(found, words)),
        Section(words["head"], (words["redacted"],), tuple(visible(line) for line in found.head)),
    )
    return Sheet(headline, "", tuple(section for section in sections if section.says_something))


def _members(found: Diagnosis, words: Mapping[str, Any]) -> tuple[str, ...]:
    if len(found.members) < 2:
        return ()
    lines = [
        words["member"].format(name=visible(path), size="?" if size is None else f"{size:,}")
        for path, size in found.members
    ]
    more = (words["more"].format(count=f"{found.more:,}"),) if found.more else ()
    return (*lines, *more)
