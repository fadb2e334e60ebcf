"""From a question to the design of a self-experiment, with what can be said beforehand."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.app.trial.kept import KeptTrial, all_trials, keep_trial, running_trial
from evenstride.app.trial.outlook import newest_walks, outlook_of
from evenstride.app.trial.walks import refusal_of
from evenstride.app.walks import shoe_named
from evenstride.errors import OptionError
from evenstride.report.screens import screen_words
from evenstride.report.visible import visible

if TYPE_CHECKING:
    from evenstride.trials import Design
    from evenstride.trials.design import Outcome

__all__ = [
    "Try",
    "Wish",
    "begin_trial",
    "check_may_begin",
    "kind_of",
    "outcome_of",
    "preview_trial",
    "wish_of",
]


@dataclass(frozen=True, slots=True)
class Try:
    """One thing that a person wants to try, in two ways.

    Attributes:
        kind: What it is: "shoes", or a key of ``trials.design.WITHIN_A_WALK``.
        a: What they do now, mostly; of shoes the name in the shoe log.
        b: What they want to know about.
    """

    kind: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to find out.

    Attributes:
        tries: One to three things.
        outcome: What is compared: one of ``trials.design.OUTCOMES``.
        walks: How many walks; None: the usual number.
    """

    tries: tuple[Try, ...]
    outcome: str = "worst"
    walks: int | None = None


def wish_of(
    kinds: Sequence[str],
    first: Sequence[str],
    second: Sequence[str],
    outcome: str = "worst",
    walks: int | None = None,
) -> Wish:
    """Return a wish from what was told of each thing to try: what it is, and its ways A and B.

    Raises:
        OptionError: If a way is missing or one too many.
    """
    if not len(kinds) == len(first) == len(second):
        words = screen_words("trial")["new"]
        raise OptionError(words["pairs"], words["pairs_hint"])
    tries = tuple(Try(*one) for one in zip(kinds, first, second, strict=True))
    return Wish(tries, outcome, walks)


def kind_of(text: str) -> str:
    """Return what is to be tried as ``trials`` names it, from what was typed.

    Raises:
        OptionError: If it is unknown, or too slow for an experiment.
    """
    from evenstride.trials.design import SLOW, WITHIN_A_WALK

    words = screen_words("trial")["new"]
    said = text.strip().casefold()
    if said in SLOW:
        raise OptionError(words["slow"].format(what=SLOW[said]), words["slow_hint"])
    found = next((kind for kind in WITHIN_A_WALK if said in (kind, f"{kind}s")), None)
    if found is None:
        known = ", ".join(screen_words("trial")["kinds"])
        raise OptionError(
            words["unknown"].format(what=text), words["unknown_hint"].format(known=known)
        )
    return found


def outcome_of(text: str) -> Outcome:
    """Return what is compared as ``trials`` names it, from what was typed; "" is worst pain.

    Raises:
        OptionError: If it is unknown.
    """
    from evenstride.trials.design import OUTCOMES

    said = text.strip().casefold().replace("-", "_").replace(" ", "_") or OUTCOMES[0]
    for known in OUTCOMES:
        if known == said:
            return known
    words = screen_words("trial")["new"]
    raise OptionError(
        words["bad_outcome"].format(what=text),
        words["unknown_hint"].format(known=", ".join(OUTCOMES)),
    )


def check_may_begin(home: Path | None = None, *, now: int | None = None) -> None:
    """Raise if no experiment may begin today.

    Raises:
        OptionError: If walking is not allowed, or another experiment runs.
    """
    with own(home, now or now_utc_ns()) as mine:
        _check_may_begin(mine)


def preview_trial(home: Path | None, wish: Wish, *, now: int | None = None) -> Shown:
    """Return what an experiment would be, without beginning it.

    Raises:
        OptionError: If it would not give an honest answer, with the reason.
    """
    with own(home, now or now_utc_ns()) as mine:
        _check_may_begin(mine)
        design, _ = _designed(mine, wish, seed=0)
        return _shown(mine, design, "")


def begin_trial(
    home: Path | None, wish: Wish, *, previewed: bool = False, now: int | None = None
) -> Shown:
    """Fix an experiment for good and begin it; its order is drawn now and stays hidden.

    Args:
        home: The person's folder, if not the usual one.
        wish: What they want to find out.
        previewed: Whether they have read what there is to say beforehand.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If it would not give an honest answer, with the reason.
    """
    with own(home, now or now_utc_ns()) as mine:
        _check_may_begin(mine)
        design, shoes = _designed(mine, wish, secrets.randbits(63))
        trial = KeptTrial(_new_id(mine), mine.now, design, shoes)
        keep_trial(mine, trial)
        return _shown(mine, design, trial.id, short=previewed)


def _check_may_begin(mine: Own) -> None:
    from evenstride.report.trial.sheets import question_of

    words = screen_words("trial")["new"]
    refused = refusal_of(mine)
    if refused is not None:
        raise OptionError(refused.says, refused.does or words["checkup"])
    running = running_trial(mine)
    if running is not None:
        says = words["one_at_a_time"].format(question=question_of(running.design))
        raise OptionError(says, words["one_hint"])


def _designed(
    mine: Own, wish: Wish, seed: int
) -> tuple[Design, tuple[tuple[str, str] | None, ...]]:
    from evenstride.trials import Factor, plan_trial

    factors: list[Factor] = []
    shoes: list[tuple[str, str] | None] = []
    for one in wish.tries:
        kind = kind_of(one.kind)
        pair = None
        arms = _name(one.a), _name(one.b)
        if kind == "shoe":
            a, b = (shoe_named(mine.diary, name) for name in arms)
            if a == b:
                words = screen_words("trial")["new"]
                raise OptionError(words["same_shoes"], words["pairs_hint"])
            pair, arms = (a.id, b.id), (_name(a.name), _name(b.name))
        factors.append(Factor(kind, arms))
        shoes.append(pair)
    design = plan_trial(factors, seed=seed, outcome=outcome_of(wish.outcome), walks=wish.walks)
    return design, tuple(shoes)


def _name(text: str) -> str:
    name = " ".join(text.split())
    if visible(name) != name:
        words = screen_words("trial")["new"]
        raise OptionError(words["bad_name"], words["bad_name_hint"])
    return name


def _new_id(mine: Own) -> str:
    stem = f"trial-{mine.today.isoformat()}"
    taken = {trial.id for trial in all_trials(mine)}
    place = 1
    while (found := f"{stem}-{place}" if place > 1 else stem) in taken:
        place += 1
    return found


def _shown(mine: Own, design: Design, id: str, *, short: bool = False) -> Shown:  # noqa: A002
    from evenstride.report.trial.sheets import begun_sheet, new_sheet
    from evenstride.trials import design_document, need_document

    outlook = outlook_of(newest_walks(mine), design.outcome)
    hidden = ("seed", "checksum")  # who knows them could work out the order
    document = {k: v for k, v in design_document(design).items() if k not in hidden} | {
        "id": id or None,
        "needs": [need_document(need) for need in outlook.needs],
        "share_of_zeros": outlook.zeros,
        "bad_start": outlook.bad_start,
    }
    sheet = begun_sheet(design, id) if short else new_sheet(design, outlook, id)
    return mine.shown(document, sheet)
