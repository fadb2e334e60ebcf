"""How soon to get help: every rule is judged, and the highest level wins."""

from __future__ import annotations

from collections.abc import Mapping

from evenstride.checkup.knowledge import Knowledge, Rule
from evenstride.model.checkup import LEVELS, TODAY, Answer, MatchedRule, Triage

__all__ = ["applies", "judge_triage", "missing", "unanswered"]


def judge_triage(answers: Mapping[str, Answer], known: Knowledge) -> Triage:
    """Return the triage of checked answers.

    Rules have no negation, so a further worrying answer can only add rules; what is not known
    adds none. That is why every safety question has to be answered before any advice.
    """
    matched = sorted(
        (_matched(rule) for rule in known.rules if rule.when.judge(answers)),
        key=lambda rule: (-LEVELS.index(rule.level), rule.within_days),
    )
    level = matched[0].level if matched else "self_care"
    texts, unknown = known.levels[level], unanswered(answers, known)
    return Triage(
        level=level,
        within_days=min((rule.within_days for rule in matched), default=None),
        recheck_days=None if level in TODAY else known.recheck_days,
        rules=tuple(matched),
        not_answered=unknown,
        doubts=tuple(name for name in unknown if name in known.alone_an_emergency),
        says=texts.says,
        does=texts.does,
        safety_net=known.safety_net,
    )


def applies(name: str, answers: Mapping[str, Answer], known: Knowledge) -> bool:
    """Return whether a question is to be asked: not if what it depends on is known not to be so."""
    condition = known.findings[name].applies_if
    return condition is None or condition.judge(answers) is not False


def missing(answers: Mapping[str, Answer], known: Knowledge) -> tuple[str, ...]:
    """Return the safety questions that were not asked; "not sure" is an answer."""
    return tuple(
        name for name in known.first_tier if name not in answers and applies(name, answers, known)
    )


def unanswered(answers: Mapping[str, Answer], known: Knowledge) -> tuple[str, ...]:
    """Return the safety questions that nobody knows the answer to."""
    return tuple(
        name
        for name in known.first_tier
        if applies(name, answers, known)
        and (
            answers.get(name, "not_sure") == "not_sure"
            or answers[name] in known.findings[name].unknown
        )
    )


def _matched(rule: Rule) -> MatchedRule:
    return MatchedRule(
        rule.id,
        rule.level,
        rule.within_days,
        rule.why,
        rule.clinical,
        rule.sources,
        rule.mark,
        rule.walking_plan,
    )
