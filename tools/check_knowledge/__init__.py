"""Checks the knowledge files. ``python -m tools.check_knowledge`` says what it found.

Each check is a small function from the raw documents to the faults in them, so that a test can
hand it a broken document and see that it is caught.
"""

from __future__ import annotations

from tools.check_knowledge import exercises, files, questions, references, weights, wording
from tools.check_knowledge.documents import Check, Documents, Fault

__all__ = ["CHECKS", "Check", "Documents", "Fault", "faults"]

CHECKS: dict[str, Check] = {
    "files follow their schemas": files.schemas,
    "ids are well formed and unique": references.ids,
    "questions that are named exist": references.findings,
    "answers and bounds fit their questions": references.answers,
    "sources exist": references.sources,
    "sources are used": references.unused_sources,
    "rules have no negation": references.monotone,
    "facts are marked no better than their sources": references.marks,
    "open points name rules that exist": references.open_points,
    "first-tier questions are those of urgent rules": questions.tiers,
    "first-tier questions stand on one screen each": questions.screens,
    "questions that may be left out have an answer to assume": questions.left_out,
    "orders of worry name every value": questions.worry,
    "home tests and their questions belong together": questions.tests_have_questions,
    "home tests are not offered where they could harm": questions.exclusions,
    "likelihood ratios point one way": weights.directions,
    "likelihood ratios agree with sensitivity and specificity": weights.accuracy,
    "likelihood ratios say where they come from": weights.basis,
    "priors are shares for every band of age": weights.priors,
    "the engine's numbers make sense": weights.engine,
    "causes of the article say what is true and what is not": weights.article,
    "exercises name what exists": exercises.named,
    "exercises, limits and their evidence are used": exercises.used,
    "easier and harder steps never go round in a circle": exercises.circles,
    "routines hold nothing that stands against those they are for": exercises.audience,
    "every exercise fits into its seconds": exercises.fit,
    "every exercise has a drawing": exercises.drawn,
    "exercises have words for every reason to refuse": exercises.refusals,
    "questionnaires ship only texts of our own": wording.licences,
    "every text is meant for somebody": wording.unclassified,
    "texts for people are easy to read": wording.hard_to_read,
    "texts for people keep to the wording rules": wording.forbidden,
}
"""Every check by what it makes sure of."""


def faults(documents: Documents) -> dict[str, list[Fault]]:
    """Return what each check found."""
    return {name: list(check(documents)) for name, check in CHECKS.items()}
