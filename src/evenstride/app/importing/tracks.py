"""Keep tracks and activities in the diary: each is an account of a walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evenstride.app.engine import engine
from evenstride.app.ground import ground_of
from evenstride.app.importing.shoes import shoe_of
from evenstride.app.importing.streams import find_outing, join, stream_id
from evenstride.app.moments import NS
from evenstride.app.own import Own
from evenstride.diary import Stream, StreamKind
from evenstride.importers.own_track import track_pieces
from evenstride.inventory.joining import filled, is_walked
from evenstride.model import WALKED, Activity, Left, Measure, Outing, Track
from evenstride.report.account import Account, BroughtWalk

if TYPE_CHECKING:
    from evenstride.model import TerrainProfile

__all__ = ["TRACK_FORMAT", "derived_track", "keep_activity", "keep_track"]

TRACK_FORMAT = "evenstride track"
_LEAST_S, _LEAST_M = 60.0, 30.0
_SHORT = "they are shorter than a minute or than 30 m"
_OTHER = "they are no walks"
_UNTOLD = "they do not tell whether they were walked, nor how far and how long"


@dataclass(frozen=True, slots=True)
class _Found:
    """An account of a walk that is about to be kept.

    Attributes:
        activity: Its facts.
        name: Of the file.
        format: Of the file.
        track: Its samples; None if it has facts only.
        profile: The ground of the track.
    """

    activity: Activity
    name: str
    format: str
    track: Track | None = None
    profile: TerrainProfile | None = None

    @property
    def measures(self) -> Mapping[str, Measure]:
        """What was measured of the ground."""
        return {} if self.profile is None else self.profile.measures


def keep_track(
    mine: Own, track: Track, account: Account, *, outing: Outing | None = None, dry_run: bool
) -> None:
    """Keep a track with its walk; what was no walk is left out, and said.

    Args:
        mine: The diary.
        track: As it was read.
        account: Grows by it.
        outing: The walk it came along with in one file; None finds it by the time.
        dry_run: Keep nothing.
    """
    activity = track.activity or _from_samples(track)
    if activity is None:
        account.leave(Left("1 track", "they do not tell when they were walked"))
        return
    if outing is None and _is_other(activity):
        account.leave(Left("1 activity", _OTHER))
        return
    if not dry_run and _known(mine, stream_id("track", activity), track.source, account):
        return
    profile = ground_of(track, mine.diary.home)
    metres, seconds = (_value(profile.measures, name) for name in ("distance_m", "moving_s"))
    if outing is None and _is_too_short(activity, metres):
        account.leave(Left("1 track", _SHORT))
        return
    walked = activity.sport in WALKED or is_walked(activity, metres, seconds)
    if outing is None and not walked:
        account.leave(Left("1 activity", _UNTOLD if walked is None else _OTHER))
        return
    activity = replace(
        activity,
        distance_m=activity.distance_m if activity.distance_m is not None else metres,
        moving_s=activity.moving_s if activity.moving_s is not None else seconds,
    )
    _keep(mine, _Found(activity, track.source, track.format, track, profile), account, outing,
          dry_run=dry_run)  # fmt: skip


def keep_activity(
    mine: Own, activity: Activity, name: str, form: str, account: Account, *, dry_run: bool
) -> None:
    """Keep an activity without samples with its walk, as ``keep_track`` does."""
    walked = activity.sport in WALKED
    if not walked and not _is_other(activity):
        known = is_walked(activity, None, None)
        if known is None:
            account.leave(Left("1 activity", _UNTOLD))
            return
        walked = known
    if not walked:
        account.leave(Left("1 activity", _OTHER))
        return
    if dry_run or not _known(mine, stream_id("activity", activity), name, account):
        _keep(mine, _Found(activity, name, form), account, None, dry_run=dry_run)


def derived_track(profile: TerrainProfile) -> dict[str, Any]:
    """Return what is kept of the ground: all but its pieces, which the track gives again."""
    return {"terrain": {**profile.document(), "segments": []}}


def _keep(
    mine: Own, found: _Found, account: Account, outing: Outing | None, *, dry_run: bool
) -> None:
    kind: StreamKind = "activity" if found.track is None else "track"
    if dry_run:
        _preview(mine, found, account)
        return
    sha256 = None
    if found.track is not None and found.profile is not None:
        kept = mine.diary.keep_bytes(
            f"{found.name or 'track'}.csv", track_pieces(found.track), TRACK_FORMAT
        )
        sha256 = kept.sha256
        mine.diary.keep_derived(sha256, engine(), derived_track(found.profile))
    stream = Stream(
        id=stream_id(kind, found.activity),
        outing=None,
        kind=kind,
        activity=found.activity,
        recording=sha256,
        format=found.format,
    )
    walk = outing or find_outing(mine, found.activity)
    walk, fate = join(mine, stream, walk, found.measures)
    walk = _with_ground_and_shoe(mine, walk, found, account)
    if outing is None:
        account.walks.append(BroughtWalk(fate, walk, found.name))


def _with_ground_and_shoe(mine: Own, walk: Outing, found: _Found, account: Account) -> Outing:
    """Return the walk, kept, with its shoe, slope and surface where the person told none."""
    from evenstride.terrain import hills_of, surface_of

    shoe, hills, surface = walk.shoe, walk.hills, walk.surface
    if shoe is None and found.activity.gear:
        shoe = shoe_of(mine, found.activity.gear, account)
    if found.profile is not None:
        hills = hills if hills is not None else hills_of(found.profile)
        surface = surface if surface is not None else surface_of(found.profile)
    now = replace(walk, shoe=shoe, hills=hills, surface=surface)
    if now != walk:
        mine.diary.correct_outing(now)
    return now


def _preview(mine: Own, found: _Found, account: Account) -> None:
    """Show the walk that would be kept."""
    start = found.activity.start
    stream = Stream("", None, "activity", found.activity, None, found.format)
    walk = Outing("", start.utc_ns, start.zone or mine.person.time_zone)
    walk = replace(filled(walk, (), (stream,)), measures=dict(found.measures))
    account.walks.append(BroughtWalk("new", walk, found.name))


def _known(mine: Own, name: str, file: str, account: Account) -> bool:
    """Tell whether the diary has an account already, and take note of what became of it."""
    before = mine.diary.stream(name)
    if before is None:
        return False
    if before.outing is None:
        gone = Outing(before.id, before.activity.start.utc_ns, mine.person.time_zone)
        account.walks.append(BroughtWalk("removed", gone, file))
    else:
        account.walks.append(BroughtWalk("again", mine.diary.outing(before.outing), file))
    return True


def _from_samples(track: Track) -> Activity | None:
    """Return what the samples of a track alone tell; None if it has no clock."""
    import numpy as np

    if track.start is None:
        return None
    known = track.time_s[np.isfinite(track.time_s)]
    seconds = float(known[-1]) if known.size else 0.0
    return Activity(track.start, track.start.utc_ns + round(seconds * NS))


def _is_too_short(activity: Activity, metres: float | None) -> bool:
    lasted_s = (activity.end_utc_ns - activity.start.utc_ns) / NS
    return lasted_s < _LEAST_S or (metres is not None and metres < _LEAST_M)


def _is_other(activity: Activity) -> bool:
    return activity.sport not in WALKED and activity.sport != "unknown"


def _value(measures: Mapping[str, Measure], name: str) -> float | None:
    found = measures.get(name)
    return None if found is None else found.value
