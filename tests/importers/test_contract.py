"""Every importer keeps the contract, on files made for it."""

from __future__ import annotations

from evenstride.importers.androsensor import AndroSensor
from evenstride.importers.geneactiv import GeneActiv
from evenstride.importers.general import GeneralTable
from evenstride.importers.mobilised import MobiliseD
from evenstride.importers.phyphox import Phyphox
from evenstride.importers.physics_toolbox import PhysicsToolbox
from evenstride.importers.sensor_logger import SensorLogger
from evenstride.importers.sensorlog import SensorLog
from evenstride.importers.xsens import MovellaDot, XsensMtw
from evenstride.testing.importer_contract import ImporterContract

from . import samples


class _Made(ImporterContract):
    make: samples.Sample

    def sample(self, seconds: float, missing: tuple[float, float] | None = None) -> bytes:
        return type(self).make(samples.Walk(seconds, missing))


class TestAndroSensor(_Made):
    importer, make = AndroSensor(), staticmethod(samples.androsensor)


class TestGeneActiv(_Made):
    importer, make = GeneActiv(), staticmethod(samples.geneactiv)


class TestMobiliseD(_Made):
    importer, make = MobiliseD(), staticmethod(samples.mobilised)


class TestMovellaDot(_Made):
    importer, make = MovellaDot(), staticmethod(samples.movella_dot)
    gravity_included = False


class TestPhyphox(_Made):
    importer = Phyphox()

    @staticmethod
    def make(walk: samples.Walk) -> bytes:
        return samples.zipped(samples.phyphox(walk))


class TestPhysicsToolboxG(_Made):
    importer, make = PhysicsToolbox(), staticmethod(samples.physics_toolbox_g)


class TestPhysicsToolboxLinear(_Made):
    importer, make = PhysicsToolbox(), staticmethod(samples.physics_toolbox_linear)
    gravity_included = False


class TestSensorLogNew(_Made):
    importer, make = SensorLog(), staticmethod(samples.sensorlog_new)


class TestSensorLogOld(_Made):
    importer, make = SensorLog(), staticmethod(samples.sensorlog_old)


class TestSensorLogger(_Made):
    importer = SensorLogger()

    @staticmethod
    def make(walk: samples.Walk) -> bytes:
        return samples.zipped(samples.sensor_logger(walk))


class TestXsensMtw(_Made):
    importer, make = XsensMtw(), staticmethod(samples.xsens_mtw)


class TestGeneralTable(_Made):
    importer, make = GeneralTable(), staticmethod(samples.general)


class TestHeaderless(_Made):
    importer, make = GeneralTable(), staticmethod(samples.headerless)
