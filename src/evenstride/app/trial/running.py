"""A self-experiment while it runs: the next walk, the walks that join it, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.app.trial.course import (
    caught_up,
    joined,
    look_due,
    need_running,
    new_walks,
    revealed,
)
from evenstride.app.trial.kept import (
    KeptTrial,
    all_trials,
    keep_trial,
    put_aside,
    running_trial,
    trial_named,
)
from evenstride.app.trial.picture import write_picture
from evenstride.app.trial.walks import (
    assigned,
    refusal_of,
    result_now,
    shoes_drawn,
    waited_for,
    walks_by_id,
)
from evenstride.errors import DiaryError
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet
from evenstride.report.visible import visible

if TYPE_CHECKING:
    from evenstride.model import Outing
    from evenstride.report.trial.sheets import State
    from evenstride.trials import TrialResult

__all__ = ["next_document", "next_walk", "show_trial", "stop_trial", "trial_today"]


def next_walk(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return what the next walk of the running experiment is; the same until it is walked.

    A walk since it was last asked joins the experiment first.

    Raises:
        OptionError: If no experiment runs.
    """
    from evenstride.report.trial.sheets import next_sheet

    with own(home, now or now_utc_ns()) as mine:
        before = need_running(mine)
        refused = refusal_of(mine)
        if refused is not None:
            words = screen_words("trial")["next"]
            why = Section("", tuple(filter(None, (refused.says, refused.does, words["waits"]))))
            document = _next_document(before, refused.reason) | {"next": None}
            return mine.shown(document, Sheet(words["refused"], "", (why,)))
        trial = caught_up(mine, before)
        if trial.ending or trial.is_full:
            return _shown(mine, before, trial)
        trial = revealed(mine, trial)
        since = new_walks(mine, before, trial)
        sheet = next_sheet(trial.design, assigned(trial, len(trial.log)), shoes_drawn(trial), since)
    return mine.shown(_next_document(trial, None), sheet)


def show_trial(
    home: Path | None = None,
    name: str | None = None,
    *,
    plot: Path | None = None,
    now: int | None = None,
) -> Shown:
    """Return how far an experiment is and, at its looks, what it has found.

    Args:
        home: The person's folder, if not the usual one.
        name: Of the experiment; None: the one that runs, else the newest.
        plot: Where a picture of the answer goes.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such experiment, or there is no picture between two looks.
    """
    with own(home, now or now_utc_ns()) as mine:
        before = trial_named(mine, name)
        return _shown(mine, before, caught_up(mine, before), plot)


def stop_trial(home: Path | None = None, *, now: int | None = None) -> Shown:
    """End the running experiment early; it stays in the diary, and its walks as well.

    One that cannot be read is put aside instead, so that others can begin.

    Raises:
        OptionError: If no experiment runs.
    """
    from evenstride.report.trial.sheets import question_of

    words = screen_words("trial")["stop"]
    with own(home, now or now_utc_ns()) as mine:
        aside = put_aside(mine)
        if aside:
            says = words["aside"].format(ids=", ".join(map(visible, aside)))
            return mine.shown(
                {"schema": "evenstride/trial-stop/1", "put_aside": aside}, Sheet(says)
            )
        trial = replace(need_running(mine), ending="stopped")
        keep_trial(mine, trial)
    sheet = Sheet(
        words["stopped"].format(question=question_of(trial.design)),
        words["see"].format(id=trial.id),
    )
    return mine.shown(
        {"schema": "evenstride/trial-stop/1", "id": trial.id, "state": "stopped"}, sheet
    )


def trial_today(mine: Own) -> Section | None:
    """Return what "today" says of the running experiment; None if there is none.

    The next walk is shown by it, so ask only where walking is allowed: not without a plan.
    """
    words = screen_words("today")["today"]
    try:
        before = running_trial(mine)
    except DiaryError as error:  # what is left of the day must still be shown
        return Section(words["trial"], (error.sentence, error.hint))
    if before is None:
        return None
    trial = joined(mine, before)
    if trial != before:
        keep_trial(mine, trial)
    if look_due(mine, trial) > trial.looked:
        return Section(words["trial"], (words["trial_look"],))
    if trial.is_full:
        return Section(words["trial"], (screen_words("trial")["next"]["waiting"],))
    trial = revealed(mine, trial)
    drawn = assigned(trial, len(trial.log))
    names = screen_words("trial")["and"].join(drawn.names)
    says = words["trial_next"].format(
        number=drawn.number + 1, walks=trial.design.walks, names=names
    )
    told = [line for section in new_walks(mine, before, trial) for line in section.sentences]
    return Section(words["trial"], (*told, says))


def next_document(trial: KeptTrial) -> dict[str, Any]:
    """Return what is shown of the next walk as plain values."""
    from dataclasses import asdict

    shown = trial.shown_utc_ns is not None and not trial.ending and not trial.is_full
    return {
        "id": trial.id,
        "walks": trial.design.walks,
        "walks_done": len(trial.log),
        "joined": [line.outing for line in trial.log],
        "next": asdict(assigned(trial, len(trial.log))) if shown else None,
    }


def _next_document(trial: KeptTrial, refused: str | None) -> dict[str, Any]:
    return {"schema": "evenstride/trial-next/1", "refused": refused, **next_document(trial)}


def _shown(mine: Own, before: KeptTrial, trial: KeptTrial, plot: Path | None = None) -> Shown:
    from evenstride.report.trial.sheets import (
        others_section,
        plot_section,
        show_sheet,
        waiting_section,
    )

    walks = walks_by_id(mine, trial)
    state: State = trial.ending or "running"
    result = result_now(mine, trial, walks)
    if plot is not None:
        write_picture(mine, trial, result, plot)
    waiting = () if trial.ending else waited_for(mine, trial, walks)
    others = [one for one in all_trials(mine) if one.id != trial.id]
    sections = (
        *new_walks(mine, before, trial),
        waiting_section(trial.design, waiting, mine.now),
        *(_answer(trial, walks, result, state) if result else ()),
        plot_section(plot),
        others_section([(one.id, one.design, one.ending or "running") for one in others]),
    )
    sheet = show_sheet(trial.design, state, trial.looked, len(trial.log), sections)
    return mine.shown(_show_document(trial, state, result), sheet)


def _answer(
    trial: KeptTrial, walks: Mapping[str, Outing], result: TrialResult, state: State
) -> tuple[Section, ...]:
    from evenstride.report.trial.answer import answer_sections

    return answer_sections(
        result,
        state,
        gone=sum(line.outing not in walks for line in trial.log[: trial.looked]),
        left_out=len(trial.left_out),
        seed=trial.design.seed if trial.ending else None,
    )


def _show_document(trial: KeptTrial, state: State, result: TrialResult | None) -> dict[str, Any]:
    from evenstride.trials import design_document, result_document

    hidden = () if trial.ending else ("seed", "checksum")
    design = {k: v for k, v in design_document(trial.design).items() if k not in hidden}
    return {
        "schema": "evenstride/trial/1",
        "state": state,
        "design": design,
        **next_document(trial),
        "looked": trial.looked,
        "left_out": trial.left_out,
        "result": result_document(result) | {"design": design} if result else None,
    }
