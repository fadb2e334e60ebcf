"""How FIT writes numbers: the base types, and the value by which each says "nothing measured"."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BASE_TYPES", "STRING", "BaseType"]


@dataclass(frozen=True, slots=True)
class BaseType:
    """One way to write a number.

    Attributes:
        code: NumPy type code without the order of bytes.
        size: Bytes of one value.
        invalid: The value that means "absent"; None for floating point, where it is NaN.
    """

    code: str
    size: int
    invalid: int | None


STRING = 7
"""Number of the base type for text."""

BASE_TYPES: dict[int, BaseType] = {
    0: BaseType("u1", 1, 0xFF),  # enum
    1: BaseType("i1", 1, 0x7F),
    2: BaseType("u1", 1, 0xFF),
    3: BaseType("i2", 2, 0x7FFF),
    4: BaseType("u2", 2, 0xFFFF),
    5: BaseType("i4", 4, 0x7FFFFFFF),
    6: BaseType("u4", 4, 0xFFFFFFFF),
    8: BaseType("f4", 4, None),
    9: BaseType("f8", 8, None),
    10: BaseType("u1", 1, 0),  # the "z" types: 0 is absent
    11: BaseType("u2", 2, 0),
    12: BaseType("u4", 4, 0),
    13: BaseType("u1", 1, 0xFF),  # byte
    14: BaseType("i8", 8, 0x7FFFFFFFFFFFFFFF),
    15: BaseType("u8", 8, 0xFFFFFFFFFFFFFFFF),
    16: BaseType("u8", 8, 0),
}
"""By the number in the lower five bits of a field's type; text is not among them."""
