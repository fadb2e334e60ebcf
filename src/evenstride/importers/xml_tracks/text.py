"""Bytes of a file as pieces of text in one encoding, and texts as a person reads them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from evenstride.importers.source import Stream

__all__ = ["LONGEST_TEXT", "PIECE_BYTES", "as_utf8", "pieces", "plain", "readable"]

PIECE_BYTES = 1 << 20
"""Bytes that are looked at together: what fits into the fast memory of a processor."""

LONGEST_TEXT = 10_000
"""Longest title or note that is kept, in bytes."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, ""),
)
_ONE_BYTE = re.compile(
    r"iso-?8859-?\d+|latin-?\d+|windows-?125\d|cp125\d|koi8-[ru]|mac-?roman|gbk|gb2312|gb18030"
    r"|big5|shift[-_]jis|euc-(?:jp|kr)"
)
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]+")


def pieces(stream: Stream, size: int = PIECE_BYTES) -> Iterator[bytes]:
    """Yield the file in pieces in which every tag and number is plain ASCII.

    What is written with two or four bytes per letter becomes UTF-8, whatever the file declares;
    other encodings differ only in the letters of titles and stay as they are.

    Args:
        stream: At its first byte.
        size: Bytes to read at a time.
    """
    head = stream.read(size)
    encoding, skip = _encoding(head)
    decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
    data = head[skip:]
    while data:
        yield data if decoder is None else _utf8(decoder.decode(data))
        data = stream.read(size)


def as_utf8(head: bytes) -> bytes:
    """Return the first bytes of a file as ``pieces`` would give them."""
    encoding, skip = _encoding(head)
    return _utf8(head[skip:].decode(encoding, "replace")) if encoding else head[skip:]


def readable(raw: bytes, declared: str = "") -> str:
    """Return a text without entities and control characters, on one line where it was on one.

    Args:
        raw: Bytes between two tags, or of an attribute.
        declared: The encoding that the file names; it is believed only if UTF-8 does not fit.
    """
    return _CONTROL.sub(" ", plain(_decoded(raw[:LONGEST_TEXT], declared.lower()))).strip()


def plain(text: str) -> str:
    """Replace the five entities of XML and numbered characters; no other entity is known."""
    return _ENTITY.sub(_sign, text) if "&" in text else text


def _encoding(head: bytes) -> tuple[str, int]:
    """Return the encoding if it needs more than one byte for a letter, and the mark's length."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    if head[:1] in b"<\n\r\t " and head[1:2] == b"\0":
        return "utf-32-le" if head[2:4] == b"\0\0" else "utf-16-le", 0
    if head[:1] == b"\0" and head[1:2] in b"<\n\r\t ":
        return "utf-16-be", 0
    return "", 0


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _decoded(raw: bytes, declared: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > LONGEST_TEXT - 5:  # the last letter was cut
            return raw[: error.start].decode("utf-8")
    return raw.decode(declared if _ONE_BYTE.fullmatch(declared) else "cp1252", "replace")


def _sign(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _SIGNS[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " "
