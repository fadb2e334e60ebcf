"""The kinds of damage, each as files made from the clean ones of a format."""

from __future__ import annotations

import csv
import gzip
import io
import random
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tests.importers.samples import zipped

from .formats import Files, Format, packed

__all__ = ["DAMAGES", "ELSEWHERE", "GROUPS", "Damage", "Rule"]

Rule = Literal["same", "fewer", "near", "sane"]
"""What the right data is: the same facts as in the clean file; the same or fewer; the same, fewer
or a few others beside the damage; or only such as are possible at all."""

ELSEWHERE = "someone-elses-file"
_GZIP = (b"\x1f\x8b", b"PK\x03\x04")


@dataclass(frozen=True)
class Damage:
    """One kind of damage.

    Attributes:
        title: As the page names it.
        rule: What the right data is.
        cases: Makes the damaged files.
        whole: Whether all data must come out, so that a sentence alone is not enough.
    """

    title: str
    rule: Rule
    cases: Callable[[Format], Iterator[bytes]]
    whole: bool = False


def dice(files: Files, salt: int) -> random.Random:
    """Return the same chances for the same files."""
    return random.Random(zlib.crc32(repr(sorted(files)).encode()) + salt)


def each(files: Files, change: Callable[[bytes], bytes]) -> bytes:
    """Return the files with every text in them changed; what is packed is packed again."""
    return packed({name: _changed(data, change) for name, data in files.items()})


