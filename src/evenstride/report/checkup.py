"""A check-up as a person or a professional reads it."""

from __future__ import annotations

from collections.abc import Iterator

from evenstride.checkup.changes import Changes
from evenstride.checkup.knowledge import Knowledge, Rule, Source
from evenstride.checkup.logic import atoms
from evenstride.checkup.patterns import worth_showing
from evenstride.checkup.words import in_words
from evenstride.model import CheckUp, Pattern
from evenstride.model.checkup import Answer, MatchedRule, Reason
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet

__all__ = [
    "checkup_report",
    "lift_said",
    "patterns_shown",
    "reason_line",
    "resembles_sheet",
    "rule_report",
    "version_line",
]

_LISTED = 6
_SHOWN = 3
_SAID_MORE_OF_FROM = 1.25


def checkup_report(
    found: CheckUp,
    known: Knowledge,
    *,
    professional: bool = False,
    changes: Changes | None = None,
    emergency_number: str = "",
    patterns: bool = True,
) -> Sheet:
    """Return what is shown of a check-up.

    Args:
        found: The check-up.
        known: The knowledge that it rests on.
        professional: Clinical words, likelihood ratios, groups, priors and sources.
        changes: Since the last check-up, if there was one.
        emergency_number: Of the person's country; empty if that is not known.
        patterns: Whether what the answers resemble is part of it; see ``resembles_sheet``.
    """
    words, triage = known.wording, found.triage
    today = triage.today
    sections = [*_reasons(found, known, professional), _unknown(found, known)]
    if changes is not None and not today:
        sections.append(_changes(changes, known))
    if found.complete and not today:
        if patterns:
            sections += _all_patterns(found, known) if professional else _patterns(found, known)
        sections.append(_next(found, known))
    sections.append(Section(words["result"]["safety_net"], (triage.safety_net,)))
    sections.append(_sources(found, known, professional))
    unfinished = not found.complete and not today
    return Sheet(
        headline=words["result"]["incomplete"] if unfinished else _headline(found, known),
        action="" if unfinished else _action(found, known, professional, emergency_number),
        sections=tuple(section for section in sections if section.says_something),
        footer=(*words["limits"], version_line(known)),
    )


def resembles_sheet(
    found: CheckUp, known: Knowledge, *, professional: bool = False
) -> Sheet | None:
    """Return what the answers resemble on a sheet of its own; None if nothing may be said of it."""
    if not patterns_shown(found):
        return None
    head, *rest = _all_patterns(found, known) if professional else _patterns(found, known)
    # The page is also read alone: a visit that was advised must not be forgotten on it.
    visit = (found.triage.says,) if found.triage.level != "self_care" else ()
    footer = (*known.wording["limits"], version_line(known))
    return Sheet(head.title, " ".join((*visit, *head.sentences)), tuple(rest), footer)


def rule_report(rule: Rule, known: Knowledge) -> Sheet:
    """Return one triage rule: what it asks for, when it matches, why, and on what sources."""
    level, words = known.levels[rule.level], screen_words("checkup")
    return Sheet(
        headline=f"{rule.id}: {level.says}",
        action=rule.why,
        sections=(
            Section(words["when"], (in_words(rule.when, known),)),
            Section(words["professionals"], (f"{rule.clinical} [{rule.mark}]", rule.note)),
            Section(
                known.wording["result"]["sources"],
                (),
                tuple(_cited(known.sources[name]) for name in rule.sources),
            ),
        ),
        footer=(version_line(known),),
    )


def _headline(found: CheckUp, known: Knowledge) -> str:
    """Nobody is told that there are no warning signs while some are in doubt."""
    triage = found.triage
    unsure = triage.level == "self_care" and triage.not_answered
    says: str = known.wording["result"]["unsure"] if unsure else triage.says
    return says


def _action(found: CheckUp, known: Knowledge, professional: bool, number: str) -> str:
    if professional:
        return known.levels[found.triage.level].clinical
    if not number or found.triage.level != "emergency_now":
        return found.triage.does
    return f"{found.triage.does} {known.wording['result']['number'].format(number=number)}"


