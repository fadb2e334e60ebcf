"""A self-experiment as the diary keeps it: its design, and which walk was which of its walks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from evenstride.app.own import Own
from evenstride.errors import DiaryError, OptionError
from evenstride.report.visible import visible

if TYPE_CHECKING:
    from evenstride.diary import Entry
    from evenstride.trials import Design, LoggedWalk

__all__ = [
    "Ending",
    "KeptTrial",
    "all_trials",
    "keep_trial",
    "put_aside",
    "running_trial",
    "trial_named",
]

Ending = Literal["", "decided", "finished", "stopped"]
_LATEST_UTC_NS = 2**63  # what the diary can keep
_ENDINGS: tuple[Ending, ...] = ("", "decided", "finished", "stopped")


@dataclass(frozen=True, slots=True)
class KeptTrial:
    """A self-experiment of the person.

    Attributes:
        id: Its name in the diary.
        at_utc_ns: When it was made.
        design: Fixed when it was made.
        shoes: For each factor the ids of the two pairs of shoes; None if it is not about shoes.
        log: Its walks so far; the first is walk 0 of the design. The walks themselves are read from
            the diary whenever they are needed, so that late ratings and corrections count.
        left_out: Walks that the person took out again; they are not joined by themselves.
        shown_utc_ns: When the arm of the next walk was shown; None if it was not.
        looked: After how many walks it was last looked at.
        ending: How it ended; empty while it runs.
    """

    id: str
    at_utc_ns: int
    design: Design
    shoes: tuple[tuple[str, str] | None, ...]
    log: tuple[LoggedWalk, ...] = ()
    left_out: tuple[str, ...] = ()
    shown_utc_ns: int | None = None
    looked: int = 0
    ending: Ending = ""

    @property
    def is_full(self) -> bool:
        """Whether all of its walks were walked."""
        return len(self.log) >= self.design.walks

    def with_walk(self, line: LoggedWalk) -> KeptTrial:
        """Return the experiment with its next walk; the arm of the one after is not shown yet."""
        left_out = tuple(one for one in self.left_out if one != line.outing)
        return replace(self, log=(*self.log, line), left_out=left_out, shown_utc_ns=None)

    def without_last(self) -> KeptTrial:
        """Return the experiment without its last walk, whose arm was shown before that walk."""
        *rest, last = self.log
        left_out = (*self.left_out, last.outing)
        return replace(self, log=tuple(rest), left_out=left_out, shown_utc_ns=last.start_utc_ns)


def keep_trial(mine: Own, trial: KeptTrial) -> None:
    """Keep an experiment, in the place of what was known of it before."""
    from evenstride.diary import Entry

    mine.diary.keep_entry(Entry("trial", trial.id, trial.at_utc_ns, _document(trial)))


def all_trials(mine: Own) -> tuple[KeptTrial, ...]:
    """Return every experiment, in the order in which they were made.

    Raises:
        DiaryError: If one was changed by hand and cannot be understood.
    """
    return tuple(map(_trial_of, mine.diary.entries("trial")))


def put_aside(mine: Own) -> tuple[str, ...]:
    """Take experiments that cannot be read out of the diary; they stay in its history.

    Returns:
        Their names.
    """
    gone = []
    for entry in mine.diary.entries("trial"):
        try:
            _trial_of(entry)
        except DiaryError:
            mine.diary.remove_entry("trial", entry.id)
            gone.append(entry.id)
    return tuple(gone)


def running_trial(mine: Own) -> KeptTrial | None:
    """Return the experiment that runs; None if there is none.

    Raises:
        DiaryError: If one was changed by hand and cannot be understood.
    """
    running = [trial for trial in all_trials(mine) if not trial.ending]
    return running[-1] if running else None


def trial_named(mine: Own, name: str | None) -> KeptTrial:
    """Return the experiment of this name; None: the one that runs, else the newest.

    Raises:
        OptionError: If there is none.
        DiaryError: If one was changed by hand and cannot be understood.
    """
    trials = all_trials(mine)
    if not trials:
        raise OptionError("There is no experiment yet.", "Begin one with: evenstride trial new")
    if name is None:
        return running_trial(mine) or trials[-1]
    found = [trial for trial in trials if trial.id == name]
    if not found:
        known = ", ".join(trial.id for trial in trials)
        raise OptionError(f"There is no experiment “{name}”.", f"There are: {known}.")
    return found[0]


def _document(trial: KeptTrial) -> dict[str, Any]:
    from evenstride.trials import design_document, log_document

    return {
        "design": design_document(trial.design),
        "shoes": [pair and list(pair) for pair in trial.shoes],
        "log": log_document(trial.log),
        "left_out": list(trial.left_out),
        "shown_utc_ns": trial.shown_utc_ns,
        "looked": trial.looked,
        "ending": trial.ending,
    }


def _trial_of(entry: Entry) -> KeptTrial:
    try:
        return _read(entry.id, entry.at_utc_ns, entry.document)
    except (KeyError, TypeError, ValueError, AttributeError, DiaryError) as error:
        raise DiaryError(
            f"The experiment “{visible(entry.id)}” in your diary cannot be read.",
            "It was changed by hand, or damaged. Restore an older backup with evenstride restore, "
            "or put the experiment aside with evenstride trial stop.",
        ) from error


def _read(id: str, at_utc_ns: int, document: Mapping[str, Any]) -> KeptTrial:  # noqa: A002
    from evenstride.trials import design_of, log_of

    design, log = design_of(document["design"]), log_of(document["log"])
    shoes = tuple(None if pair is None else _pair(pair) for pair in document["shoes"])
    left_out = tuple(map(_text, document["left_out"]))
    shown, looked, ending = document["shown_utc_ns"], document["looked"], document["ending"]
    factors = len(design.factors)
    fits = (
        ending in _ENDINGS
        and len(shoes) == factors
        and len({line.outing for line in log}) == len(log) <= design.walks
        and all(line.done is None or len(line.done) == factors for line in log)
        and all(_is_moment(one) for one in (shown or 0, *(line.start_utc_ns for line in log)))
        and type(looked) is int
        and 0 <= looked <= len(log)
    )
    if not fits:
        raise ValueError
    for factor in design.factors:
        _pair(factor.arms)
    return KeptTrial(id, at_utc_ns, design, shoes, log, left_out, shown, looked, ending)


def _is_moment(value: object) -> bool:
    return type(value) is int and 0 <= value < _LATEST_UTC_NS


def _text(value: object) -> str:
    if not isinstance(value, str) or visible(value) != value:
        raise ValueError
    return value


def _pair(values: Sequence[object]) -> tuple[str, str]:
    first, second = map(_text, values)
    return first, second
