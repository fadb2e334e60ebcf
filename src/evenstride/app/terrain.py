"""What the ground of a walk was like, from any file with a track."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evenstride.app.shown import Shown
from evenstride.errors import NotARecording
from evenstride.report.units import UnitSystem

if TYPE_CHECKING:
    from evenstride.model import TerrainProfile, Track
    from evenstride.terrain import Ways

__all__ = ["Ground", "read_ground"]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The ground of a walk, ready to be shown.

    Attributes:
        profile: What is known of it.
        track: Where it went.
        notes: What is to be said of the file.
    """

    profile: TerrainProfile
    track: Track
    notes: tuple[str, ...]

    def shown(self, units: UnitSystem) -> Shown:
        """Return the document and the words."""
        from evenstride.report.terrain import terrain_sheet

        return Shown(self.profile.document(), terrain_sheet(self.profile, units, self.notes))

    def as_html(self, units: UnitSystem) -> str:
        """Return the page with the pictures."""
        from evenstride.report.html.terrain_page import render_terrain
        from evenstride.report.terrain import terrain_sheet

        sheet = terrain_sheet(self.profile, units, self.notes)
        return render_terrain(self.profile, sheet, units, self.track.source)


def read_ground(
    path: str | PathLike[str],
    *,
    elevation_model: Path | None = None,
    map_file: Path | None = None,
) -> Ground:
    """Read a file and find out about the ground of the walk in it.

    Args:
        path: Any file or folder that an importer knows.
        elevation_model: A folder of HGT tiles or GeoTIFF files.
        map_file: A map of ways, an OpenStreetMap extract.

    Raises:
        NotARecording: If there is no track in it.
        EvenstrideError: If it, or a map, cannot be read.
    """
    from evenstride.terrain import elevation_folder, joined, terrain

    heights = None if elevation_model is None else elevation_folder(elevation_model)
    ways = None if map_file is None else _ways(map_file)
    tracks = _tracks(path)
    outings = joined(tracks)
    track = max(outings, key=_points)
    notes = _notes(len(tracks), outings, track) if len(tracks) > 1 else ()
    return Ground(terrain(track, elevation_model=heights, ways=ways), track, notes)


def _notes(tracks: int, outings: Sequence[Track], shown: Track) -> tuple[str, ...]:
    """Return what the file holds, and how much of it is not shown."""
    from evenstride.checkup.knowledge.spoken import counted
    from evenstride.report.screens import screen_words

    says = screen_words("terrain")
    others = [one for one in outings if one is not shown]
    first = says["several" if others else "one_outing"].format(tracks=counted(tracks, "track"))
    if not others:
        return (first,)
    left, all_ = (sum(_points(one) for one in some) for some in (others, outings))
    untimed = sum(_points(one) for one in others if not np.isfinite(one.time_s).any())
    notes = (first, says["left_out"].format(left=f"{left:,}", all=f"{all_:,}"))
    return (*notes, says["left_untimed"].format(left=f"{untimed:,}")) if untimed else notes


def _points(track: Track) -> int:
    return int(np.isfinite(track.latitude_deg).sum())


def _tracks(path: str | PathLike[str]) -> list[Track]:
    from evenstride.importers import scan
    from evenstride.model import Left, Track

    tracks, left = [], []
    for item in scan(path):
        if isinstance(item, Track):
            tracks.append(item)
        elif isinstance(item, Left):
            left.append(item)
    if tracks:
        return tracks
    why = f" {left[0].reason}" if left else ""
    raise NotARecording(
        f"There is no track in “{Path(path).name}”.{why}",
        "A track has places, as in a GPX, FIT or TCX file.",
    )


def _ways(map_file: Path) -> Ways:
    from evenstride.terrain.surface import open_map

    return open_map(map_file)
