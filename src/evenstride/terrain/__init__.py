"""Track -> TerrainProfile: slope, climb and surface, each with its error.

    import evenstride as es

    profile = es.terrain(track)                       # the room itself can be called
    from evenstride.terrain import terrain            # the same function by its name

The room can be called because the public interface has ``es.terrain(track)``, while everything
else of the room, such as elevation models, is reached through the same name; see
``docs/decisions/0024-the-room-terrain-can-be-called.md``.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from evenstride.terrain.elevation_model import ElevationModel, elevation_folder
from evenstride.terrain.hills import hills_of
from evenstride.terrain.joined import joined
from evenstride.terrain.profile import Ways, terrain
from evenstride.terrain.underfoot import surface_of

if TYPE_CHECKING:
    from evenstride.model import TerrainProfile

__all__ = [
    "ElevationModel",
    "Ways",
    "elevation_folder",
    "hills_of",
    "joined",
    "surface_of",
    "terrain",
]


class _Room(ModuleType):
    """A room that does its one job when it is called."""

    def __call__(self, *args: Any, **options: Any) -> TerrainProfile:
        """Call ``terrain``."""
        return terrain(*args, **options)


sys.modules[__name__].__class__ = _Room
