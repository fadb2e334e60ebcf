"""The file tree: files, folders and archives look alike, and harmful ones are refused."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

import evenstride.importers.blobs as blobs_module
import evenstride.importers.index as index_module
import evenstride.importers.source as source_module
from evenstride.errors import NotARecording, UnsafeFile
from evenstride.importers.packed import Packed
from evenstride.importers.source import Source

from .samples import zipped


def everything(source: Source) -> dict[str, bytes]:
    """Return all members with their bytes."""
    out = {}
    for member in source.members():
        with source.open(member) as stream:
            out[member.path] = stream.read(1 << 30)
    return out


def test_all_containers_show_the_same_tree(tmp_path: Path) -> None:
    """A folder, a zip, a zip in a zip and a folder of zips hold the same files."""
    files = {"a.csv": b"1,2\n", "sub/b.csv": b"3,4\n" * 1000}
    for name, data in files.items():
        (tmp_path / "walk" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "walk" / name).write_bytes(data)
    (tmp_path / "walk.zip").write_bytes(zipped(files))
    assert everything(Source.of(tmp_path / "walk")) == files
    assert everything(Source.of(tmp_path / "walk.zip")) == files
    assert everything(Source.of(zipped(files))) == files
    inner = {f"inner.zip/{name}": data for name, data in files.items()}
    assert everything(Source.of(zipped({"inner.zip": zipped(files)}))) == inner


def test_archives_side_by_side_stay_apart(tmp_path: Path) -> None:
    """Two archives in a folder may hold files of the same name."""
    for name in ("one.zip", "two.zip"):
        (tmp_path / name).write_bytes(zipped({"a/x.csv": name.encode()}))
    expected = {f"{name}/a/x.csv": name.encode() for name in ("one.zip", "two.zip")}
    source = Source.of(tmp_path)
    assert expected == everything(source)
    assert ["one.zip", "two.zip"] == [child.name for child in source.children()]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_every_branch_is_smaller_than_the_one_it_hangs_from() -> None:
    """A name that stands twice, or is a file and a folder, gives branches of their own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("x/a", "x/a", "x/a/b", "x"):
            archive.writestr(name, name)
    source = Source.of(out.getvalue())
    leaves: list[str] = []

    def walk(branch: Source) -> None:
        for child in branch.children():
            assert len(child.members()) < len(branch.members())
            if len(child.members()) > 1:
                walk(child)
            else:
                leaves.append(child.members()[0].path)

    walk(source)
    assert sorted(member.path for member in source.members()) == sorted(leaves)


def test_gzip_is_unpacked_also_in_parts_and_in_a_zip() -> None:
    """Packed files appear under their own name, joined if they have several parts."""
    packed = gzip.compress(b"one,") + gzip.compress(b"two\n")
    assert everything(Source.of(packed, "x.csv.gz")) == {"x.csv": b"one,two\n"}
    assert everything(Source.of(zipped({"x.csv.gz": packed}))) == {"x.csv": b"one,two\n"}


def test_reading_in_small_steps_gives_the_same_bytes() -> None:
    """The size of the steps does not matter, nor does the kind of container."""
    data = bytes(range(256)) * 5000
    for packed in (data, gzip.compress(data), zipped({"x": data})):
        source = Source.of(packed)
        with source.open(source.members()[0]) as stream:
            parts = list(iter(lambda stream=stream: stream.read(9973), b""))
        assert b"".join(parts) == data
        assert stream.damage is None


def test_a_head_is_at_most_64_kilobytes() -> None:
    """Recognising a file never reads it all."""
    source = Source.of(b"x" * 1_000_000)
    assert len(source.head(source.members()[0], 1 << 30)) == 65_536


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_cut_archive_gives_what_is_whole(share: float) -> None:
    """Without its index at the end, a zip is walked from header to header."""
    files = {f"{i}.csv": (f"{i},{i * i % 977}\n" * 4000).encode() for i in range(6)}
    data = zipped(files)
    source = Source.of(data[: int(len(data) * share)])
    found = everything(source)
    assert len(found) >= int(6 * share)
    for name, content in found.items():
        assert files[name].startswith(content)


