"""The last check-up: how soon to get help, what was asked, and what the answers resemble."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from evenstride.checkup.knowledge import Knowledge
from evenstride.model import CheckUp, Pattern
from evenstride.model.checkup import MatchedRule, Reason
from evenstride.model.day import day_of
from evenstride.report.checkup import lift_said, patterns_shown, reason_line
from evenstride.report.sheet import Section, Table
from evenstride.report.visit.nouns import Material
from evenstride.report.visit.said import day_said, words_of

__all__ = ["answers_section", "checkup_section", "resembles_section", "rules_section"]

_RULES = 4
_REASONS = 3
_NAMES = 5
_DAYS = 3


def checkup_section(material: Material) -> Section:
    """Return the level, the rules that matched, and which safety questions have no answer."""
    words, found = words_of("checkup"), material.checkup
    if found is None or material.checked_up_utc_ns is None:
        return Section(words["title"], (words["none"], *_noted(material)))
    known, triage = material.known, found.triage
    day = day_of(material.checked_up_utc_ns, material.person.time_zone)
    on = words["asked" if found.complete else "asked_part"]
    told = found.complete or triage.today
    says = [triage.says if told else known.wording["result"]["incomplete"]]
    if triage.today:
        says.append(triage.does)
    asked = len(known.first_tier)
    says.append(on.format(asked=asked, day=day_said(day)))
    if told and not triage.rules:
        says.append(words["no_rule"])
    if triage.not_answered:
        says.append(words["not_told"].format(names=_names(triage.not_answered, known)))
    says += _noted(material)
    if triage.recheck_days is not None:
        says.append(words["next"].format(day=day_said(day + timedelta(days=triage.recheck_days))))
    points = [_rule(rule) for rule in triage.rules[:_RULES]]
    if len(triage.rules) > _RULES:
        points.append(words["more"].format(number=len(triage.rules) - _RULES))
    return Section(words["title"], tuple(says), tuple(points))


def _noted(material: Material) -> Iterator[str]:
    """Yield what was told of walks or noted by a phone that could be a warning sign."""
    days = [day_said(walk.day) for walk in material.walks if walk.new_numbness]
    if days:
        yield words_of("checkup")["numb"].format(days=", ".join(days[-_DAYS:]))
    yield from material.concern


def resembles_section(material: Material) -> Section:
    """Return the patterns that the answers fit, each with what speaks for and against it."""
    words, found = words_of("resembles"), material.checkup
    if found is None:
        return Section(words["title"], (words["none"],))
    if found.triage.today:
        return Section(words["title"], (words["held"],))
    shown = patterns_shown(found)
    if not shown:
        return Section(words["title"], (words["incomplete"],))
    points = tuple(_pattern(pattern, material.known) for pattern in shown)
    none = () if any(not one.residual for one in shown) else (_none(material.known),)
    return Section(words["title"], (words["lead"], *none), points)


def rules_section(material: Material) -> Section:
    """Return every rule that matched, in the words of professionals, and the safety net."""
    words, found = words_of("more"), material.checkup
    if found is None:
        return Section(words["rules"], (words_of("checkup")["none"],))
    rows = tuple(
        (rule.id, _how(rule), f"{rule.clinical} ({rule.mark})", ", ".join(rule.sources))
        for rule in found.triage.rules
    )
    level = material.known.levels[found.triage.level].clinical
    table = Table(tuple(words["rule_columns"]), rows) if rows else None
    return Section(words["rules"], (level, found.triage.safety_net), (), table)


def answers_section(material: Material) -> Section:
    """Return every answer as a statement."""
    words, found, known = words_of("more"), material.checkup, material.known
    told = () if found is None else tuple(_answers(found, known))
    return Section(words["answers"], () if told else (words_of("checkup")["none"],), told)


def _answers(found: CheckUp, known: Knowledge) -> Iterator[str]:
    for name, answer in found.answers.items():
        says = known.findings[name].statement(answer)
        if says:
            yield says


def _names(names: Sequence[str], known: Knowledge) -> str:
    said = [(known.findings[name].item or known.findings[name].ask) for name in names[:_NAMES]]
    if len(names) > _NAMES:
        said.append(words_of("checkup")["more"].format(number=len(names) - _NAMES))
    return "; ".join(said)


def _rule(rule: MatchedRule) -> str:
    words = words_of("checkup")
    says: str = words["rule"].format(
        says=rule.why.rstrip("."), id=rule.id.partition("_")[0], how=_how(rule), mark=rule.mark
    )
    return says


def _how(rule: MatchedRule) -> str:
    words = words_of("checkup")
    how = words["how_days"] if rule.within_days else words["how_today"]
    return str(how.format(days=rule.within_days))


def _pattern(pattern: Pattern, known: Knowledge) -> str:
    words = words_of("resembles")
    if pattern.residual:
        return str(words["ordinary"].format(name=pattern.name))
    says = [
        words["name"].format(
            name=pattern.name, clinical=pattern.clinical, band=lift_said(pattern, known)
        )
    ]
    for name, reasons in (("supports", pattern.speaks_for), ("opposes", pattern.speaks_against)):
        if reasons:
            says.append(words[name].format(reasons=_reasons(reasons, known)))
    return " ".join(says)


def _reasons(reasons: Sequence[Reason], known: Knowledge) -> str:
    return "; ".join(reason_line(one, known) for one in reasons[:_REASONS]) + "."


def _none(known: Knowledge) -> str:
    return str(known.wording["patterns"]["none"])
