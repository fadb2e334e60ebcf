"""The pages behind the first, for who wants more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.model import Outing
from evenstride.plan import Plan
from evenstride.report.amounts import rating_said
from evenstride.report.diary import light_word, shoes_sheet, walk_when
from evenstride.report.phone import phone_sheet
from evenstride.report.plan import past_weeks
from evenstride.report.sheet import Section, Table
from evenstride.report.units import FACTORS_TO_METRES
from evenstride.report.visible import visible
from evenstride.report.visit.nouns import DoneOn, Material
from evenstride.report.visit.said import day_said, own_words, words_of
from evenstride.report.visit.tried import trial_sections
from evenstride.report.visit.walking import beside_section, measure_sections, pain_section
from evenstride.report.visit.warning import answers_section, rules_section
from evenstride.report.visit.weeks import scores_section

__all__ = ["more_sections"]


def more_sections(material: Material) -> tuple[Section, ...]:
    """Return the sections that follow page one."""
    sections = (
        rules_section(material),
        answers_section(material),
        _plan(material),
        _walks(material),
        _notes(material),
        pain_section(material),
        beside_section(material),
        *measure_sections(material),
        *trial_sections(material),
        _routines(material),
        scores_section(material),
        _shoes(material),
        *_phone(material),
        _sources(material),
    )
    return tuple(one for one in sections if one.says_something)


def _plan(material: Material) -> Section:
    words, plan = words_of("more"), material.plan
    if not isinstance(plan, Plan):
        return Section(words["plan"], (plan.says, plan.does))
    past = past_weeks(plan)
    return Section(words["plan"], (), tuple(one.says for one in plan.changes), past.table)


def _walks(material: Material) -> Section:
    words = words_of("more")
    far = "mi" if material.units == "imperial" else "km"
    names = {shoe.id: own_words(shoe.name) for shoe in material.shoes}
    lights = material.lights or {}
    rows = tuple(
        (
            _when(walk, material),
            "-" if walk.minutes is None else f"{walk.minutes:.0f}",
            "-" if walk.distance_m is None else f"{walk.distance_m / FACTORS_TO_METRES[far]:.1f}",
            *(
                rating_said(rating)
                for rating in (
                    walk.back.before,
                    walk.back.worst,
                    walk.back.hour_after,
                    walk.back.next_morning,
                )
            ),
            light_word(lights.get(walk.id)),
            names.get(walk.shoe or "", "-"),
        )
        for walk in material.walks
    )
    columns = tuple(column.format(far=far) for column in words["walk_columns"])
    title = words["walks"].format(since=day_said(material.since))
    table = Table(columns, rows) if rows else None
    return Section(title, () if rows else (words["no_walks"],), (), table)


def _when(walk: Outing, material: Material) -> str:
    same = walk.day.year == material.today.year
    return spoken_day(walk.day, "short_weekday" if same else "short_weekday_year")


def _notes(material: Material) -> Section:
    points = tuple(
        f"{walk_when(walk, material.now_utc_ns)}: {own_words(walk.note)}"
        for walk in material.walks
        if walk.note.strip()
    )
    return Section(words_of("more")["notes"], (), points)


def _routines(material: Material) -> Section:
    words = words_of("more")
    done: dict[str, list[DoneOn]] = defaultdict(list)
    for one in material.routines:
        done[one.name].append(one)
    rows = tuple(
        (
            own_words(name),
            str(len({one.day for one in some})),
            day_said(min(one.day for one in some)),
            day_said(max(one.day for one in some)),
            _felt(some),
        )
        for name, some in done.items()
    )
    table = Table(tuple(words["routine_columns"]), rows) if rows else None
    return Section(words["routines"], () if rows else (words["no_routines"],), (), table)


def _felt(some: list[DoneOn]) -> str:
    words = words_of("more")["felt"]
    counts = Counter(words[one.felt or "untold"] for one in some)
    return ", ".join(f"{felt} {count}" for felt, count in counts.items())


def _shoes(material: Material) -> Section:
    sheet = shoes_sheet(material.shoes, material.walks, "", "", material.units)
    table = sheet.sections[0].table
    if table is not None:
        table = Table(table.columns, tuple(tuple(map(own_words, row)) for row in table.rows))
    return Section(words_of("more")["shoes"], () if table else (sheet.action,), (), table)


def _phone(material: Material) -> Iterator[Section]:
    sheet = phone_sheet(material.months, material.symptoms, material.person)
    words = words_of("more")
    yield Section(words["phone"], (sheet.headline if sheet.sections else words["no_phone"],))
    yield from sheet.sections


def _sources(material: Material) -> Section:
    """Return where the rules, the patterns and the plan have their numbers from."""
    known, found = material.known, material.checkup
    names: set[str] = set()
    if found is not None:
        names |= {source for rule in found.triage.rules for source in rule.sources}
        names |= {
            reason.source
            for pattern in found.patterns
            for reason in (*pattern.speaks_for, *pattern.speaks_against)
            if reason.source
        }
    points = [
        visible(f"{one.id}: {one.what} ({one.mark}) {one.link}".rstrip())
        for one in (known.sources[name] for name in sorted(names))
    ]
    if isinstance(material.plan, Plan):
        points += [
            f"{one.id}: {one.ref} ({one.mark}) {f'doi:{one.doi}' if one.doi else ''}".rstrip()
            for one in material.plan.evidence.values()
        ]
    return Section(words_of("more")["sources"], (), tuple(points))
