"""Self-experiments as a person reads them: how they begin, the next walk, and what they found."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evenstride.checkup.knowledge.spoken import counted
from evenstride.model import Outing
from evenstride.report.diary import walk_when
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet
from evenstride.trials import Assignment, Design, Need
from evenstride.trials.design import LOOK_EVERY, look_numbers

__all__ = [
    "JoinedWalk",
    "Outlook",
    "State",
    "begun_sheet",
    "joined_section",
    "names_of",
    "needs_section",
    "new_sheet",
    "next_sheet",
    "others_section",
    "plot_section",
    "question_of",
    "show_sheet",
    "trials_sheet",
    "typed",
    "undone_sheet",
    "waiting_section",
]

State = Literal["running", "decided", "finished", "stopped"]

_SHORT_DIARY = 10


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known before an experiment begins.

    Attributes:
        needs: How many walks effects of one and of two points take.
        zeros: Share of the ratings that are 0; None if that is no trouble.
        other: The outcome to compare instead, if it is.
        bad_start: Whether the last walks were much worse than those before.
        recent: How many walks "the last" are.
    """

    needs: tuple[Need, ...]
    zeros: float | None = None
    other: str = ""
    bad_start: bool = False
    recent: int = 0


@dataclass(frozen=True, slots=True)
class JoinedWalk:
    """A walk that belongs to an experiment.

    Attributes:
        walk: It.
        drawn: What was drawn for it.
        done: The names of what was done; the same if nothing else was.
    """

    walk: Outing
    drawn: Assignment
    done: tuple[str, ...]


def question_of(design: Design) -> str:
    """Return what an experiment asks: "old boots or new shoes; bag or no bag"."""
    words = screen_words("trial")
    asked = (words["new"]["question"].format(a=f.arms[0], b=f.arms[1]) for f in design.factors)
    return str(words["also"].join(asked))


def names_of(names: Sequence[str]) -> str:
    """Return several ways at once: "new shoes and no bag"."""
    return str(screen_words("trial")["and"].join(names))


def typed(name: str) -> str:
    """Return a name as it is typed in a command, so that no sign in it means anything there."""
    return shlex.quote(name) if set(name) & set('"$`\\!') else f'"{name}"'


def new_sheet(design: Design, outlook: Outlook, id: str) -> Sheet:  # noqa: A002
    """Return what is said before and when an experiment begins.

    Args:
        design: It.
        outlook: What is known beforehand.
        id: Its name; empty while it has not begun.
    """
    words = screen_words("trial")["new"]
    outcome = screen_words("trial")["outcomes"][design.outcome]
    headline = words["begun" if id else "planned"].format(question=question_of(design))
    about = [words["takes"].format(walks=design.walks, outcome=outcome)]
    if id:
        about.append(words["name"].format(id=id))
    rules = [rule.format(every=LOOK_EVERY, walks=design.walks) for rule in words["rule"]]
    rules.insert(1, words["order"]["one" if len(design.factors) == 1 else "several"])
    sections = (
        Section(words["title"], tuple(about)),
        Section(words["mind"], (), tuple(_minded(design, outlook))),
        needs_section(outlook.needs, many=len(design.factors) > 1),
        Section(words["rules"], (), tuple(rules)),
    )
    shown = tuple(section for section in sections if section.says_something)
    return Sheet(headline, words["action"] if id else "", shown)


def begun_sheet(design: Design, id: str) -> Sheet:  # noqa: A002
    """Return what is said when an experiment begins that was read about before."""
    words = screen_words("trial")["new"]
    headline = words["begun"].format(question=question_of(design))
    return Sheet(headline, words["action"], (Section("", (words["kept"].format(id=id),)),))


def needs_section(needs: Sequence[Need], *, many: bool = False) -> Section:
    """Return how many walks are needed, and what that rests on."""
    words = screen_words("trial")["new"]
    ratings = min((need.noise.n for need in needs), default=0)
    basis = words["own"].format(ratings=counted(ratings, "rating"))
    if ratings < _SHORT_DIARY:
        basis = words["usual"] if ratings else words["needs_none"]
    says = [need.sentence for need in needs]
    return Section(words["needs"], (*says, basis, *([words["many"]] if many else ())))


def _minded(design: Design, outlook: Outlook) -> list[str]:
    words = screen_words("trial")["new"]
    says = []
    if outlook.zeros is not None:
        says.append(
            words["floor"].format(share=f"{100 * outlook.zeros:.0f} %", other=outlook.other)
        )
    if outlook.bad_start:
        says.append(words["bad_start"].format(few=outlook.recent))
    needed = next((need.walks for need in outlook.needs if need.points >= 2), None)
    if needed is not None and needed > design.walks:
        says.append(words["too_short"].format(needed=needed, walks=design.walks))
    return says


