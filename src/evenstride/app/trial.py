"""A self-experiment while it runs: the next walk, the walks that join it, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.private import write_private
from evenstride.app.shown import Shown
from evenstride.app.trial_kept import (
    Ending,
    KeptTrial,
    keep_trial,
    running_trial,
    trial_named,
)
from evenstride.app.trial_walks import (
    assigned,
    candidate,
    done_on,
    names_of,
    refusal_of,
    result_of,
    settled,
    shoes_drawn,
    walks_by_id,
)
from evenstride.errors import OptionError
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section

if TYPE_CHECKING:
    from evenstride.model import Outing
    from evenstride.report.trial import State
    from evenstride.trials import TrialResult

__all__ = [
    "caught_up",
    "need_running",
    "next_document",
    "next_walk",
    "revealed",
    "show_trial",
    "stop_trial",
    "trial_today",
    "walk_section",
]


def next_walk(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return what the next walk of the running experiment is; the same until it is walked.

    A walk since it was last asked joins the experiment first.

    Raises:
        OptionError: If no experiment runs.
    """
    from evenstride.report.sheet import Sheet
    from evenstride.report.trial import next_sheet

    with own(home, now or now_utc_ns()) as mine:
        before = need_running(mine)
        refused = refusal_of(mine)
        if refused is not None:
            words = screen_words("trial")["next"]
            why = Section("", tuple(filter(None, (refused.says, refused.does, words["waits"]))))
            document: dict[str, Any] = {
                "schema": "evenstride/trial-next/1",
                "refused": refused.reason,
            }
            return Shown(document, Sheet(words["refused"], "", (why,)))
        trial = caught_up(mine, before)
        if trial.ending or trial.is_full:
            return _shown(mine, before, trial)
        trial = revealed(mine, trial)
        joined = _new_walks(mine, before, trial)
        sheet = next_sheet(
            trial.design, assigned(trial, len(trial.log)), shoes_drawn(trial), joined
        )
    document = {"schema": "evenstride/trial-next/1", "refused": None, **next_document(trial)}
    return Shown(document, sheet)


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

    Raises:
        OptionError: If no experiment runs.
    """
    from evenstride.report.sheet import Sheet
    from evenstride.report.trial import question_of

    with own(home, now or now_utc_ns()) as mine:
        trial = replace(need_running(mine), ending="stopped")
        keep_trial(mine, trial)
    words = screen_words("trial")["stop"]
    sheet = Sheet(
        words["stopped"].format(question=question_of(trial.design)),
        words["see"].format(id=trial.id),
    )
    return Shown({"schema": "evenstride/trial-stop/1", "id": trial.id, "state": "stopped"}, sheet)


def trial_today(mine: Own) -> Section | None:
    """Return what "today" says of the running experiment; None if there is none.

    The next walk is shown by it, so ask only where walking is allowed: not without a plan.
    """
    before = running_trial(mine)
    if before is None:
        return None
    trial = _joined(mine, before)
    if trial != before:
        keep_trial(mine, trial)
    words = screen_words("today")["today"]
    if _look_due(mine, trial) > trial.looked or trial.is_full:
        return Section(words["trial"], (words["trial_look"],))
    trial = revealed(mine, trial)
    drawn = assigned(trial, len(trial.log))
    names = screen_words("trial")["and"].join(drawn.names)
    says = words["trial_next"].format(
        number=drawn.number + 1, walks=trial.design.walks, names=names
    )
    told = [line for section in _new_walks(mine, before, trial) for line in section.sentences]
    return Section(words["trial"], (*told, says))


def need_running(mine: Own) -> KeptTrial:
    """Return the experiment that runs.

    Raises:
        OptionError: If none does.
    """
    trial = running_trial(mine)
    if trial is None:
        raise OptionError("No experiment is running.", "Begin one with: evenstride trial new")
    return trial


def caught_up(mine: Own, trial: KeptTrial) -> KeptTrial:
    """Return the experiment after what was due: a walk joins, and a look is taken; kept."""
    if trial.ending:
        return trial
    found = _joined(mine, trial)
    look = _look_due(mine, found)
    if look > found.looked:
        state = result_of(found, walks_by_id(mine), look).state
        endings: dict[str, Ending] = {"decided": "decided", "ended": "finished"}
        found = replace(found, looked=look, ending=endings.get(state, ""))
    if found != trial:
        keep_trial(mine, found)
    return found


def revealed(mine: Own, trial: KeptTrial) -> KeptTrial:
    """Return the experiment with the arm of its next walk shown, from now on; kept."""
    if trial.shown_utc_ns is not None:
        return trial
    trial = replace(trial, shown_utc_ns=mine.now)
    keep_trial(mine, trial)
    return trial


def walk_section(trial: KeptTrial, number: int, walks: Mapping[str, Outing], now: int) -> Section:
    """Return what is said of one walk of an experiment.

    Args:
        trial: The experiment.
        number: Which of its walks, from 0.
        walks: Of the diary, by id.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.trial import JoinedWalk, joined_section

    drawn = assigned(trial, number)
    walk = walks[trial.log[number].outing]
    done = names_of(trial, done_on(trial, number, walk) or drawn.arms)
    return joined_section(trial.design, JoinedWalk(walk, drawn, done), now)


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


