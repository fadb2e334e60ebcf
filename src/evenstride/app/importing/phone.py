"""Take a finished recording from a phone in the own network."""

from __future__ import annotations

import tempfile
from pathlib import Path

from evenstride.app.importing.bring import import_paths
from evenstride.app.importing.wanted import Wanted
from evenstride.app.private import write_private
from evenstride.app.shown import Shown

__all__ = ["import_phone"]

_NAME = "phyphox.zip"


def import_phone(
    home: Path | None, address: str, wanted: Wanted | None = None, *, now: int | None = None
) -> Shown:
    """Bring the experiment that lies in phyphox on a phone into the diary.

    Args:
        home: The person's folder, if not the usual one.
        address: As the app shows it under “Allow remote access”.
        wanted: What is asked of the import.
        now: The moment, in nanoseconds UTC.

    Raises:
        EvenstrideError: If the address is not in a private network, the phone does not answer, or
            what it sends cannot be read or kept.
    """
    from evenstride.importers.live.phyphox import fetch

    with tempfile.TemporaryDirectory(prefix="evenstride-") as folder:
        path = Path(folder) / _NAME
        write_private(path, fetch(address))
        return import_paths(home, [path], wanted, now=now)
