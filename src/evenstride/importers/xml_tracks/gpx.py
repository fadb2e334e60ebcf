"""GPX: tracks of watches, phones and hand-held receivers; routes that were drawn."""

from __future__ import annotations

from evenstride.importers.words import counted
from evenstride.importers.xml_tracks.importer import XmlTracks
from evenstride.importers.xml_tracks.outing import Outing
from evenstride.importers.xml_tracks.outline import Outline
from evenstride.importers.xml_tracks.points import Names
from evenstride.importers.xml_tracks.sports import sport_of
from evenstride.model import Device, Left

__all__ = ["Gpx", "GpxOutline"]

_NAMES = Names(
    points=frozenset({"trkpt", "rtept"}),
    attributes={"lat": "latitude_deg", "lon": "longitude_deg"},
    fields={
        "ele": "elevation_m",
        "time": "time",
        "speed": "speed_m_s",
        "hacc": "accuracy_m",
        "vacc": "vertical_accuracy_m",
        "accuracy_horizontal": "accuracy_m",
        "accuracy_vertical": "vertical_accuracy_m",
        "hr": "heart_rate_bpm",
        "heartrate": "heart_rate_bpm",
        "heart_rate": "heart_rate_bpm",
        "distance": "distance_m",
        "cad": "cadence_of_a_leg",
        "cadence": "cadence",
    },
)


class GpxOutline(Outline):
    """Tracks, routes and their segments; way points are only counted."""

    names = _NAMES

    def __init__(self) -> None:
        super().__init__()
        self._device = Device()
        self._barometer = False
        self._title = ""
        self._waypoints = 0

    def opened(self, path: list[str], attributes: dict[str, bytes]) -> None:
        """Begin an outing or a segment, or take who wrote the file."""
        match path[-1]:
            case "gpx":
                self._device = self.device(attributes.get("creator", b""))
                self._barometer = "with barometer" in self._device.model.lower()
            case "trk":
                self.begin()
            case "rte":
                self.begin().drawn = True
            case "trkseg":
                self.outing.segments += 1
            case "wpt":
                self._waypoints += 1

    def closed(self, path: list[str], text: bytes) -> None:
        """Take titles and notes, and end an outing."""
        name, parent = path[-1], path[-2] if len(path) > 1 else ""
        if name in ("trk", "rte"):
            self.close_outing()
        elif parent in ("trk", "rte"):
            self._say(name, self.text(text))
        elif name == "name" and parent in ("metadata", "gpx"):
            self._title = self.text(text)[:300]

    def new(self) -> Outing:
        """Return an outing by the device of the file."""
        outing = Outing(device=self._device, title=self._title)
        outing.elevation_source = "barometer" if self._barometer else None
        return outing

    def left(self) -> tuple[Left, ...]:
        """Count the way points."""
        if not self._waypoints:
            return ()
        return (
            Left(counted(self._waypoints, "way points"), "they are marks on a map, not a walk"),
        )

    def _say(self, name: str, text: str) -> None:
        if name == "name":
            self.outing.title = text[:300]
        elif name == "type":
            self.outing.sport = sport_of(text, numbered=True)
        elif name in ("desc", "cmt") and text:
            self.outing.note = text


class Gpx(XmlTracks):
    """A GPX file of any version and with any extensions."""

    name = "GPX"
    root = "gpx"
    outline = GpxOutline
