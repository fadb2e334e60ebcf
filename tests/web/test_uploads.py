"""Files come in pieces, survive whatever happens, and never leave their folder."""

import os
import stat
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import OptionError
from evenstride.web.jobs.uploads import MOST_BYTES, Coming, Uploads, safe_path


@pytest.fixture
def uploads(tmp_path):
    """Return the uploads of a new server."""
    return Uploads(tmp_path / "incoming")


def receive(uploads, upload, number, offset, content):
    """Send a piece, and tell whether it was taken."""
    with uploads.receiving(upload, number, offset) as file:
        if file is not None:
            file.write(content)
    return file is not None


def test_a_file_comes_in_pieces_and_keeps_its_name(uploads):
    """The pieces are put together, and the file has its name once it is whole."""
    upload = uploads.begin([Coming("walk.csv", 6)])

    assert receive(uploads, upload, 0, 0, b"abc")
    assert not upload.is_whole
    assert receive(uploads, upload, 0, 3, b"def")
    (path,) = upload.paths()
    assert ("walk.csv", b"abcdef") == (path.name, path.read_bytes())
    assert [path] == upload.paths()


def test_a_piece_that_does_not_follow_is_not_taken(uploads):
    """A piece that comes twice, or too early, changes nothing."""
    upload = uploads.begin([Coming("walk.csv", 6)])
    receive(uploads, upload, 0, 0, b"abc")

    assert not receive(uploads, upload, 0, 0, b"abc")
    assert not receive(uploads, upload, 0, 5, b"f")
    assert (3,) == upload.received


def test_two_do_not_write_one_file(uploads):
    """While one request writes a file, another is turned away."""
    upload = uploads.begin([Coming("walk.csv", 6)])
    with uploads.receiving(upload, 0, 0) as first, uploads.receiving(upload, 0, 0) as second:
        assert first is not None
        assert second is None


def test_what_came_is_found_again_by_a_new_server(uploads, tmp_path):
    """After kill -9 an upload goes on where it was."""
    upload = uploads.begin([Coming("a/walk.csv", 3), Coming("a/more.csv", 3)], everything=True)
    receive(uploads, upload, 1, 0, b"ab")
    (again,) = Uploads(tmp_path / "incoming").all()

    assert upload == again
    assert (0, 2) == again.received
    assert again.everything


def test_a_folder_keeps_its_shape(uploads):
    """Folders are one path to import; what an archive looks for in them is where it was."""
    names = ("export/sub/a.csv", "export/b.csv", "c.csv")
    upload = uploads.begin([Coming(name, 1) for name in names])
    for number in range(3):
        receive(uploads, upload, number, 0, b"x")

    assert ["c.csv", "export"] == [path.name for path in upload.paths()]
    assert (upload.folder / "files/export/sub/a.csv").is_file()


@pytest.mark.parametrize(
    "names",
    [
        ("a.csv", "A.csv", "a.csv", "a.csv/inside.csv", "../a.csv"),
        ("a", "2-again/a", "a", "3-again", "a"),
    ],
)
def test_files_of_one_name_are_all_kept(uploads, names):
    """Names that differ by what a disk cannot keep apart do not cover each other."""
    upload = uploads.begin([Coming(name, 1) for name in names])
    for number in range(len(names)):
        receive(uploads, upload, number, 0, b"%d" % number)
    upload.paths()

    kept = [path for path in (upload.folder / "files").rglob("*") if path.is_file()]
    assert [b"0", b"1", b"2", b"3", b"4"] == sorted(path.read_bytes() for path in kept)


def test_nobody_else_can_read_it(uploads):
    """Health data lie in a folder for their owner alone."""
    upload = uploads.begin([Coming("walk.csv", 1)])

    assert 0o700 == stat.S_IMODE(upload.folder.stat().st_mode)
    assert 0o600 == stat.S_IMODE((upload.folder / "0").stat().st_mode)


def test_what_is_removed_is_gone(uploads):
    """The files go with the record; again is no error."""
    upload = uploads.begin([Coming("walk.csv", 1)])
    uploads.remove(upload)
    uploads.remove(upload)

    assert () == uploads.all()
    assert not upload.folder.exists()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "nothing in it"),
        ([Coming("empty", 0)], "nothing in it"),
        ([Coming("a", MOST_BYTES), Coming("b", 1)], "larger than 16 GB"),
    ],
)
def test_what_cannot_be_sent_is_said_before(uploads, files, says):
    """Nobody waits for an upload that ends in a refusal."""
    with pytest.raises(OptionError, match=says):
        uploads.begin(files)


def test_the_disk_is_asked_for_room(uploads, monkeypatch):
    """A file for which there is no room is refused before it is sent."""
    usage = type("Usage", (), {"free": 1_000_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)

    with pytest.raises(OptionError, match=r"takes 2.0 GB, and 1.0 GB are free"):
        uploads.begin([Coming("walk.csv", 2_000_000_000)])


def test_what_was_never_completed_goes_after_a_week(uploads):
    """What is whole stays, however old it is; a part of it does not."""
    part, whole = (uploads.begin([Coming(name, 1)]) for name in "ab")
    receive(uploads, whole, 0, 0, b"x")
    old_s = time.time() - 8 * 86_400
    for upload in (part, whole):
        for path in upload.folder.iterdir():
            os.utime(path, (old_s, old_s))
    new = uploads.begin([Coming("c", 1)])

    assert {whole.id, new.id} == {one.id for one in uploads.all()}


def test_a_broken_record_is_no_upload(uploads):
    """What cannot be understood is passed over."""
    upload = uploads.begin([Coming("walk.csv", 1)])
    (upload.folder / "upload.json").write_text("{")

    assert () == uploads.all()


@given(st.text(max_size=300))
def test_no_name_leads_out_of_the_folder(name):
    """Whatever a file is called, it lands below its folder under a name that a disk takes."""
    path = safe_path(name)

    assert path.parts
    assert not path.is_absolute()
    assert not {".", ".."} & set(path.parts)
    assert all(0 < len(part.encode()) <= 100 for part in path.parts)
    assert not any(ord(mark) < 32 or mark in '\\:*?"<>|' for mark in str(path))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\me\\walk.fit", "C_/Users/me/walk.fit"),
        ("/absolute/walk.fit", "absolute/walk.fit"),
        ("apple_health_export/export.xml", "apple_health_export/export.xml"),
        ("..", "file"),
        ("a\x00b.csv", "a_b.csv"),
    ],
)
def test_names_stay_as_they_are_where_they_can(name, path):
    """Importers know many files by their names."""
    assert path == str(safe_path(name))
