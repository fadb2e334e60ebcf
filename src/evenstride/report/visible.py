"""Words from files, made harmless for a terminal."""

from __future__ import annotations

import unicodedata

__all__ = ["visible"]

_HIDDEN = {"Cc", "Cf", "Cs"}  # control codes, turns of the writing direction, broken characters


def visible(words: str) -> str:
    """Return words without characters that steer a terminal instead of being read.

    A file name may hold codes that clear the screen or reverse the text; they become "�".
    """
    return "".join("�" if unicodedata.category(c) in _HIDDEN and c != "\n" else c for c in words)