def _reasons(found: CheckUp, known: Knowledge, professional: bool) -> Iterator[Section]:
    words, triage = known.wording["result"], found.triage
    first = [rule for rule in triage.rules if rule.level == triage.level]
    rest = [rule for rule in triage.rules if rule.level != triage.level]
    begin = words["reasons" if found.complete or triage.today else "so_far"]
    yield Section(begin, (), tuple(_reason(rule, professional) for rule in first))
    if triage.today and not professional:
        # What a rule of a lower level asks for would only distract: its answers are enough.
        others = _answers_behind(rest, found, known) - _answers_behind(first, found, known)
        told = (name for name in known.findings if name in others)
        lines = tuple(known.findings[name].statement(found.answers[name]) for name in told)
        yield Section(words["also_tell"], (), lines)
    else:
        yield Section(words["other_reasons"], (), tuple(_reason(r, professional) for r in rest))


def _answers_behind(rules: list[MatchedRule], found: CheckUp, known: Knowledge) -> set[str]:
    """Return the questions whose answers made rules match."""
    names = {rule.id for rule in rules}
    return {
        atom.finding
        for rule in known.rules
        if rule.id in names
        for atom in atoms(rule.when)
        if atom.judge(found.answers) and found.answers[atom.finding] != "not_sure"
    }


def _reason(rule: MatchedRule, professional: bool) -> str:
    if not professional:
        return rule.why
    sources = ", ".join(rule.sources)
    return (
        f"{rule.id} ({rule.level}, {rule.within_days} d): {rule.clinical} [{sources}; {rule.mark}]"
    )


def _unknown(found: CheckUp, known: Knowledge) -> Section:
    words, names = known.wording["result"], found.triage.not_answered
    if found.triage.level == "emergency_now":
        return Section("")  # nothing else matters then
    asked = [name for screen in known.screens for name in screen.items if name in names]
    lines = [known.findings[name].item or known.findings[name].ask for name in asked]
    if found.complete:
        return Section(words["not_answered"], (), tuple(lines))
    if len(lines) > _LISTED:
        lines[_LISTED:] = [words["more"].format(number=len(lines) - _LISTED)]
    return Section(words["not_asked"], (), tuple(lines))


def _changes(changes: Changes, known: Knowledge) -> Section:
    words = known.wording["changes"]
    lines = []
    if changes.level:
        before, after = changes.level
        lines.append(words["level"].format(before=before, after=after))
    lines += [words["new"].format(says=rule.why) for rule in changes.new_rules]
    lines += [words["gone"].format(says=rule.why) for rule in changes.gone_rules]
    for changed in changes.answers:
        before, after = (_said(changed.finding, a, known) for a in (changed.before, changed.after))
        if before and after:
            lines.append(words["changed"].format(before=before, after=after))
    return Section(words["title"], () if lines else (words["same"],), tuple(lines))


def _said(name: str, answer: Answer | None, known: Knowledge) -> str:
    statement = "" if answer is None else known.findings[name].statement(answer)
    return statement and f"{statement.rstrip('.')}."


def _patterns(found: CheckUp, known: Knowledge) -> Iterator[Section]:
    """The few patterns that a person sees; ordinary back pain stands before all that do not fit."""
    words = known.wording["patterns"]
    shown = patterns_shown(found)
    yield Section(words["title"], (words["lead"],))
    for pattern in shown:
        yield _pattern(pattern, known, found)
    if all(pattern.residual for pattern in shown):
        yield Section("", (words["none"],))


def patterns_shown(found: CheckUp) -> tuple[Pattern, ...]:
    """Return the patterns worth telling, ordinary back pain among them; empty if none may be."""
    if not found.complete or not found.patterns:
        return ()
    shown = [p for p in found.patterns[:_SHOWN] if worth_showing(p.band, p.lift)]
    ordinary = next(pattern for pattern in found.patterns if pattern.residual)
    fitting = [p for p in shown if p.band in ("fits", "fits_well")]  # and pointed to: earned
    return (*fitting, ordinary, *(p for p in shown if p not in fitting))


def lift_said(pattern: Pattern, known: Knowledge) -> str:
    """Return how common a pattern is among such answers, and how much these point to it."""
    words = known.wording["patterns"]
    moved = next(lift["says"] for lift in words["lifts"] if pattern.lift >= lift["from"])
    return f"{_capital(words['bands'][pattern.band])}; {moved}."


