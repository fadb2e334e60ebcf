"""What recorded a FIT file: make, model, and whether it measures the height by air pressure."""

from __future__ import annotations

import numpy as np

from evenstride.importers.fit.files import FitFile
from evenstride.importers.fit.profile import DEVICE_INFO, FILE_ID
from evenstride.model import UNKNOWN_DEVICE, Device, DeviceKind

__all__ = ["device_of", "has_barometer"]

_MAKERS = {
    1: "Garmin",
    13: "Garmin",
    15: "Garmin",
    23: "Suunto",
    32: "Wahoo",
    71: "TomTom",
    95: "Stryd",
    123: "Polar",
    140: "Decathlon",
    258: "Lezyne",
    260: "Zwift",
    265: "Strava",
    267: "Bryton",
    289: "Hammerhead",
    294: "COROS",
    305: "WHOOP",
    310: "Decathlon",
    326: "Nike",
    339: "Zepp",
    348: "Huawei",
}
_PHONE_APPS = {265, 326, 337, 349, 350}
_NO_WATCHES = {95, 255, 260}  # a foot pod, programs on computers
_LOCAL, _BAROMETER = 5, 4


def device_of(file: FitFile) -> Device:
    """Return the device that wrote the file; a watch, unless the maker is known for a phone app."""
    ids, infos = file.messages(FILE_ID), file.messages(DEVICE_INFO)
    if not len(ids):
        return UNKNOWN_DEVICE
    maker, product = ids.column(1)[0], ids.column(2)[0]
    names = ids.text(8)[:1]
    creator = infos.column(0) == 0
    names += [name for name, own in zip(infos.text(27), creator, strict=True) if own]
    name = next((name for name in names if name), "")
    make = "" if np.isnan(maker) else _MAKERS.get(int(maker), f"maker {int(maker)}")
    number = "" if np.isnan(product) else f"product {int(product)}"
    model = name if name.lower().startswith(make.lower()) and make else f"{make} {name or number}"
    return Device(name, model.strip(), _kind(maker))


def _kind(maker: float) -> DeviceKind:
    if maker in _PHONE_APPS:
        return "phone"
    return "other" if maker in _NO_WATCHES else "watch"


def has_barometer(file: FitFile) -> bool:
    """Tell whether the file lists a barometer among the sensors of the device."""
    infos = file.messages(DEVICE_INFO)
    local = (infos.column(25) == _LOCAL) & (infos.column(1) == _BAROMETER)
    return bool(local.any()) or any("baromet" in name.lower() for name in infos.text(27))
