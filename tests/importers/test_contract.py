"""Every importer keeps the contract, on files made for it."""

from __future__ import annotations

from evenstride.importers.androsensor import AndroSensor
from evenstride.importers.geneactiv import GeneActiv
from evenstride.importers.general import GeneralTable
from evenstride.importers.mobilised import MobiliseD
from evenstride.importers.own_motion import OwnMotion
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
    """Andro Sensor files keep the contract."""

    importer, make = AndroSensor(), staticmethod(samples.androsensor)


class TestGeneActiv(_Made):
    """Gene Activ files keep the contract."""

    importer, make = GeneActiv(), staticmethod(samples.geneactiv)


class TestMobiliseD(_Made):
    """Mobilise D files keep the contract."""

    importer, make = MobiliseD(), staticmethod(samples.mobilised)


class TestMovellaDot(_Made):
    """Movella Dot files keep the contract."""

    importer, make = MovellaDot(), staticmethod(samples.movella_dot)
    gravity_included = False


class TestPhyphox(_Made):
    """Phyphox files keep the contract."""

    importer = Phyphox()

    @staticmethod
    def make(walk: samples.Walk) -> bytes:
        """Return the files of an export as one zip."""
        return samples.zipped(samples.phyphox(walk))


class TestOwnMotion(_Made):
    """Walks that our own page recorded keep the contract."""

    importer, make = OwnMotion(), staticmethod(samples.own_motion)


class TestPhysicsToolboxG(_Made):
    """Physics Toolbox G files keep the contract."""

    importer, make = PhysicsToolbox(), staticmethod(samples.physics_toolbox_g)


class TestPhysicsToolboxLinear(_Made):
    """Physics Toolbox Linear files keep the contract."""

    importer, make = PhysicsToolbox(), staticmethod(samples.physics_toolbox_linear)
    gravity_included = False


class TestSensorLogNew(_Made):
    """Sensor Log New files keep the contract."""

    importer, make = SensorLog(), staticmethod(samples.sensorlog_new)


class TestSensorLogOld(_Made):
    """Sensor Log Old files keep the contract."""

    importer, make = SensorLog(), staticmethod(samples.sensorlog_old)


class TestSensorLogger(_Made):
    """Sensor Logger files keep the contract."""

    importer = SensorLogger()

    @staticmethod
    def make(walk: samples.Walk) -> bytes:
        """Return the files of an export as one zip."""
        return samples.zipped(samples.sensor_logger(walk))


class TestXsensMtw(_Made):
    """Xsens Mtw files keep the contract."""

    importer, make = XsensMtw(), staticmethod(samples.xsens_mtw)


class TestGeneralTable(_Made):
    """General Table files keep the contract."""

    importer, make = GeneralTable(), staticmethod(samples.general)


class TestHeaderless(_Made):
    """Headerless files keep the contract."""

    importer, make = GeneralTable(), staticmethod(samples.headerless)
