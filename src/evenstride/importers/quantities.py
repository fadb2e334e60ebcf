"""Units as phones, watches and their programs write them: one closed table to SI.

A unit that is not in the table is not guessed: the values are left out and the unit is named.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Unit", "unit_of"]


@dataclass(frozen=True, slots=True)
class Unit:
    """How to turn a value into SI: ``value * factor + offset``.

    Attributes:
        si: The unit that comes out, as ``model.series`` writes it; it stands for the dimension.
        factor: Multiply by this first.
        offset: Then add this.
    """

    si: str
    factor: float = 1.0
    offset: float = 0.0

    def of(self, value: float) -> float:
        """Return a value in SI."""
        return value * self.factor + self.offset


_INCH_M = 0.0254
_POUND_KG = 0.45359237
_KILOCALORIE_J = 4184.0

_UNITS = {
    "": Unit("1"),
    "1": Unit("1"),
    "count": Unit("1"),
    "steps": Unit("1"),
    "%": Unit("1", 0.01),
    "m": Unit("m"),
    "mm": Unit("m", 1e-3),
    "cm": Unit("m", 1e-2),
    "km": Unit("m", 1e3),
    "in": Unit("m", _INCH_M),
    "ft": Unit("m", 12 * _INCH_M),
    "yd": Unit("m", 36 * _INCH_M),
    "mi": Unit("m", 63_360 * _INCH_M),
    "m/s": Unit("m/s"),
    "cm/s": Unit("m/s", 1e-2),
    "km/hr": Unit("m/s", 1 / 3.6),
    "km/h": Unit("m/s", 1 / 3.6),
    "mi/hr": Unit("m/s", 63_360 * _INCH_M / 3600),
    "mph": Unit("m/s", 63_360 * _INCH_M / 3600),
    "ft/s": Unit("m/s", 12 * _INCH_M),
    "ft/min": Unit("m/s", 12 * _INCH_M / 60),
    "m/min": Unit("m/s", 1 / 60),
    "ms": Unit("s", 1e-3),
    "s": Unit("s"),
    "sec": Unit("s"),
    "min": Unit("s", 60.0),
    "hr": Unit("s", 3600.0),
    "h": Unit("s", 3600.0),
    "d": Unit("s", 86_400.0),
    "g": Unit("kg", 1e-3),
    "kg": Unit("kg"),
    "oz": Unit("kg", _POUND_KG / 16),
    "lb": Unit("kg", _POUND_KG),
    "st": Unit("kg", 14 * _POUND_KG),
    "count/min": Unit("1/min"),
    "count/s": Unit("1/min", 60.0),
    "bpm": Unit("1/min"),
    "Hz": Unit("1/min", 60.0),
    "mL/min·kg": Unit("mL/(kg min)"),
    "mL/(kg*min)": Unit("mL/(kg min)"),
    "ml/(kg*min)": Unit("mL/(kg min)"),
    "ml/kg/min": Unit("mL/(kg min)"),
    "J": Unit("J"),
    "kJ": Unit("J", 1e3),
    "cal": Unit("J", _KILOCALORIE_J / 1000),
    "kcal": Unit("J", _KILOCALORIE_J),
    "Cal": Unit("J", _KILOCALORIE_J),
    "kcal/hr·kg": Unit("W/kg", _KILOCALORIE_J / 3600),
    "kcal/(kg*hr)": Unit("W/kg", _KILOCALORIE_J / 3600),
    "W": Unit("W"),
    "degC": Unit("K", 1.0, 273.15),
    "degF": Unit("K", 5 / 9, 273.15 - 32 * 5 / 9),
    "K": Unit("K"),
    "Pa": Unit("Pa"),
    "hPa": Unit("Pa", 100.0),
    "kPa": Unit("Pa", 1000.0),
    "mmHg": Unit("Pa", 133.322387415),
    "inHg": Unit("Pa", 3386.389),
    "atm": Unit("Pa", 101_325.0),
    "rad": Unit("rad"),
    "deg": Unit("rad", 0.017453292519943295),
}


def unit_of(text: str) -> Unit | None:
    """Return the unit that a file names, or None if it is not in the table.

    Capital letters matter: "Cal" is a thousand "cal".
    """
    plain = text.strip().replace("\u22c5", "·")  # two dots look alike
    return _UNITS.get(plain)