def test_a_cut_archive_written_as_a_stream_gives_what_is_whole() -> None:
    """Sizes that stand behind the data are found by unpacking."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece: bytes) -> int:  # type: ignore[override]
            self.data += piece
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        archive.writestr("a.csv", "1,2\n" * 500)
        archive.writestr("b.csv", "3,4\n" * 500)
    data = bytes(pipe.data)
    index = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02"))
    assert everything(Source.of(data[:index])) == {"a.csv": b"1,2\n" * 500, "b.csv": b"3,4\n" * 500}


def test_damage_is_told_and_never_raises() -> None:
    """A cut or changed file ends early, with the reason in plain words."""
    data = gzip.compress(os.urandom(100_000))
    for broken in (data[:-5000], data[:5000] + b"\xff" * 50 + data[5050:]):
        source = Source.of(broken)
        with source.open(source.members()[0]) as stream:
            stream.read(1 << 30)
        assert stream.damage


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil", "C:\\evil.csv"])
def test_paths_out_of_the_archive_are_refused(name: str) -> None:
    """Nothing is ever written, but an archive that tries is not to be trusted."""
    with pytest.raises(UnsafeFile):
        Source.of(zipped({name: b"1,2\n"}))


def test_zip_bombs_are_refused() -> None:
    """A file that unpacks to far more than any recording stops early."""
    source = Source.of(gzip.compress(b"0" * (200 << 20), 9))
    with source.open(source.members()[0]) as stream, pytest.raises(UnsafeFile):
        stream.read(1 << 30)


def test_zip_bombs_without_an_index_are_refused() -> None:
    """The search for the members of a cut zip stops as early as the reading of one would."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = b"".join(engine.compress(bytes(1 << 20)) for _ in range(80))
    flag = 8  # sizes follow
    head = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, flag, 8, 0, 0, 0, 0, 0, 1, 0) + b"a"
    with pytest.raises(UnsafeFile):
        Source.of(head + packed)


