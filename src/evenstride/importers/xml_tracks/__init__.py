"""GPX and TCX: points in XML. One reader for both; each format adds the names of its elements.

``text`` brings a file into one encoding, ``tokens`` finds its tags, whatever is wrong with it, and
``swift`` does the same for many points at once where they look alike; both give the same values.
``gpx`` and ``tcx`` know the elements, ``clock`` judges the times, ``outing`` makes the track.
"""

from collections.abc import Iterator

from evenstride.importers.contract import NO_OPTIONS, Item, Options
from evenstride.importers.source import Member, Source
from evenstride.importers.xml_tracks.gpx import Gpx
from evenstride.importers.xml_tracks.tcx import Tcx

__all__ = ["Gpx", "Tcx", "read_gpx", "read_tcx"]


def read_gpx(source: Source, member: Member, options: Options = NO_OPTIONS) -> Iterator[Item]:
    """Yield the tracks of one GPX file in a source, and what was left out; never raises."""
    return Gpx().read_member(source, member, options)


def read_tcx(source: Source, member: Member, options: Options = NO_OPTIONS) -> Iterator[Item]:
    """Yield the tracks of one TCX file in a source, and what was left out; never raises."""
    return Tcx().read_member(source, member, options)