def next_sheet(
    design: Design, assignment: Assignment, shoes: str, others: Sequence[Section] = ()
) -> Sheet:
    """Return what the next walk of an experiment is, and what to tell of it.

    Args:
        design: The experiment.
        assignment: The walk.
        shoes: Name of the pair of shoes that is drawn; empty if it is not about shoes.
        others: What is said first.
    """
    words = screen_words("trial")["next"]
    headline = words["walk"].format(
        number=assignment.number + 1, walks=design.walks, names=names_of(assignment.names)
    )
    worn = words["shoes"].format(name=typed(shoes)) if shoes else ""
    tell = words["tell_with"][design.outcome].format(shoes=worn)
    sections = (
        *others,
        Section(words["how"], (words["alike"], words["cannot"])),
        Section(words["tell"], (tell, words["joins"])),
    )
    return Sheet(headline, "", sections)


def joined_section(
    design: Design, joined: JoinedWalk, now_utc_ns: int, *, running: bool = True
) -> Section:
    """Return which walk joined an experiment, as what, and how to take it back while it runs."""
    words = screen_words("trial")["joined"]
    says = [
        words["as"].format(
            when=walk_when(joined.walk, now_utc_ns),
            number=joined.drawn.number + 1,
            walks=design.walks,
            names=names_of(joined.done),
        )
    ]
    if joined.done != joined.drawn.names:
        drawn, done = names_of(joined.drawn.names), names_of(joined.done)
        says.append(words["otherwise"].format(drawn=drawn, done=done))
    if running:
        says.append(words["undo"])
    return Section(words["title"], tuple(says))


def undone_sheet(walk: Outing | None, drawn: Assignment, now_utc_ns: int) -> Sheet:
    """Return what is said after the last walk was taken out; None: it is gone from the diary."""
    words = screen_words("trial")["joined"]
    undone = words["undone"].format(when=walk_when(walk, now_utc_ns)) if walk else words["gone"]
    again = words["again"].format(number=drawn.number + 1, names=names_of(drawn.names))
    return Sheet(undone, again, (Section("", (words["only"],)),))


def waiting_section(design: Design, walks: Sequence[Outing], now_utc_ns: int) -> Section:
    """Return which outcomes are still to be told."""
    words = screen_words("trial")["show"]
    says = [
        words["waits"].format(
            ask=words["ask"][design.outcome].format(when=walk_when(walk, now_utc_ns)),
            id=walk.id,
            option=words["option"][design.outcome],
        )
        for walk in walks
    ]
    return Section(words["waits_for"], (), tuple(says))


def plot_section(path: Path | None) -> Section:
    """Return where the picture was written; empty without one."""
    words = screen_words("trial")["show"]
    return Section("", (words["plot"].format(path=path),) if path else ())


def others_section(trials: Sequence[tuple[str, Design, State]]) -> Section:
    """Return the other experiments of the person: name, design and state of each."""
    words = screen_words("trial")["show"]
    lines = tuple(
        words["other"].format(id=id_, question=question_of(design), state=words["states"][state])
        for id_, design, state in trials
    )
    return Section(words["others"], (), lines)


def trials_sheet(trials: Sequence[tuple[str, Design, State]]) -> Sheet:
    """Return every experiment of the person: name, design and state of each."""
    words = screen_words("trial")["list"]
    section = others_section(trials)
    none = Section("", () if trials else (words["none"],))
    return Sheet(words["title"], "", (none, Section("", (), section.points)))


def show_sheet(
    design: Design, state: State, looked: int, done: int, sections: Sequence[Section]
) -> Sheet:
    """Return how far an experiment is.

    Args:
        design: It.
        state: How it stands.
        looked: After how many walks the last look was.
        done: Walks so far.
        sections: The rest, in order.
    """
    words = screen_words("trial")["show"]
    says = [words["so_far"].format(done=done, walks=design.walks)]
    if state == "running":
        if looked:
            says.append(words["last_look"].format(look=looked))
        look = next(number for number in look_numbers(design) if number > looked)
        says.append(words["next_look"].format(look=look))
    elif not looked:
        says.append(words["no_answer"])
    action = "" if state == "running" else words["then"]
    headline = words["state"][state].format(question=question_of(design))
    shown = [Section("", tuple(says)), *sections]
    return Sheet(headline, action, tuple(one for one in shown if one.says_something))