def test_overlapping_members_are_refused() -> None:
    """Members that share their packed bytes are the trick of the tightest bombs."""
    data = bytearray(zipped({"a": b"1,2\n" * 100, "b": b"3,4\n" * 100}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    with pytest.raises(UnsafeFile):
        Source.of(bytes(data))


def test_archives_nested_too_deeply_are_refused() -> None:
    """A zip in a zip is fine, an endless chain of them is not."""
    data = b"1,2\n"
    for _ in range(8):
        data = zipped({"x.zip": data})
    with pytest.raises(UnsafeFile):
        Source.of(data)


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of a lifetime is fine, an endless list of files is not."""
    monkeypatch.setattr(source_module, "MOST_MEMBERS", 100)
    files = {str(i): b"" for i in range(102)}
    with pytest.raises(UnsafeFile):
        Source.of(zipped(files))
    assert len(Source.of(zipped(dict(list(files.items())[:100]))).members()) == 100


def test_a_list_too_long_for_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of an archive is not even listed when it alone would fill the memory."""
    data = zipped({f"{i}.csv": b"" for i in range(50)})
    monkeypatch.setattr(index_module, "_MOST_INDEX_BYTES", 1000)
    with pytest.raises(UnsafeFile, match="too many files"):
        Source.of(data)


def stored(files: dict[str, bytes]) -> bytes:
    """Return a zip whose members are not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_an_inner_archive_that_lies_unpacked_is_read_in_place() -> None:
    """However large, it is not copied: reading it takes the memory of one piece."""
    files = {f"{i}.bin": os.urandom(1 << 20) for i in range(16)}
    outer = stored({"a/inner.zip": zipped(files)})
    tracemalloc.start()
    try:
        source = Source.of(outer)
        for member in source.members():
            with source.open(member) as stream:
                assert stream.read(1 << 21) == files[member.path.split("/")[-1]]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6 << 20


def test_an_inner_archive_that_was_cut_gives_what_is_whole() -> None:
    """A cut download of archives in an archive keeps the files before the cut."""
    files = {f"{i}.csv": (f"{i},{i * i % 977}\n" * 4000).encode() for i in range(6)}
    inner = stored({f"p{i}.zip": zipped(files) for i in range(3)})
    found = everything(Source.of(inner[: int(len(inner) * 0.8)]))
    whole = [name for name, data in found.items() if data == files[name.split("/")[-1]]]
    assert len(whole) >= 12


def test_archives_that_were_joined_give_all_files() -> None:
    """Two archives in one file are both read, though the last index lists one of them."""
    one, two = {"a.csv": b"1,2\n" * 50}, {"b.csv": b"3,4\n" * 50}
    assert everything(Source.of(zipped(one) + zipped(two))) == one | two
    assert everything(Source.of(zipped(one) + b"junk")) == one


def test_packed_inner_archives_are_held_within_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several large inner archives never fill the memory together, and all of them are read."""
    parts = {f"p{i}.zip": stored({"x.bin": os.urandom(1 << 20)}) for i in range(6)}
    outer = zipped(parts)
    expected = everything(Source.of(outer))
    monkeypatch.setattr(blobs_module, "_MOST_HELD_BYTES", 5 << 19)
    tracemalloc.start()
    try:
        source = Source.of(outer)
        found = [len(source.head(member)) for member in source.members()]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == [65_536] * 6
    assert peak < 6 << 20
    assert everything(source) == expected


def test_an_inner_archive_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not kept in memory beyond the limit."""
    monkeypatch.setattr(blobs_module, "_MOST_HELD_BYTES", 1 << 20)
    with pytest.raises(UnsafeFile, match="too large"):
        Source.of(zipped({"p.zip": stored({"x.bin": os.urandom(2 << 20)})}))


def test_looking_at_a_head_again_unpacks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty importers that look at one member cost one of them; a new source looks anew."""
    looks: list[str] = []
    pieces = Packed.pieces

    def counted(self: Packed, *args: object, **more: object) -> object:
        looks.append(self.path)
        return pieces(self, *args, **more)  # type: ignore[arg-type]

    data = zipped({"sub/a.csv": b"1,2\n" * 50_000})
    source = Source.of(data)
    monkeypatch.setattr(Packed, "pieces", counted)
    branch = next(source.children())
    for _ in range(20):
        assert len(source.head(source.members()[0])) == 65_536
        assert branch.head(branch.members()[0], 7) == b"1,2\n1,2"
    assert looks == ["sub/a.csv"]
    again = Source.of(data)
    looks.clear()
    again.head(again.members()[0])
    assert looks == ["sub/a.csv"]


def test_a_changed_file_is_seen_by_a_new_source(tmp_path: Path) -> None:
    """What was looked at is kept for one opened source only."""
    path = tmp_path / "a.csv"
    for text in (b"one", b"two"):
        path.write_bytes(text)
        source = Source.of(path)
        assert source.head(source.members()[0]) == text


def test_kept_heads_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many files only the last ones that were looked at are kept."""
    monkeypatch.setattr(source_module, "_MOST_KEPT_BYTES", 300_000)
    source = Source.of(zipped({f"{i}": bytes([i]) * 100_000 for i in range(20)}))
    tracemalloc.start()
    try:
        for member in source.members():
            assert source.head(member) == bytes([int(member.path)]) * 65_536
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert kept < 500_000


def test_links_are_ignored(tmp_path: Path) -> None:
    """A link may lead anywhere, so it is not followed."""
    (tmp_path / "outside.csv").write_text("secret")
    folder = tmp_path / "walk"
    folder.mkdir()
    (folder / "a.csv").write_text("1,2\n")
    (folder / "link.csv").symlink_to(tmp_path / "outside.csv")
    (folder / "up").symlink_to(tmp_path)
    assert list(everything(Source.of(folder))) == ["a.csv"]


def test_system_rubbish_is_not_shown() -> None:
    """What macOS adds to a zip is no data of the person."""
    files = {"a.csv": b"1", "__MACOSX/._a.csv": b"2", ".DS_Store": b"3", "x/._b": b"4"}
    assert list(everything(Source.of(zipped(files)))) == ["a.csv"]


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    """The error says what is wrong and what to check."""
    with pytest.raises(NotARecording, match="does not exist"):
        Source.of(tmp_path / "nowhere.csv")


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """Reading it might never end, so it is not opened."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(NotARecording, match="neither a file nor a folder"):
        Source.of(tmp_path / "pipe")
