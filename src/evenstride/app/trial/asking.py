"""What is asked before a self-experiment, one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.trial.course import need_running
from evenstride.app.trial.new import Wish, kind_of, outcome_of, wish_of
from evenstride.app.walks import shoe_named
from evenstride.errors import DiaryError, OptionError
from evenstride.report.amounts import distance_said
from evenstride.report.screens import screen_words

__all__ = [
    "Answered",
    "TrialQuestion",
    "agreement",
    "begin_words",
    "next_question",
    "questions_told",
    "wish_told",
]

_MOST = 3
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class TrialQuestion:
    """One question about an experiment.

    Attributes:
        name: What the answer is kept under.
        ask: The question.
        read: Makes an answer of what was typed, which may be nothing; raises ``OptionError``.
        choices: What can be answered, with what it means; empty where anything can.
        nothing: What no answer means, in words; empty where there must be one.
    """

    name: str
    ask: str
    read: Callable[[str], str]
    choices: Mapping[str, str] = field(default_factory=dict)
    nothing: str = ""

    @property
    def text(self) -> str:
        """The question with everything that can be answered, for a terminal."""
        words = screen_words("trial")["ask"]
        lines = (words["line"].format(name=name, says=self.choices[name]) for name in self.choices)
        enter = words["enter"].format(nothing=self.nothing) if self.nothing else ""
        return "\n".join((" ".join(filter(None, (self.ask, enter))), *lines))


@dataclass(frozen=True, slots=True)
class Answered:
    """How far the questions about an experiment are.

    Attributes:
        told: The answers by the names of the questions, as ``wish_told`` takes them.
        before: Each question that was answered.
        next: The question to ask now; None when all is told.
        problem: Why what was typed for it is no answer; None if nothing was typed.
    """

    told: Mapping[str, str]
    before: tuple[TrialQuestion, ...]
    next: TrialQuestion | None
    problem: OptionError | None = None


def begin_words() -> str:
    """Return what is said before the first question."""
    return str(screen_words("trial")["ask"]["begin"])


def next_question(home: Path | None, told: Mapping[str, str]) -> TrialQuestion | None:
    """Return the question after those that were answered; None when all is told.

    Args:
        home: The person's folder, if not the usual one.
        told: The answers so far, by the names of the questions.
    """
    for place in range(1, _MOST + 1):
        if f"what-{place}" not in told:
            taken = [told[f"what-{one}"] for one in range(1, place)]
            return _what(home, place, taken)
        if not told[f"what-{place}"]:
            break
        for way in ("a", "b"):
            if f"{way}-{place}" not in told:
                return _way(home, way, place, told)
    if "outcome" not in told:
        return _outcome()
    return None if "walks" in told else _walks(many=bool(told.get("what-2")))


def questions_told(home: Path | None, typed: Mapping[str, str]) -> Answered:
    """Return how far what was typed leads, for a skin that asks page by page.

    Args:
        home: The person's folder, if not the usual one.
        typed: What was typed so far, by the names of the questions; others are left aside.
    """
    told: dict[str, str] = {}
    before: list[TrialQuestion] = []
    while question := next_question(home, told):
        if question.name not in typed:
            return Answered(told, tuple(before), question)
        try:
            told[question.name] = question.read(typed[question.name])
        except OptionError as problem:
            return Answered(told, tuple(before), question, problem)
        before.append(question)
    return Answered(told, tuple(before), None)


def wish_told(told: Mapping[str, str]) -> Wish:
    """Return the wish that the answers make."""
    places = [n for n in range(1, _MOST + 1) if told.get(f"what-{n}")]
    kinds, first, second = ([told[f"{name}-{n}"] for n in places] for name in ("what", "a", "b"))
    walks = int(told["walks"]) if told["walks"] else None
    return wish_of(kinds, first, second, told["outcome"], walks)


def agreement(home: Path | None, what: Literal["begin", "stop"]) -> tuple[TrialQuestion, str]:
    """Return the last question before something is done, and what is said after a no.

    The answer is "yes", or empty for no.
    """
    from evenstride.report.trial.sheets import question_of

    words = screen_words("trial")
    if what == "begin":
        ask, choices, left = (words["ask"][key] for key in ("begin_it", "begin_or", "not_begun"))
        return TrialQuestion(what, ask, _agreed, choices), left
    says = words["stop"]
    with own(home, now_utc_ns()) as mine:
        try:
            trial = need_running(mine)
        except DiaryError as error:  # it can still be put aside
            ask = says["ask_aside"].format(why=error.sentence)
            return TrialQuestion(what, ask, _agreed, says["ask_or"]), says["left"]
    ask = says["ask"].format(
        question=question_of(trial.design), done=len(trial.log), walks=trial.design.walks
    )
    return TrialQuestion(what, ask, _agreed, says["ask_or"]), says["left"]


def _what(home: Path | None, place: int, taken: Sequence[str]) -> TrialQuestion:
    words = screen_words("trial")["ask"]

    def read(text: str) -> str:
        if not text.strip() and place > 1:
            return ""
        kind = kind_of(text)
        if kind in taken:
            raise OptionError(words["taken"])
        with own(home, now_utc_ns()) as mine:
            pairs = len(mine.diary.shoes())
        if kind == "shoe" and pairs < len("ab"):
            new = screen_words("trial")["new"]
            raise OptionError(new["two_shoes"], new["two_shoes_hint"])
        return kind

    left = {
        name: says
        for name, says in screen_words("trial")["kinds"].items()
        if kind_of(name) not in taken
    }
    if place == 1:
        return TrialQuestion("what-1", words["what"], read, left)
    return TrialQuestion(f"what-{place}", words["what_more"], read, left, words["no_more"])


def _way(home: Path | None, way: str, place: int, told: Mapping[str, str]) -> TrialQuestion:
    words = screen_words("trial")["ask"]
    if told[f"what-{place}"] != "shoe":
        return TrialQuestion(f"{way}-{place}", words[way], _filled)
    with own(home, now_utc_ns()) as mine:
        other = told.get(f"a-{place}")
        pairs = [one for one in mine.diary.shoes() if not one.retired and one.name != other]
        units, far = mine.person.units, mine.diary.shoe_distance_m
        worn = {shoe.name: distance_said(far(shoe.id), units) for shoe in pairs}

    def read(text: str) -> str:
        with own(home, now_utc_ns()) as mine:
            return shoe_named(mine.diary, _filled(text)).name

    return TrialQuestion(f"{way}-{place}", words[f"{way}_shoes"], read, worn)


def _outcome() -> TrialQuestion:
    from evenstride.trials.design import OUTCOMES

    words = screen_words("trial")
    ask, choices = words["ask"]["outcome"], words["outcomes"]
    return TrialQuestion("outcome", ask, outcome_of, choices, OUTCOMES[0])


def _walks(*, many: bool) -> TrialQuestion:
    from evenstride.trials.design import USUAL_WALKS, USUAL_WALKS_MANY

    words = screen_words("trial")["ask"]

    def read(text: str) -> str:
        said = text.strip()
        if said and not (said.isascii() and said.isdigit() and len(said) < _DIGITS):
            raise OptionError(words["not_number"].format(text=text))
        return said

    usual = USUAL_WALKS_MANY if many else USUAL_WALKS
    return TrialQuestion("walks", words["walks"], read, {}, str(usual))


def _filled(text: str) -> str:
    if not text.strip():
        raise OptionError(screen_words("trial")["ask"]["empty"])
    return text


def _agreed(text: str) -> str:
    said, words = text.strip().casefold(), screen_words("trial")["ask"]["agree"]
    if said in words["true"]:
        return "yes"
    if said in words["false"]:
        return ""
    raise OptionError(screen_words("trial")["ask"]["neither"].format(text=text))
