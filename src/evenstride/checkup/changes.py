"""What changed since the last check-up."""

from __future__ import annotations

from dataclasses import dataclass

from evenstride.model.checkup import Answer, CheckUp, MatchedRule

__all__ = ["Changed", "Changes", "compare"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer that differs; None stands for "not asked"."""

    finding: str
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between two check-ups.

    Attributes:
        level: (before, after) in words for the person, or None if it is the same.
        new_rules: Reasons that were not there before.
        gone_rules: Reasons that are no longer there.
        answers: Answers that differ.
    """

    level: tuple[str, str] | None
    new_rules: tuple[MatchedRule, ...]
    gone_rules: tuple[MatchedRule, ...]
    answers: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.level or self.new_rules or self.gone_rules or self.answers)


def compare(before: CheckUp, after: CheckUp) -> Changes:
    """Return what changed from one check-up to a later one.

    Both should have been judged with the same knowledge: judge the old answers anew, so that a
    change of the program does not pass for a change of the person.
    """
    old = {rule.id: rule for rule in before.triage.rules}
    new = {rule.id: rule for rule in after.triage.rules}
    differ = before.triage.level != after.triage.level
    return Changes(
        level=(before.triage.says, after.triage.says) if differ else None,
        new_rules=tuple(rule for name, rule in new.items() if name not in old),
        gone_rules=tuple(rule for name, rule in old.items() if name not in new),
        answers=tuple(
            Changed(name, before.answers.get(name), answer)
            for name, answer in {**dict.fromkeys(before.answers), **after.answers}.items()
            if before.answers.get(name) != answer
        ),
    )
