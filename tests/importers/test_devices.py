"""Raw files of research sensors."""

from __future__ import annotations

from evenstride.importers.devices.actigraph import ActigraphGt3x
from evenstride.importers.devices.axivity import AxivityCwa
from evenstride.importers.devices.geneactiv_bin import GeneActivBin
from evenstride.testing.importer_contract import ImporterContract

from . import device_samples, samples


class _Made(ImporterContract):
    make: samples.Sample

    def sample(self, seconds: float, missing: tuple[float, float] | None = None) -> bytes:
        return type(self).make(samples.Walk(seconds, missing))


class TestAxivityCwa(_Made):
    """Axivity files keep the contract."""

    importer, make = AxivityCwa(), staticmethod(device_samples.axivity)


class TestGeneActivBin(_Made):
    """GENEActiv files keep the contract."""

    importer, make = GeneActivBin(), staticmethod(device_samples.geneactiv_bin)


class TestActigraphGt3x(_Made):
    """ActiGraph files keep the contract."""

    importer, make = ActigraphGt3x(), staticmethod(device_samples.actigraph)
