"""Experiments: what was asked, what came out, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from evenstride.checkup.knowledge.spoken import counted
from evenstride.report.sheet import Section
from evenstride.report.trial.answer import answer_sections, percent, size_said
from evenstride.report.trial.sheets import question_of
from evenstride.report.visible import visible
from evenstride.report.visit.nouns import Material, TrialSoFar
from evenstride.report.visit.said import words_of

__all__ = ["trial_sections", "trials_section"]

_SHOWN = 3


def trials_section(material: Material) -> Section:
    """Return the newest experiments, each in a few sentences."""
    words = words_of("trials")
    newest = material.trials[::-1][:_SHOWN]
    points = tuple(line for trial in newest for line in _lines(trial))
    return Section(words["title"], () if points else (words["none"],), points)


def trial_sections(material: Material) -> Iterator[Section]:
    """Yield everything that is known of each experiment that has an answer."""
    title = words_of("more")["trials"]
    for trial in material.trials:
        if trial.result is None:
            continue
        first, *rest = answer_sections(
            trial.result,
            trial.state,
            gone=trial.gone,
            left_out=trial.left_out,
            seed=trial.design.seed if trial.state != "running" else None,
        )
        heading = title.format(question=visible(question_of(trial.design)))
        yield Section(heading, (first.title, *first.sentences), first.points, first.table)
        yield from rest


def _lines(trial: TrialSoFar) -> Iterator[str]:
    words, question = words_of("trials"), visible(question_of(trial.design))
    effects = trial.result.as_assigned.effects if trial.result and trial.result.as_assigned else ()
    if trial.result is None or not effects:
        says = words["running" if trial.state == "running" else "stopped"]
        yield says.format(question=question, done=trial.done, walks=trial.design.walks)
        return
    rests = words["rests"].format(walks=counted(trial.result.n, "walk").capitalize())
    for effect in effects:
        found = words["found"].format(
            question=question,
            answer=effect.sentence,
            size=size_said(effect, trial.design.outcome),
        )
        sure = words["sure"].format(b=effect.names[1], share=percent(effect.p_better))
        yield " ".join((visible(found), visible(sure), rests))
