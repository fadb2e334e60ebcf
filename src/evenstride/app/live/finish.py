"""Take what a recording sends, and make a measured walk of it when it is finished."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from evenstride.app.asking import questions, told_of
from evenstride.app.importing import Wanted, import_paths
from evenstride.app.importing.tracks import keep_track
from evenstride.app.live.events import Heard, heard
from evenstride.app.live.incoming import FINISHING, Incoming
from evenstride.app.live.walked import Times, motion_file, times_of, track_of
from evenstride.app.moments import day_of, local, now_utc_ns
from evenstride.app.own import own
from evenstride.app.private import write_private
from evenstride.app.told import Told
from evenstride.app.walks import log_walk
from evenstride.errors import OptionError, RecordingError
from evenstride.report.account import Account
from evenstride.report.screens import screen_words

__all__ = ["Finished", "abandon", "append", "begin", "finish", "lacking"]

_ASKED = (
    *("back_before", "back_worst", "minutes_to_rise", "leg_worst", "reach", "new_numbness"),
    *("shoe", "surface", "hills", "load_kg", "note"),
)
_LEAST_MINUTES = 1.0


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a recording.

    Attributes:
        walk: Its walk in the diary; empty if pieces are missing.
        missing: The places of the pieces that have not come.
        measured: Whether the movement could be measured.
        why: If not, why, for the person.
        numbness: Whether new numbness or weakness was told, so that the check-up comes next.
    """

    walk: str = ""
    missing: tuple[int, ...] = ()
    measured: bool = False
    why: str = ""
    numbness: bool = False


def begin(
    home: Path | None,
    id: str,  # noqa: A002
    document: Mapping[str, Any],
    *,
    now: int | None = None,
) -> None:
    """Begin a recording; begun again, nothing changes.

    Args:
        home: The person's folder, if not the usual one.
        id: Its name, which the page made up.
        document: ``placement``, ``zone`` and ``browser``; ``told``: answers by the names of the
            questions about a walk; ``wall_ms``: the phone's clock when it sent this.
        now: The moment, in nanoseconds UTC.
    """
    sent_ns = round(float(document.get("wall_ms") or 0) * 1e6)
    # No walk is yet to come: a phone whose clock is ahead is put right by ours.
    ahead_ns = max(sent_ns - (now or now_utc_ns()), 0) if sent_ns else 0
    Incoming(home).begin(id, {**document, "ahead_ns": ahead_ns})


def append(home: Path | None, id: str, place: int, block: Mapping[str, Any]) -> bool:  # noqa: A002
    """Keep a piece; tell whether it is on the disk (not if the recording was never begun)."""
    return Incoming(home).append(id, place, block)


def abandon(home: Path | None, id: str) -> None:  # noqa: A002
    """Throw a recording away."""
    Incoming(home).drop(id)


def lacking(
    home: Path | None,
    id: str,  # noqa: A002
    blocks: int,
    without: Sequence[int] = (),
) -> tuple[int, ...]:
    """Return the places of the pieces that have not come; arguments as in ``finish``."""
    return tuple(sorted(set(range(blocks)) - Incoming(home).places(id) - set(without)))


def finish(
    home: Path | None,
    id: str,  # noqa: A002
    told: Mapping[str, str],
    *,
    blocks: int | None = None,
    without: Sequence[int] = (),
    now: int | None = None,
) -> Finished:
    """Make a walk of a recording; asked again, the answer is the same.

    What was told is kept in any case. The movement is measured if it can be.

    Args:
        home: The person's folder, if not the usual one.
        id: Its name.
        told: Answers by the names of the questions about a walk.
        blocks: How many pieces it has; None if that is not known, as the phone does not ask. It
            may still come back with more, and finish it then.
        without: The places of pieces that cannot come any more.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If it never began, or an answer cannot be understood.
        DiaryError: If it cannot be kept.
    """
    with FINISHING:
        return _finish(home, id, told, blocks, without, now)


def _finish(
    home: Path | None,
    id: str,  # noqa: A002
    told: Mapping[str, str],
    blocks: int | None,
    without: Sequence[int],
    now: int | None,
) -> Finished:
    incoming = Incoming(home)
    outcome, begun = incoming.outcome(id), incoming.begun(id)
    if outcome is not None:
        return Finished(**{**outcome, "missing": tuple(outcome["missing"])})
    if begun is None:
        raise OptionError("This recording is not known here.", "Note the walk by hand.")
    missing = lacking(home, id, blocks or 0, without)
    if missing:
        return Finished(missing=missing)
    found = heard(incoming.blocks(id))
    found = replace(found, start_utc_ns=found.start_utc_ns - int(begun.get("ahead_ns", 0)))
    times = times_of(found)
    said = _said(home, {**begun.get("told", {}), **told}, times)
    walk = _walk(home, said, now)
    why = _measure(home, walk, found, begun, now)
    _track(home, walk, found, begun, times, now)
    done = Finished(walk, (), not why, why, bool(said.new_numbness))
    incoming.close(id, asdict(done), whole=blocks is not None)
    return done


def _said(home: Path | None, told: Mapping[str, str], times: Times) -> Told:
    """Read what was told of the walk, with the time that the page measured."""
    readers = {one.name: one.read for one in questions(home).all if one.name in _ASKED}
    values = {name: readers[name](text) for name, text in told.items() if text and name in readers}
    minutes = times.walked_s / 60
    return told_of(
        values
        | {
            "start_utc_ns": times.start_utc_ns,
            "minutes": round(minutes, 1) if minutes >= _LEAST_MINUTES else None,
        }
    )


def _walk(home: Path | None, said: Told, now: int | None) -> str:
    """Note the walk; if a finish before this one did so already, add to it."""
    start = said.start_utc_ns or 0
    with own(home, now or now_utc_ns()) as mine:
        day = day_of(start, mine.person.time_zone)
        before = next((o for o in mine.diary.outings(day, day) if o.start_utc_ns == start), None)
    shown = log_walk(home, said, walk=before.id if before else None, now=now)
    return str(shown.document["walk"]["id"])


def _measure(
    home: Path | None, walk: str, found: Heard, begun: Mapping[str, Any], now: int | None
) -> str:
    """Measure the movement and keep it with the walk; return why, if it cannot be measured."""
    pieces = motion_file(found, begun)
    words = screen_words("web-walk")["after"]
    if pieces is None:
        return str(words["no_sensors" if begun.get("placement") else "only_time"])
    with tempfile.TemporaryDirectory(prefix="evenstride-") as folder:
        path = Path(folder) / f"walk-{local(found.start_utc_ns, 'UTC'):%Y-%m-%dT%H%M%S}.csv"
        write_private(path, b"".join(pieces))
        try:
            import_paths(home, [path], Wanted(walk=walk), now=now)
        except RecordingError as error:
            return str(error)
    with own(home, now or now_utc_ns()) as mine:
        steps = mine.diary.outing(walk).measures.get("steps")
    return "" if steps is not None and steps.value else str(words["no_walking"])


def _track(
    home: Path | None,
    walk: str,
    found: Heard,
    begun: Mapping[str, Any],
    times: Times,
    now: int | None,
) -> None:
    track = track_of(found, begun, times)
    if track is None:
        return
    with own(home, now or now_utc_ns()) as mine:
        keep_track(mine, track, Account(), outing=mine.diary.outing(walk), dry_run=False)
