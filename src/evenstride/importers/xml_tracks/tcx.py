"""TCX: activities of Garmin and of those who write its format, lap by lap."""

from __future__ import annotations

from evenstride.importers.xml_tracks.importer import XmlTracks
from evenstride.importers.xml_tracks.outing import Outing
from evenstride.importers.xml_tracks.outline import Outline
from evenstride.importers.xml_tracks.points import Names, Points
from evenstride.importers.xml_tracks.sports import sport_of
from evenstride.importers.xml_tracks.values import NO_TIME, number

__all__ = ["Tcx", "TcxOutline"]

_NAMES = Names(
    points=frozenset({"trackpoint"}),
    attributes={},
    fields={
        "time": "time",
        "latitudedegrees": "latitude_deg",
        "longitudedegrees": "longitude_deg",
        "altitudemeters": "elevation_m",
        "distancemeters": "distance_m",
        "heartratebpm/value": "heart_rate_bpm",
        "cadence": "cadence",
        "runcadence": "cadence_of_a_leg",
        "speed": "speed_m_s",
    },
)
_PAUSE_NS = 30 * 10**9
_POLAR = (
    "Files of Polar often hold the local time although they are marked as world time (UTC): the "
    "time of day may be wrong by some hours."
)


class TcxOutline(Outline):
    """Activities, their laps and tracks; courses are routes that were drawn."""

    names = _NAMES

    def __init__(self) -> None:
        super().__init__()
        self._laps = _Laps()
        self._first_of_lap = False
        self._last_ns = NO_TIME

    def found(self, points: Points) -> None:
        """Add points; where a new lap begins much later than the last one ended, break."""
        first_ns = int(points.time_ns[0])
        if self._first_of_lap and NO_TIME not in (first_ns, self._last_ns):
            self.outing.segments += abs(first_ns - self._last_ns) > _PAUSE_NS
        self._first_of_lap = False
        self._last_ns = int(points.time_ns[-1])
        super().found(points)

    def opened(self, path: list[str], attributes: dict[str, bytes]) -> None:
        """Begin an outing, a lap or a segment."""
        match path[-1]:
            case "activity":
                self._laps, self._first_of_lap = _Laps(), False
                self.begin().sport = sport_of(self.text(attributes.get("sport", b"")))
            case "course":
                self.begin().drawn = True
            case "lap":
                self._laps.count += 1
                self._first_of_lap = self.outing.segments > 0
            case "track":
                # A new lap goes on where the last one ended; a second track in a lap is a break.
                self.outing.segments += not self._first_of_lap

    def closed(self, path: list[str], text: bytes) -> None:
        """Take totals, notes and the device, and end an outing."""
        name, parent = path[-1], path[-2] if len(path) > 1 else ""
        match (parent, name):
            case (_, "activity" | "course"):
                self._laps.sum_up(self.outing)
                self.close_outing()
            case ("lap", "totaltimeseconds"):
                self._laps.times_s.append(number(text))
            case ("lap", "distancemeters"):
                self._laps.distances_m.append(number(text))
            case ("averageheartratebpm", "value"):
                self._laps.pulses_bpm.append(number(text))
            case ("lap", "notes") | ("activity", "notes") | ("course", "notes"):
                note = self.text(text)
                self.outing.note = f"{self.outing.note}\n{note}".strip()
            case ("course", "name"):
                self.outing.title = self.text(text)[:300]
            case ("creator", "name"):
                self.outing.device = self.device(text)
                if "polar" in self.outing.device.model.lower():
                    self.outing.warnings.append(_POLAR)


class _Laps:
    """Totals of the laps of one activity."""

    def __init__(self) -> None:
        self.count = 0
        self.times_s: list[float] = []
        self.distances_m: list[float] = []
        self.pulses_bpm: list[float] = []

    def sum_up(self, outing: Outing) -> None:
        """Add the totals up; one lap without them leaves the sum unknown."""
        outing.moving_s = self._sum(self.times_s)
        outing.distance_m = self._sum(self.distances_m)
        if outing.moving_s and len(self.pulses_bpm) == self.count:
            beats = sum(p * s for p, s in zip(self.pulses_bpm, self.times_s, strict=True))
            mean = beats / outing.moving_s
            outing.heart_rate_bpm = mean if 20 < mean < 250 else None

    def _sum(self, values: list[float]) -> float | None:
        total = sum(values)
        return total if len(values) == self.count > 0 and 0 <= total < 1e8 else None


class Tcx(XmlTracks):
    """A TCX file: activities, or a course."""

    name = "TCX"
    root = "trainingcenterdatabase"
    outline = TcxOutline
