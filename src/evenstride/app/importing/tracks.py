"""Keep tracks and activities in the diary: each is an account of a walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evenstride.app.engine import engine
from evenstride.app.ground import ground_of
from evenstride.app.importing.shoes import shoe_of
from evenstride.app.importing.streams import (
    find_outing,
    join,
    says_more,
    stream_id,
    was_removed,
    zone_there,
)
from evenstride.app.moments import NS
from evenstride.app.own import Own
from evenstride.diary import Stream, StreamKind
from evenstride.importers.own_track import track_pieces
from evenstride.inventory.joining import filled, is_walked
from evenstride.inventory.plausible import sensible
from evenstride.model import WALKED, Activity, Left, Measure, Outing, Track
from evenstride.report.account import Account, BroughtWalk, Fate

if TYPE_CHECKING:
    from evenstride.model import TerrainProfile

__all__ = ["TRACK_FORMAT", "derived_track", "keep_activity", "keep_track"]

TRACK_FORMAT = "evenstride track"
_LEAST_S, _LEAST_M = 60.0, 30.0
_SHORT = "less than a minute or than 30 m long"
_OTHER = "not walked, but a ride, a run or another sport"
_UNTOLD = "nothing tells whether it was walked, or how far and how long"
_NO_TIME = "nothing tells when it was walked"
_NO_SENSE = "the time is not possible: long ago, yet to come, or lasting for days"


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
    told = track.activity or _from_samples(track)
    if told is None:
        account.leave(Left("1 track", _NO_TIME))
        return
    activity = sensible(told, mine.now)
    if activity is None or (outing is None and _is_other(activity)):
        account.leave(Left("1 activity", _NO_SENSE if activity is None else _OTHER))
        return
    if _is_known(mine, "track", activity, track.source, None if outing else account):
        return
    profile = ground_of(track, mine.diary.home, account)
    metres, seconds = (_value(profile.measures, name) for name in ("distance_m", "moving_s"))
    why = _no_walk(activity, metres, seconds) if outing is None else ""
    if why:
        account.leave(Left("1 activity", why))
        return
    activity = replace(
        activity,
        distance_m=activity.distance_m if activity.distance_m is not None else metres,
        moving_s=activity.moving_s if activity.moving_s is not None else seconds,
    )
    found = _Found(activity, track.source, track.format, track, profile)
    _keep(mine, found, account, outing, dry_run=dry_run)


def keep_activity(
    mine: Own, activity: Activity, name: str, form: str, account: Account, *, dry_run: bool
) -> None:
    """Keep an activity without samples with its walk, as ``keep_track`` does."""
    known = sensible(activity, mine.now)
    why = _NO_SENSE if known is None else _no_walk(known, None, None)
    if known is None or why:
        account.leave(Left("1 activity", why))
    elif not _is_known(mine, "activity", known, name, account):
        _keep(mine, _Found(known, name, form), account, None, dry_run=dry_run)


def _no_walk(activity: Activity, metres: float | None, seconds: float | None) -> str:
    """Return why an activity is no walk for the diary; empty if it is one."""
    if _is_other(activity):
        return _OTHER
    lasted_s = (activity.end_utc_ns - activity.start.utc_ns) / NS
    if lasted_s < _LEAST_S or (metres is not None and metres < _LEAST_M):
        return _SHORT
    walked = activity.sport in WALKED or is_walked(activity, metres, seconds)
    return "" if walked else _UNTOLD if walked is None else _OTHER


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
    with mine.diary.together():
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
    walk = Outing("", start.utc_ns, zone_there(start, mine.person.time_zone))
    walk = replace(filled(walk, (), (stream,)), measures=dict(found.measures))
    fate: Fate = "new" if find_outing(mine, found.activity) is None else "joined"
    account.walks.append(BroughtWalk(fate, walk, found.name))


def _is_known(
    mine: Own, kind: StreamKind, activity: Activity, file: str, account: Account | None
) -> bool:
    """Tell whether there is nothing to keep, and take note of what became of the walk.

    It was brought before and says nothing new, or the person took the walk out of the diary. No
    note is taken where the account has the walk already.
    """
    before = mine.diary.stream(stream_id(kind, activity))
    if before is None and not was_removed(mine, activity):
        return False
    if before is None or before.outing is None:
        gone = Outing("", activity.start.utc_ns, mine.person.time_zone)
        if account is not None:
            account.walks.append(BroughtWalk("removed", gone, file))
        return True
    if says_more(activity, before.activity):
        return False
    if account is not None:
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


def _is_other(activity: Activity) -> bool:
    return activity.sport not in WALKED and activity.sport != "unknown"


def _value(measures: Mapping[str, Measure], name: str) -> float | None:
    found = measures.get(name)
    return None if found is None else found.value
