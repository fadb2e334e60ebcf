"""Sentences that name a command lead to the screen that does the same.

The words of evenstride are written once. Where they say ``evenstride checkup``, a terminal shows
what to type, and a page shows a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from evenstride.app.words import in_own_words

__all__ = ["ADDRESSES", "Piece", "pieces"]

_VALUE = r"\"[^\"]*\"|[^\s\"()]*[^\s\"().:,;!?]"
_COMMAND = re.compile(
    r"[“(]?\bevenstride (?P<name>checkup|log|today|plan|routine|factors|history|walk|report|shoes"
    r"|import|me|questionnaire|restore|trial(?: (?:new|next|show|stop|undo|trend|done))?)\b"
    rf"(?P<rest>(?: (?:--[a-z-]+(?: (?!--)(?:{_VALUE}))?|\"[^\"]*\"|[A-Z]+\b|\d[\w-]*"
    rf"|[a-z_]+\.[a-z]+|(?<=factors )(?:{_VALUE})|(?<=walk )(?:{_VALUE})"
    rf"|(?<=questionnaire )(?:{_VALUE})|(?<=show )(?:{_VALUE})))*)[”)]?"
)
_OPTION = re.compile(rf"--(?P<name>[a-z-]+)(?: (?!--)(?P<value>{_VALUE}))?")
_RATINGS = {"morning": "next_morning", "hour-after": "hour_after", "worst": "worst"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence.

    Attributes:
        text: Plain words; empty for a link.
        command: The command that a link stands for, which names its label.
        address: Where the link leads.
    """

    text: str = ""
    command: str = ""
    address: str = ""


def pieces(sentence: str) -> Iterator[Piece]:
    """Yield a sentence in parts: words, and links in the place of commands."""
    sentence, at = in_own_words(sentence), 0
    for found in _COMMAND.finditer(sentence):
        before = sentence[at : found.start()].rstrip()
        if before:
            yield Piece(text=before)
        yield Piece(command=found["name"], address=_address(found["name"], found["rest"]))
        at = found.end()
    after = sentence[at:]
    if after.strip(" ."):
        yield Piece(text=after)


def _address(name: str, rest: str) -> str:
    options = {one["name"]: (one["value"] or "").strip('"') for one in _OPTION.finditer(rest)}
    first = _OPTION.sub("", rest).strip().strip('"').partition(",")[0]
    return ADDRESSES[name](options, first)


def _to(path: str) -> Callable[[dict[str, str], str], str]:
    return lambda _options, _first: path


def _log(options: dict[str, str], _: str) -> str:
    walk = options.get("walk")
    if walk is None and "minutes" in options:
        return "/walks/new"
    when = next((_RATINGS[name] for name in options if name in _RATINGS), "")
    below = f"/walks/{quote(walk or 'last', safe='')}"
    return below + (f"/pain?{urlencode({'when': when})}" if when else "/change")


def _one(path: str) -> Callable[[dict[str, str], str], str]:
    def address(_: dict[str, str], first: str) -> str:
        return f"{path}/{quote(first, safe='')}" if first else path

    return address


def _log_or_new(options: dict[str, str], first: str) -> str:
    return _log(options, first) if options else "/walks/new"


def _routine(options: dict[str, str], _: str) -> str:
    if "ask-again" in options:
        return "/routine/questions?again=1"
    if "stop-sign" in options:
        return "/routine/sign"
    return "/routine/after" if "after" in options else "/routine"


def _trial_new(options: dict[str, str], _: str) -> str:
    told = {
        f"{name}-1": options[o]
        for o, name in (("try", "what"), ("a", "a"), ("b", "b"))
        if o in options
    }
    return f"/experiments/new?{urlencode(told)}" if told else "/experiments/new"


ADDRESSES: dict[str, Callable[[dict[str, str], str], str]] = {
    "checkup": _to("/check-up"),
    "log": _log_or_new,
    "today": _to("/today"),
    "plan": _to("/plan"),
    "routine": _routine,
    "factors": _one("/factors"),
    "history": lambda options, _: "/history/phone" if "phone" in options else "/walks",
    "walk": _one("/walks"),
    "report": _to("/report"),
    "shoes": _to("/shoes"),
    "import": _to("/import"),
    "me": _to("/settings"),
    "restore": _to("/settings/backup"),
    "questionnaire": _one("/questionnaires"),
    "trial": _to("/experiments"),
    "trial new": _trial_new,
    "trial next": _to("/experiments/next"),
    "trial show": _one("/experiments"),
    "trial stop": _to("/experiments/stop"),
    "trial undo": _to("/experiments/undo"),
    "trial done": _to("/experiments/done"),
    "trial trend": _to("/experiments/trend"),
}
"""Where each command is done in the app, from its options and its first argument."""
