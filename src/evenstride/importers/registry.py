"""Which importers there are: our own and those that other packages register."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from evenstride.errors import NotARecording
from evenstride.importers.androsensor import AndroSensor
from evenstride.importers.apple_health import AppleHealth
from evenstride.importers.contract import Importer, Sniff
from evenstride.importers.devices.actigraph import ActigraphGt3x
from evenstride.importers.devices.axivity import AxivityCwa
from evenstride.importers.devices.geneactiv_bin import GeneActivBin
from evenstride.importers.fit import Fit
from evenstride.importers.fitbit_csv import FitbitCsv
from evenstride.importers.garmin import GarminArchive
from evenstride.importers.geneactiv import GeneActiv
from evenstride.importers.general import GeneralTable
from evenstride.importers.google_takeout import GoogleTakeout
from evenstride.importers.health_connect import HealthConnect
from evenstride.importers.matlab import MatlabCsv
from evenstride.importers.mobilised import MobiliseD
from evenstride.importers.own_motion import OwnMotion
from evenstride.importers.own_track import OwnTrack
from evenstride.importers.phyphox import Phyphox
from evenstride.importers.physics_toolbox import PhysicsToolbox
from evenstride.importers.polar import PolarArchive
from evenstride.importers.samsung_health import SamsungHealth
from evenstride.importers.sensor_logger import SensorLogger
from evenstride.importers.sensorlog import SensorLog
from evenstride.importers.source import Source
from evenstride.importers.strava import StravaArchive
from evenstride.importers.xml_tracks import Gpx, Tcx
from evenstride.importers.xsens import MovellaDot, XsensMtw

__all__ = ["BUILT_IN", "GROUP", "importers", "recognise"]

GROUP = "evenstride.importers"
"""Entry-point group in which other packages register a class or function that gives an importer."""

BUILT_IN: tuple[Importer, ...] = (
    ActigraphGt3x(),
    AndroSensor(),
    AppleHealth(),
    AxivityCwa(),
    Fit(),
    FitbitCsv(),
    GarminArchive(),
    GeneActivBin(),
    GeneActiv(),
    GoogleTakeout(),
    Gpx(),
    HealthConnect(),
    MatlabCsv(),
    MobiliseD(),
    MovellaDot(),
    OwnMotion(),
    OwnTrack(),
    PhysicsToolbox(),
    Phyphox(),
    PolarArchive(),
    SamsungHealth(),
    SensorLogger(),
    SensorLog(),
    StravaArchive(),
    Tcx(),
    XsensMtw(),
    GeneralTable(),
)


@cache
def importers() -> tuple[Importer, ...]:
    """Return all importers, our own first.

    Raises:
        NotARecording: If another package registered something that is no importer.
    """
    found = []
    for point in entry_points(group=GROUP):
        importer = point.load()()
        if not isinstance(importer, Importer):
            raise NotARecording(
                f"The added reader “{point.name}” does not keep evenstride's contract.",
                "Remove the package that brings it, or tell its authors.",
            )
        found.append(importer)
    return BUILT_IN + tuple(found)


def recognise(source: Source) -> tuple[Importer, Sniff] | None:
    """Return the importer that is surest about the source, or None if none is."""
    sniffs = [(importer, importer.sniff(source)) for importer in importers()]
    best = max(sniffs, key=lambda pair: pair[1].score, default=None)
    return best if best is not None and best[1].score > 0 else None
