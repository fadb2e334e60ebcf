"""Apple Health: the export of everything that an iPhone and an Apple Watch wrote down."""

from evenstride.importers.apple_health.importer import AppleHealth

__all__ = ["AppleHealth"]
