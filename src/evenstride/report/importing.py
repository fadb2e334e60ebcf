"""What is said after an import, or of one to come, and after recordings were measured again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from evenstride.checkup.knowledge.spoken import counted
from evenstride.gait import CATALOGUE
from evenstride.model import Person
from evenstride.model.day import day_of, local
from evenstride.report.account import Account, BroughtWalk, count_of
from evenstride.report.build import walk_report
from evenstride.report.diary import walk_long, walk_when
from evenstride.report.model import Choices
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.units import UnitSystem
from evenstride.report.visible import visible

__all__ = ["account_sheet", "rebuilt_sheet"]


def account_sheet(
    account: Account, person: Person, now_utc_ns: int, *, dry_run: bool, asking: bool = False
) -> Sheet:
    """Return what is said after an import, or of what it would bring.

    Args:
        account: Of the import.
        person: For units and the clock of their place.
        now_utc_ns: The moment.
        dry_run: Whether nothing was kept.
        asking: Whether the person is asked next to go on.
    """
    words = screen_words("diary")["import"]
    zone = person.time_zone
    after = tuple(_next(account, words, now_utc_ns, zone, dry_run=dry_run))
    body: tuple[Section, ...]
    alone = account.walks[0] if _is_one_recording(account) and not dry_run else None
    if alone is not None:
        headline = _walk_says(alone, words, now_utc_ns)
        body = (_shown(alone, person.units, words),)
    else:
        headline = _headline(account, words, dry_run=dry_run)
        body = (
            Section(words["files"], (), _files(account, words) if dry_run else ()),
            Section(words["walks"], (), _walks(account, words, now_utc_ns, dry_run=dry_run)),
            Section(
                words["counted"],
                (),
                (),
                _counted(account, words, person.time_zone, dry_run=dry_run),
            ),
        )
    sections = (
        *body,
        Section("", tuple(_consequences(account, words, dry_run=dry_run))),
        Section(words["left"], (), _left(account, words)),
        Section("", tuple(visible(one) for one in account.warnings)),
        Section(words["assumed"], (), tuple(dict.fromkeys(account.assumptions))),
        Section("", () if asking else after),
    )
    return Sheet(headline, "", tuple(section for section in sections if section.says_something))


_MOST_WALKS = 10
_MOST_FILES = 20
_MOST_LEFT = 30
_STILL_KNOWN = timedelta(days=3)  # nobody remembers the pain of older walks well
_APPLE = re.compile("^HK(?:Quantity|Category|Data)Type(?:Identifier)?")


def _is_one_recording(account: Account) -> bool:
    """Tell whether it is about one walk that was measured: then its numbers are shown."""
    return len(account.walks) == 1 and account.walks[0].gait is not None and not account.series


def _walk_says(one: BroughtWalk, words: Mapping[str, Any], now_utc_ns: int) -> str:
    text: str = words["walk"][one.fate]
    when, long = walk_when(one.outing, now_utc_ns), walk_long(one.outing)
    return text.format(name=visible(one.name), when=when, long=long)


def _headline(account: Account, words: Mapping[str, Any], *, dry_run: bool) -> str:
    if account.files and all(one.what == "again" for one in account.files):
        return str(words["nothing_new"])
    left = sum(count_of(one) for one in account.left)
    new = (
        sum(one.new for one in account.series.values())
        + sum(one.fate == "new" for one in account.walks)
        + account.symptoms.new
    )
    text: str = words["would_read" if dry_run else "read"]
    return text.format(read=f"{account.read:,}", new=f"{new:,}", left=f"{left:,}")


def _files(account: Account, words: Mapping[str, Any]) -> tuple[str, ...]:
    lines = [
        words["file"].format(name=visible(one.name), format=one.format, by=one.recognised_by)
        for one in account.files
        if one.what == "read"
    ]
    return _some(lines, _MOST_FILES, words)


def _some(lines: Sequence[str], most: int, words: Mapping[str, Any]) -> tuple[str, ...]:
    rest = len(lines) - most
    more = (words["more"].format(count=f"{rest:,}"),) if rest > 0 else ()
    return (*lines[:most], *more)


def _walks(
    account: Account, words: Mapping[str, Any], now_utc_ns: int, *, dry_run: bool
) -> tuple[str, ...]:
    """Say what becomes of each walk, the newest first; those that change nothing as a number."""
    told = [one for one in account.walks if one.fate in ("new", "joined")]
    told.sort(key=lambda one: one.outing.start_utc_ns, reverse=True)
    lines = [
        words["walk_would"].format(
            name=visible(one.name),
            when=walk_when(one.outing, now_utc_ns),
            long=walk_long(one.outing),
        )
        if dry_run
        else _walk_says(one, words, now_utc_ns)
        for one in told
    ]
    fates = [
        says.format(count=counted(count, "walk"))
        for fate, says in words["unchanged"].items()
        if (count := sum(one.fate == fate for one in account.walks))
    ]
    return (*_some(lines, _MOST_WALKS, words), *fates)


def _left(account: Account, words: Mapping[str, Any]) -> tuple[str, ...]:
    lines = [f"{visible(one.what)}: {visible(one.reason)}" for one in account.left]
    return _some(lines, _MOST_LEFT, words)


def _counted(account: Account, words: Mapping[str, Any], zone: str, *, dry_run: bool) -> Table:
    rows = [
        (
            words["metrics"].get(name, _APPLE.sub("", visible(name))),
            f"{one.read:,}",
            *(() if dry_run else (f"{one.new:,}",)),
            _day(one.first_utc_ns, zone),
            _day(one.last_utc_ns, zone),
            ", ".join(visible(device) for device in sorted(one.devices)[:3]),
        )
        for name, one in sorted(account.series.items())
    ]
    titles = [title for name, title in words["columns"].items() if name != "new" or not dry_run]
    return Table(tuple(titles), tuple(rows))


def _day(utc_ns: int | None, zone: str) -> str:
    return "-" if utc_ns is None else day_of(utc_ns, zone).isoformat()


def _consequences(account: Account, words: Mapping[str, Any], *, dry_run: bool) -> Iterator[str]:
    if account.symptoms.read:
        key = "symptoms_would" if dry_run else "symptoms"
        yield words[key].format(read=account.symptoms.read, new=account.symptoms.new)
    if account.days:
        yield words["days"].format(count=counted(account.days, "day"))
    if account.shoes:
        yield words["shoes"].format(names=", ".join(visible(name) for name in account.shoes))
    if account.facts:
        yield words["facts"].format(names=", ".join(words["fact"][name] for name in account.facts))


def _next(
    account: Account, words: Mapping[str, Any], now_utc_ns: int, zone: str, *, dry_run: bool
) -> Iterator[str]:
    if dry_run:
        yield words["dry"]
        return
    for one in account.walks:
        if one.start_guessed and one.fate == "new":
            yield words["guessed"].format(id=one.outing.id)
    if account.red:
        yield screen_words("diary")["walk"]["red"]
    today = local(now_utc_ns, zone).date()
    new = [one.outing for one in account.walks if one.fate in ("new", "joined")]
    recent = [one for one in new if today - one.day <= _STILL_KNOWN]
    unrated = [one for one in recent if one.back.worst is None]
    if unrated:
        newest = max(unrated, key=lambda one: one.start_utc_ns)
        yield words["next"].format(id=newest.id)


def _shown(one: BroughtWalk, units: UnitSystem, words: Mapping[str, Any]) -> Section:
    if one.gait is None or not len(one.gait.bouts):
        return Section(words["measured"], (words["no_walk"],))
    report = walk_report(one.gait, Choices(units=units))
    return Section(words["measured"], (report.headline, *report.lead))


def rebuilt_sheet(
    recordings: int, changed: Sequence[Mapping[str, Any]], failed: Sequence[tuple[str, str]]
) -> Sheet:
    """Return what is said after recordings were measured again.

    Args:
        recordings: How many had to be measured.
        changed: Every number that changed: walk, measure, before, now.
        failed: Name of each file that could not be measured, and why.
    """
    words = screen_words("diary")["import"]
    if not recordings:
        return Sheet(words["rebuilt_none"])
    rows = tuple(
        (one["walk"], CATALOGUE[one["measure"]].title, _number(one["before"]), _number(one["now"]))
        for one in changed
        if one["measure"] in CATALOGUE
    )
    sections = (
        Section(words["rebuilt_failed"], (), tuple(f"{visible(n)}: {why}" for n, why in failed)),
        Section(words["rebuilt_changed"], (), (), Table(tuple(words["rebuilt_columns"]), rows)),
    )
    headline = words["rebuilt"].format(done=recordings - len(failed), all=recordings)
    return Sheet(headline, "", tuple(section for section in sections if section.says_something))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"
