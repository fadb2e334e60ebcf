"""The check-up in a terminal: plain lines, numbers and letters, nothing that moves."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import click

from evenstride.app.interview import Asking, HomeTest, Page, Question
from evenstride.app.quantities import amount
from evenstride.cli.output import screen
from evenstride.model.checkup import Answer, CheckUp

__all__ = ["interview"]

_NARROWEST = 30


class _Back(Exception):  # noqa: N818 - a way out, not an error
    """The person wants the page before."""


class _Enough(Exception):  # noqa: N818
    """The person wants to see the answer now."""


class _Stop(Exception):  # noqa: N818
    """The person goes on another time."""


def interview(asking: Asking) -> CheckUp | None:
    """Ask until nothing more needs to be asked. All of it goes to the error stream.

    So the standard output holds the result alone, and can be sent on.

    Returns:
        The check-up, or None if the person stopped part way; the steps are kept then.
    """
    words = asking.known.wording
    _welcome(asking)
    told = False
    try:
        while True:
            page = asking.page()
            if asking.shelf.problem and not told:
                told = True
                _tell("", words["asking"]["not_kept"], f"({asking.shelf.problem})")
            try:
                if isinstance(page, Page):
                    asking.reply(page, _Teller(page, asking).ask())
                elif page != "emergency" or _meant(asking):
                    break
                else:
                    asking.back()
            except _Back:
                asking.back()
            except _Enough:
                break
    except (_Stop, click.Abort, EOFError):
        _tell("", words["asking"]["not_kept" if told else "kept"])
        return None
    return asking.finish()


def _meant(asking: Asking) -> bool:
    """Say what to do at once, and let a slip of the keyboard be taken back."""
    triage = asking.result().triage
    number = asking.emergency_number
    call = asking.known.wording["result"]["number"].format(number=number) if number else ""
    _tell("", triage.says, triage.does, *filter(None, (call,)))
    _tell("", asking.known.wording["asking"]["mistake"])
    try:
        line: str = click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True)
    except click.Abort:
        return True
    return line.strip().lower() != "b"


def _welcome(asking: Asking) -> None:
    words = asking.known.wording
    _tell(words["welcome"]["title"], "", words["welcome"]["emergency"], "")
    if asking.was_too_old:
        _tell(words["asking"]["too_old"])
    if asking.was_resumed:
        _tell(words["asking"]["resumed"])
    else:
        _tell(*words["welcome"]["lead"])
    if asking.taken_over:
        _tell("", words["asking"]["taken_over"])
        for said in asking.taken_over:
            _tell(f"  - {said}")


class _Teller:
    """Shows one page and takes the replies."""

    def __init__(self, page: Page, asking: Asking) -> None:
        self.page = page
        self.words: Mapping[str, Any] = asking.known.wording["asking"]
        self.keys: Mapping[str, Any] = asking.known.wording["keyboard"]
        self.place = _place(page, asking)
        self.before_tests = asking.before_tests(page)
        self.asking = asking

    def ask(self) -> dict[str, Answer]:
        """Return an answer to each question of the page; none if it was left out."""
        page = self.page
        _tell("", "-" * 20, *filter(None, (self.place, self.keys["keys"])))
        if page.kind == "again":
            _tell(self.words["again"])
        if page.test:
            return self._test(page.test)
        if page.kind == "list":
            return self._list()
        if page.lead:
            _tell("", page.lead)
        return self._one(page.questions[0])

    def _list(self) -> dict[str, Answer]:
        """Ask everything that can be ticked in one go, and the rest one by one."""
        ticked = [q for q in self.page.questions if q.id in self.page.none_of_these]
        rest = [q for q in self.page.questions if q not in ticked]
        _tell("", self.page.title)
        if self.page.lead:
            _tell(self.page.lead)
        replies: dict[str, Answer] = {}
        if len(ticked) == 1:
            replies |= self._one(ticked[0])
        elif ticked:
            replies |= self._ticks(ticked)
        for question in rest:
            replies |= self._one(question)
        return replies

    def _ticks(self, questions: list[Question]) -> dict[str, Answer]:
        for number, question in enumerate(questions, start=1):
            _tell_item(number, f"{question.item or question.ask}{self._last_time(question)}")
        _tell_item(0, self.words["none_of_these"])
        none = self.page.none_of_these
        while True:
            line = self._line(self.keys["ticks"], questions)
            if line == "?":  # not sure what fits: one question at a time
                return {name: a for q in questions for name, a in self._one(q).items()}
            chosen = _numbers(line, len(questions))
            if chosen is None:
                _tell(self.keys["ticks_again"])
                continue
            replies: dict[str, Answer] = {}
            for number, question in enumerate(questions, start=1):
                if number not in chosen:
                    replies[question.id] = none[question.id]
                elif not chosen[number]:
                    replies[question.id] = "not_sure"
                elif question.kind == "bool":
                    replies[question.id] = True
                else:
                    replies |= self._one(question)
            return replies

    def _one(self, question: Question) -> dict[str, Answer]:
        _tell("", question.ask + self._last_time(question))
        if question.kind == "number":
            return self._number(question)
        if question.kind == "bool":
            choices: list[tuple[str, Answer]] = [
                (self.words["if_true"], True),
                (self.words["if_false"], False),
            ]
        else:
            choices = [(value.offer, name) for name, value in question.values.items()]
        if "unknown" not in question.values:
            choices.append((self.words["not_sure"], "not_sure"))
        for number, (offer, _) in enumerate(choices, start=1):
            _tell_item(number, offer)
        while True:
            line = self._line(self.keys["choice"].format(most=len(choices)), [question])
            if not line and self.page.optional:
                return {}
            if line == "?":
                return {question.id: "not_sure"}
            letters = {"y": 1, "n": 2, "0": 2} if question.kind == "bool" else {}
            number = letters.get(line.lower(), _number(line))
            if 1 <= number <= len(choices):
                return {question.id: choices[number - 1][1]}
            _tell(self.keys["choice_again"].format(most=len(choices)))

    def _number(self, question: Question) -> dict[str, Answer]:
        while True:
            line = self._line(self.keys["units"][question.unit], [question])
            if not line and self.page.optional:
                return {}
            if line == "?":
                return {question.id: "not_sure"}
            value = amount(line, question.unit)
            if value is not None and question.low <= value <= question.high:
                return {question.id: int(value) if value.is_integer() else value}
            span = {"low": f"{question.low:g}", "high": f"{question.high:g}"}
            _tell(self.keys["number_again"].format(**span))

    def _test(self, test: HomeTest) -> dict[str, Answer]:
        _tell(self.words["test"], *self.before_tests, "", test.name)
        if test.not_if_says:
            _tell(test.not_if_says)
        for number, step in enumerate(test.how, start=1):
            _tell_item(number, step)
        _tell(test.stop, test.positive)
        return self._one(self.page.questions[0])

    def _last_time(self, question: Question) -> str:
        said = self.asking.last_time(question)
        return f" ({self.words['last_time'].format(answer=said)})" if said else ""

    def _line(self, hint: str, questions: list[Question]) -> str:
        """Read a line; letters that stand for something else than an answer are followed."""
        while True:
            more = self.keys["optional"] if self.page.optional else ""
            prompt = click.style(f"{hint}{more}: ", bold=True)
            line: str = click.prompt(
                prompt, default="", show_default=False, prompt_suffix="", err=True
            )
            match line.strip().lower():
                case "b":
                    raise _Back
                case "s":
                    raise _Stop
                case "e" if self.page.optional:
                    raise _Enough
                case "w":
                    _tell(*(_whys(questions) or [self.keys["no_special_why"]]))
                case found:
                    return found


def _place(page: Page, asking: Asking) -> str:
    """Say how far the person has come; once, that it can end here."""
    if place := asking.place(page):
        number, most = place
        says: str = asking.known.wording["keyboard"]["place"]
        return says.format(number=number, most=most)
    words: Mapping[str, str] = asking.known.wording["asking"]
    return words["optional"] if asking.first_optional(page) else ""


def _whys(questions: list[Question]) -> list[str]:
    return [f"{q.item or q.ask} {q.why}" for q in questions if q.why]


def _numbers(line: str, most: int) -> dict[int, bool] | None:
    """Read "1 3 ?4": 1 and 3 fit, 4 is not sure. None if it cannot be read."""
    words = line.replace(",", " ").split()
    if words == ["0"]:
        return {}
    chosen: dict[int, bool] = {}
    for word in words:
        number = _number(word.removeprefix("?"))
        if not 1 <= number <= most or number in chosen:
            return None
        chosen[number] = not word.startswith("?")
    return chosen or None


def _number(text: str) -> int:
    """Return a short whole number; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _tell(*lines: str) -> None:
    for line in lines:
        click.echo(textwrap.fill(line, screen(_NARROWEST)["width"]) if line else "", err=True)


def _tell_item(number: int, text: str) -> None:
    click.echo(
        textwrap.fill(
            text,
            screen(_NARROWEST)["width"],
            initial_indent=f"{number:>3}  ",
            subsequent_indent=" " * 5,
        ),
        err=True,
    )