def _changed(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    if data.startswith(_GZIP[0]):
        return gzip.compress(_changed(gzip.decompress(data), change))
    return data if _binary(data) else change(data)


def _binary(data: bytes) -> bool:
    return data.startswith(_GZIP) or b".FIT" in data[:16] or data[:3] == b"\xff\xd8\xff"


def largest(files: Files) -> str:
    """Return the name of the file that holds most."""
    return max(files, key=lambda name: len(files[name]))


def truncated(form: Format) -> Iterator[bytes]:
    """Yield the file, and the largest file of an archive, cut at random places."""
    files = form.clean()
    chance, data = dice(files, 1), packed(files)
    for _ in range(6):
        yield data[: chance.randrange(1, len(data))]
    yield data[:-1]
    if len(files) > 1:
        name = largest(files)
        for _ in range(4):
            yield packed({**files, name: files[name][: chance.randrange(1, len(files[name]))]})


def flipped(bits: int, times: int) -> Callable[[Format], Iterator[bytes]]:
    """Return the damage of this many bits, here and there."""

    def cases(form: Format) -> Iterator[bytes]:
        files = form.clean()
        chance = dice(files, bits)
        for _ in range(times):
            yield _flip(packed(files), bits, chance)
            if len(files) > 1:
                name = largest(files)
                yield packed({**files, name: _flip(files[name], bits, chance)})

    return cases


def _flip(data: bytes, bits: int, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(bits):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def marked(form: Format) -> Iterator[bytes]:
    """Yield texts that begin with the mark that some editors put there."""
    if form.text:
        mark = b"\xef\xbb\xbf"
        yield each(form.clean(), lambda d: d if d.startswith(mark) or not d else mark + d.lstrip())


def wide(form: Format) -> Iterator[bytes]:
    """Yield texts that were saved again with two bytes for each letter."""
    if form.text:
        for name in ("utf-16", "utf-16-le"):
            yield each(form.clean(), lambda data, name=name: _again(data, name))


def _again(data: bytes, encoding: str) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = text.replace('encoding="UTF-8"', f'encoding="{encoding[:6].upper()}"')
    return text.encode(encoding, "replace")


def western(form: Format) -> Iterator[bytes]:
    """Yield texts whose letters are those of an old computer, one of them not ASCII."""
    if form.text:
        yield each(form.clean(), lambda data: _again(data, "cp1252"))


def semicolons(form: Format) -> Iterator[bytes]:
    """Yield texts as a program set to another country writes them again."""
    if form.text:
        yield each(form.clean(), _abroad)


def _abroad(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    if text.lstrip("\ufeff \r\n").startswith(("<", "{", "[")):
        return re.sub(r"([>\":] ?-?\d+)\.(\d+)", r"\1,\2", text).encode("utf-8", "surrogateescape")
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""))
    out = io.StringIO(newline="")
    comma = re.compile(r"^(-?\d+)\.(\d+(?:[eE][-+]?\d+)?)$")
    csv.writer(out, delimiter=";").writerows([comma.sub(r"\1,\2", c) for c in row] for row in rows)
    return out.getvalue().encode("utf-8", "surrogateescape")


def tabbed(form: Format) -> Iterator[bytes]:
    """Yield tables whose columns are parted by tabs."""
    if form.text:
        yield each(form.clean(), _tabs)


def _tabs(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    if text.lstrip("\ufeff \r\n").startswith(("<", "{", "[")):
        return data
    sign = ";" if text.count(";") > text.count(",") else ","
    out = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=sign)
    csv.writer(out, delimiter="\t").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogateescape")


def joined(form: Format) -> Iterator[bytes]:
    """Yield the file twice in a row, or an archive whose largest file is written twice in a row."""
    files = form.clean()
    name = largest(files)
    yield packed({**files, name: files[name] * 2})


def repeated(form: Format) -> Iterator[bytes]:
    """Yield a zip that holds everything twice."""
    files = form.clean()
    yield zipped({f"{copy}/{name}": data for copy in "ab" for name, data in files.items()})


def nothing(form: Format) -> Iterator[bytes]:
    """Yield nothing: no byte, an archive without files, and one with empty files."""
    yield b""
    yield zipped({})
    yield zipped(dict.fromkeys(form.clean(), b""))


@cache
def _zeros() -> bytes:
    """Return packed zeros that can be put after other packed data."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packer.compress(b"")
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * 300 + packer.flush(zlib.Z_FINISH)


def bomb(form: Format) -> Iterator[bytes]:
    """Yield the file with 300 MB of nothing after it, packed into a few hundred kilobytes."""
    files = form.clean()
    name = largest(files)
    data = files[name] if not files[name].startswith(_GZIP) else b""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    begin = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    packed_bytes = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + begin + _zeros() + bytes(8)
    yield packed({**files, name: packed_bytes})


def nested(form: Format) -> Iterator[bytes]:
    """Yield an archive in an archive, many times over."""
    data = packed(form.clean())
    for k in range(12):
        data = zipped({f"{k}.zip": data})
    yield data


def traversal(form: Format) -> Iterator[bytes]:
    """Yield an archive with files that want to lie outside of it, and links that lead there."""
    out = io.BytesIO()
    files = form.clean()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        for name in (
            "../../outside.txt",
            "/etc/outside",
            "C:\\outside",
            "..\\outside",
            "a/../../b",
        ):
            archive.writestr(name, b"outside")
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    yield out.getvalue()


def entities(form: Format) -> Iterator[bytes]:
    """Yield XML whose words grow without end, or want to be filled from another file."""
    laughs = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10))
    grow = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    steal = f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///{ELSEWHERE}">]>'
    for trick in (grow, steal):
        data = each(form.clean(), lambda data, trick=trick: _tricked(data, trick.encode()))
        if data != packed(form.clean()):
            yield data


def _tricked(data: bytes, trick: bytes) -> bytes:
    if not data.lstrip().startswith(b"<"):
        return data
    body = re.sub(
        rb"^\s*<\?xml[^>]*\?>", b"", re.sub(rb"<!DOCTYPE.*?\]>", b"", data, flags=re.DOTALL)
    )
    for word in (b"<name>", b"<Notes>", b"<Id>", b'sourceName="'):
        body = body.replace(word, word + b"&l9;", 1)
    return trick + body


def huge_field(form: Format) -> Iterator[bytes]:
    """Yield texts with megabytes in one cell, without an end of the line."""
    if form.text:
        for filling in (b"9" * 3_000_000, b'"' + b"x" * 3_000_000):
            yield _in_the_middle(form.clean(), filling)


def nul_bytes(form: Format) -> Iterator[bytes]:
    """Yield files with a stretch of zero bytes, as a disk that was full leaves them."""
    yield _in_the_middle(form.clean(), bytes(4096))


def _in_the_middle(files: Files, filling: bytes) -> bytes:
    name = largest(files)
    middle = len(files[name]) // 2
    return packed({**files, name: files[name][:middle] + filling + files[name][middle:]})


def deep(form: Format) -> Iterator[bytes]:
    """Yield JSON and XML that go down a hundred thousand steps."""
    if form.text:
        yield each(form.clean(), _deep)


def _deep(data: bytes) -> bytes:
    head = data.lstrip(b"\xef\xbb\xbf \r\n")[:1]
    at = len(data) // 2
    if head in (b"{", b"["):
        at = data.find(b":", at) + 1 or 1
        return data[:at] + b"[" * 100_000 + data[at:]
    if head == b"<":
        at = data.find(b">", at) + 1
        return data[:at] + b"<a>" * 100_000 + data[at:]
    return data + b"(" * 100_000


def counts(form: Format) -> Iterator[bytes]:
    """Yield binary files whose lengths and counts are the largest or below zero."""
    if not form.text:
        files = form.clean()
        name = largest(files)
        chance = dice(files, 3)
        for filling in (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80"):
            for _ in range(4):
                at = chance.randrange(min(len(files[name]), 2048))
                data = files[name]
                yield packed({**files, name: data[:at] + filling + data[at + 4 :]})


def numbers(form: Format) -> Iterator[bytes]:
    """Yield texts in which some numbers are impossible."""
    if form.text:
        words = ("1e308", "-1e308", "NaN", "inf", "-5", "9" * 25, "1e-320", "0x10", "--", "1_000")
        for k, word in enumerate(words):
            yield each(form.clean(), lambda d, k=k, word=word: _every(d, 7 + k, word.encode()))


def _every(data: bytes, step: int, word: bytes) -> bytes:
    """Put a word in the place of every so many numbers."""
    at = iter(range(1 << 60))
    number = re.compile(rb"(?<![\w.\-+])-?\d+\.?\d*(?:[eE][-+]?\d+)?(?![\w.])")
    return number.sub(lambda m: word if next(at) % step == step - 1 else m[0], data)


def years(form: Format) -> Iterator[bytes]:
    """Yield texts in which some years are 0, 1 or 9999, and some times far away."""
    if form.text:
        for year in (b"0000", b"0001", b"9999"):
            yield each(form.clean(), lambda d, y=year: _some(rb"(?<!\d)20[12]\d(?=-)", d, y))
        for long in (b"-1", b"9" * 18, b"0"):
            yield each(form.clean(), lambda d, n=long: _some(rb"(?<!\d)1[4-7]\d{8,17}(?!\d)", d, n))


def _some(pattern: bytes, data: bytes, word: bytes) -> bytes:
    at = iter(range(1 << 60))
    return re.sub(pattern, lambda m: word if next(at) % 3 == 1 else m[0], data)


def schemas(form: Format) -> Iterator[bytes]:
    """Yield databases whose tables are endless views, or are not what they seem."""
    for data in form.clean().values():
        if not data.startswith(b"SQLite"):
            continue
        endless = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM n) SELECT x AS "
        for name in ("steps_record_table", "exercise_route_table", "device_info_table"):
            for view in (f"{endless} row_id, x AS count FROM n", f"SELECT * FROM {name}"):  # noqa: S608 - our own
                with closing(sqlite3.connect(":memory:")) as db:
                    db.deserialize(data)
                    db.execute(f"DROP TABLE {name}")
                    db.execute(f"CREATE VIEW {name} AS {view}")
                    db.commit()
                    yield db.serialize()


DAMAGES: dict[str, Damage] = {
    "clean": Damage("clean", "same", lambda form: iter([packed(form.clean())]), whole=True),
    "truncated": Damage("cut short at random places", "fewer", truncated),
    "flip 1": Damage("1 bit flipped", "near", flipped(1, 4)),
    "flip 10": Damage("10 bits flipped", "near", flipped(10, 3)),
    "flip 200": Damage("200 bits flipped", "near", flipped(200, 2)),
    "mark": Damage("UTF-8 with a mark (BOM)", "same", marked, whole=True),
    "utf-16": Damage("UTF-16", "same", wide),
    "cp1252": Damage("Latin letters of one byte", "same", western, whole=True),
    "semicolons": Damage("decimal comma and semicolons", "fewer", semicolons),
    "tabs": Damage("tabs for commas", "fewer", tabbed),
    "joined": Damage("twice in a row", "fewer", joined),
    "repeated": Damage("twice in a zip", "same", repeated, whole=True),
    "empty": Damage("empty", "fewer", nothing),
    "bomb": Damage("zip bomb", "fewer", bomb),
    "nested": Damage("archives in archives", "fewer", nested),
    "traversal": Damage("paths and links out of the archive", "same", traversal),
    "entities": Damage("XML entities that grow or fetch", "fewer", entities),
    "huge field": Damage("a field of megabytes", "near", huge_field),
    "deep": Damage("a hundred thousand levels", "near", deep),
    "schema": Damage("a hostile database", "near", schemas),
    "nul": Damage("zero bytes inside", "near", nul_bytes),
    "counts": Damage("absurd counts and lengths", "sane", counts),
    "numbers": Damage("absurd numbers", "sane", numbers),
    "years": Damage("absurd years and times", "sane", years),
}

GROUPS: dict[str, tuple[str, ...]] = {
    "Damaged": ("truncated", "flip 1", "flip 10", "flip 200", "nul"),
    "Saved again by another program": ("mark", "utf-16", "cp1252", "semicolons", "tabs"),
    "Twice, or nothing": ("clean", "joined", "repeated", "empty"),
    "Built to do harm": ("bomb", "nested", "traversal", "entities", "huge field", "deep"),
    "Absurd": ("schema", "counts", "numbers", "years"),
}
"""The tables of the page: each kind of damage stands in one of them."""
