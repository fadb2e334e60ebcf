"""Bring what phones, watches and archives hold into the diary: plan, keep, account."""

from evenstride.app.importing.again import rebuild
from evenstride.app.importing.bring import import_paths
from evenstride.app.importing.phone import import_phone
from evenstride.app.importing.wanted import Progress, Wanted

__all__ = ["Progress", "Wanted", "import_paths", "import_phone", "rebuild"]