def _pattern(pattern: Pattern, known: Knowledge, found: CheckUp) -> Section:
    """Return one pattern; what helps is left out while somebody should be seen first.

    Where the warning signs ask for a visit, ordinary back pain does not tell whom to see: "look
    after it yourself" would speak against it.
    """
    words, cause = known.wording["patterns"], known.cause(pattern.id)
    if pattern.residual:
        known_of_it = [words["ordinary"]]
    else:
        known_of_it = [lift_said(pattern, known), cause.what]
    alone = pattern.residual and found.triage.level != "self_care"
    who = () if alone else (("who", cause.who),)
    advice = (("helps", cause.helps), *who, ("outlook", cause.outlook))
    if found.may_exercise:
        known_of_it += [f"{words[key].rstrip('.')}: {text}" for key, text in advice]
    points = [f"{words['supports']}: {reason_line(r, known)}" for r in pattern.speaks_for]
    points += [
        f"{words['speaks_against']}: {reason_line(r, known)}" for r in pattern.speaks_against
    ]
    return Section(pattern.name, tuple(known_of_it), tuple(points))


def reason_line(reason: Reason, known: Knowledge) -> str:
    """Return an answer that moved a pattern, where its weight comes from, and how sure that is."""
    words = known.wording["patterns"]
    basis, mark = words["basis"][reason.basis], words["marks"][reason.mark]
    says = reason.says.rstrip(".")
    return f"{says} ({basis}{'' if reason.basis == 'expert' else '; ' + mark})"


def _all_patterns(found: CheckUp, known: Knowledge) -> Iterator[Section]:
    """Every cause with what moved it, for independent review."""
    engine = known.engine
    method = (
        "Hypotheses for review, not diagnoses. Likelihood ratios come from selected patients; "
        f"tau {engine.tau:g}, single ratios capped at {engine.single_lr_cap:g}, harmonic "
        "weights within groups."
    )
    yield Section(known.wording["patterns"]["title"], (method,))
    for pattern in found.patterns:
        cause = known.cause(pattern.id)
        facts = (
            f"{pattern.clinical}. Prior {pattern.prior:g} ({pattern.prior_band}; "
            f"{pattern.prior_basis}; {cause.prior_mark}); now {pattern.band} "
            f"(at most {cause.max_band}); lift {pattern.lift:.2g}."
        )
        points = [_weighed("+", reason) for reason in pattern.speaks_for]
        points += [_weighed("-", reason) for reason in pattern.speaks_against]
        notes = (cause.caution, cause.clinician_tests) if pattern.lift >= _SAID_MORE_OF_FROM else ()
        yield Section(pattern.id, (facts, *filter(None, notes)), tuple(points))


def _weighed(sign: str, reason: Reason) -> str:
    source = f", {reason.source}" if reason.source else ""
    note = f" {reason.note}" if reason.note else ""
    return (
        f"{sign} {reason.says} LR {reason.likelihood_ratio:.2g}, group {reason.group}, weight "
        f"{reason.weight:+.2f} ({reason.basis}, {reason.mark}{source}).{note}"
    )


def _next(found: CheckUp, known: Knowledge) -> Section:
    words = known.wording["result"]
    lines = [words["exercise"] if found.may_exercise else words["exercise_waits"]]
    if found.triage.recheck_days is not None:
        lines.append(words["recheck"].format(days=found.triage.recheck_days))
    return Section("", tuple(lines))


def _sources(found: CheckUp, known: Knowledge, professional: bool) -> Section:
    used = {source for rule in found.triage.rules for source in rule.sources}
    for pattern in found.patterns if professional and found.complete else ():
        used |= {r.source for r in (*pattern.speaks_for, *pattern.speaks_against) if r.source}
    rows = (known.sources[name] for name in sorted(used))
    return Section(
        known.wording["result"]["sources"],
        (),
        tuple(_cited(s) if professional else f"{s.who} {s.link}".rstrip() for s in rows),
    )


def _cited(source: Source) -> str:
    return f"{source.id}: {source.what} ({source.mark}) {source.link}".rstrip()


def version_line(known: Knowledge) -> str:
    """Return which knowledge was used, who reviewed it, and whose words these are."""
    words = screen_words("checkup")
    says: str = words["version"].format(
        version=known.version,
        date=known.date,
        hash=known.hash[:12],
        names=", ".join(known.reviewed_by) or words["nobody"],
    )
    return f"{says} {known.edition}".rstrip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
