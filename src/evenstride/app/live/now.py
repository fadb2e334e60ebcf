"""What the screen that records a walk has to know before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evenstride.app.live.incoming import Incoming
from evenstride.app.moments import now_utc_ns, said
from evenstride.app.own import own
from evenstride.app.planning import asks_again, basis_of, held
from evenstride.model import Outing
from evenstride.report.today import next_walk, walk_said

__all__ = ["Left", "WalkNow", "walk_now"]

_NO_WALK = frozenset({"help_now", "red_flag"})
_LEFT_S = 86_400.0  # until then the phone may come back and finish it by itself
_LAST = 20


@dataclass(frozen=True, slots=True)
class Left:
    """A recording that was not finished.

    Attributes:
        id: Its name.
        when: When it began, as people say it.
    """

    id: str
    when: str


@dataclass(frozen=True, slots=True)
class WalkNow:
    """What is known before a walk.

    Attributes:
        minutes: How many are planned today; None without a planned walk.
        says: The planned walk, or why there is none, for the person.
        does: What to do before, as the check-up says; may be empty.
        hold: Whether help or an answer comes before any walk.
        may_walk: Whether a walk may be begun all the same.
        pace_spm: The planned steps per minute, or the person's own; None if not known.
        shoes: Names of the shoes that are worn.
        left: Recordings that were not finished.
        country: Of the person; empty if not known.
        simulated: Whether the diary is made up.
    """

    minutes: int | None
    says: str
    does: str
    hold: bool
    may_walk: bool
    pace_spm: int | None
    shoes: tuple[str, ...]
    left: tuple[Left, ...]
    country: str
    simulated: bool


def walk_now(home: Path | None = None, *, now: int | None = None) -> WalkNow:
    """Return what is known before a walk.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.plan import Refused, plan

    with own(home, now or now_utc_ns()) as mine:
        basis = basis_of(mine)
        found = plan(basis.history, basis.checkup, mine.today)
        zone, at = mine.person.time_zone, mine.now
        left = tuple(
            Left(one.id, said(at - round(one.quiet_s * 1e9), zone, at))
            for one in Incoming(home).unfinished(at / 1e9)
            if one.quiet_s > _LEFT_S and one.blocks and "kind" not in one.begun
        )
        shoes = tuple(shoe.name for shoe in mine.diary.shoes() if not shoe.retired)
        refused = found if isinstance(found, Refused) else None
        walks = basis.history.outings
        kind = next_walk(found, mine.today, walks, again=asks_again(mine, basis))
        red = kind == "checkup"  # then the check-up comes first, as on the screen of today
        session = None if red or isinstance(found, Refused) else found.session_today
        planned = walk_said(found, kind, mine.today, walks) if red else session and session.says
        return WalkNow(
            minutes=session.minutes if session else None,
            says=refused.says if refused else planned or "",
            does=refused.does if refused else "",
            hold=red or held(found) is not None,
            may_walk=refused is None or refused.reason not in _NO_WALK,
            pace_spm=(session and session.cadence_spm) or _own_pace(walks),
            shoes=shoes,
            left=left,
            country=mine.person.country,
            simulated=mine.simulated,
        )


def _own_pace(walks: Sequence[Outing]) -> int | None:
    """Return the steps per minute of the newest walk on which they were measured."""
    for walk in reversed(walks[-_LAST:]):
        cadence = walk.measures.get("cadence_spm")
        if cadence is not None and cadence.value is not None and cadence.grade != "not_usable":
            return round(cadence.value)
    return None