def _shown(mine: Own, before: KeptTrial, trial: KeptTrial, plot: Path | None = None) -> Shown:
    from evenstride.report.trial import answer_sections, show_sheet, waiting_section
    from evenstride.trials import design_document, result_document

    walks = walks_by_id(mine)
    ready = settled(trial, walks, mine)
    state: State = trial.ending or "running"
    at_look = trial.looked > 0 and (bool(trial.ending) or ready == trial.looked)
    result = result_of(trial, walks, trial.looked) if at_look else None
    if plot is not None:
        _draw(trial, result, plot)
    known = [walks.get(line.outing) for line in trial.log[: trial.looked]]
    seed = trial.design.seed if trial.ending else None
    waits = [] if trial.ending else [walks[line.outing] for line in trial.log[ready : ready + 1]]
    sections = [
        *_new_walks(mine, before, trial),
        Section("", (screen_words("trial")["show"]["plot"].format(path=plot),) if plot else ()),
        waiting_section(trial.design, waits, mine.now),
        *(answer_sections(result, state, known.count(None), seed) if result else ()),
    ]
    sheet = show_sheet(trial.design, state, trial.looked, len(trial.log), sections)
    hidden = () if trial.ending else ("seed", "checksum")
    design = {k: v for k, v in design_document(trial.design).items() if k not in hidden}
    found = result and result_document(result) | {"design": design}
    document = {
        "schema": "evenstride/trial/1",
        "state": state,
        "design": design,
        **next_document(trial),
        "looked": trial.looked,
        "result": found,
    }
    return Shown(document, sheet)


def _draw(trial: KeptTrial, result: TrialResult | None, path: Path) -> None:
    from evenstride.report.trial_plot import trial_plot
    from evenstride.trials.design import look_numbers

    if result is None or result.as_assigned is None:
        words = screen_words("trial")["show"]
        look = next((look for look in look_numbers(trial.design) if look > trial.looked), None)
        hint = words["no_plot_hint"].format(look=look) if look and not trial.ending else ""
        raise OptionError(words["no_plot"], hint)
    write_private(path, trial_plot(result).encode())


def _new_walks(mine: Own, before: KeptTrial, trial: KeptTrial) -> tuple[Section, ...]:
    """Return what is said of the walks that joined since ``before``."""
    walks = walks_by_id(mine)
    numbers = range(len(before.log), len(trial.log))
    return tuple(walk_section(trial, number, walks, mine.now) for number in numbers)


def _joined(mine: Own, trial: KeptTrial) -> KeptTrial:
    from evenstride.trials import LoggedWalk

    walk = candidate(trial, mine.diary.outings())
    return trial if walk is None else trial.with_walk(LoggedWalk(walk.id, walk.start_utc_ns))


def _look_due(mine: Own, trial: KeptTrial) -> int:
    from evenstride.trials.design import look_numbers

    ready = settled(trial, walks_by_id(mine), mine)
    return max((look for look in look_numbers(trial.design) if look <= ready), default=0)
