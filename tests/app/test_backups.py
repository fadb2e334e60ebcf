"""Backups in the person's folder are listed, made, and taken from a ZIP file without harm."""

import shutil
import zipfile

import pytest
from tests.app.conftest import at

from evenstride.app.backups import back_up_here, backup_named, backups, unpack
from evenstride.app.keeping import restore_diary
from evenstride.app.person import tell_me
from evenstride.errors import OptionError

MORNING = at("2026-06-01 08:00")


@pytest.fixture
def place(tmp_path):
    """Return an empty folder to unpack into."""
    folder = tmp_path / "open"
    folder.mkdir()
    return folder


def packed(path, files):
    """Write a ZIP file of texts by name."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_a_backup_is_listed_and_brings_the_diary_back(home):
    """The diary that it replaced is then a copy, too; both say when and how large."""
    back_up_here(home, now=MORNING)
    tell_me(home, {"alias": "Later"})
    restore_diary(home, backup_named(home, "backup-2026-06-01-080000"))

    assert "" == tell_me(home, {}).document["alias"]
    assert {"backup", "replaced"} == {one.kind for one in backups(home)}
    assert all(one.when and one.size for one in backups(home))


@pytest.mark.parametrize("name", ["", "..", "../diary.sqlite", "none", "backup-"])
def test_only_what_is_listed_is_found(home, name):
    """No name leads out of the folder."""
    with pytest.raises(OptionError, match="no such backup"):
        backup_named(home, name)


def test_a_zip_of_a_backup_is_a_backup(home, tmp_path, place):
    """Also with the folder around it that a ZIP program puts there."""
    back_up_here(home, now=MORNING)
    folder = backup_named(home, "backup-2026-06-01-080000")
    archive = shutil.make_archive(str(tmp_path / "brought"), "zip", folder.parent, folder.name)
    tell_me(home, {"alias": "Later"})
    restore_diary(home, unpack(tmp_path / "brought.zip", place))

    assert archive.endswith("brought.zip")
    assert "" == tell_me(home, {}).document["alias"]


def test_nothing_is_unpacked_beside_its_folder(tmp_path, place):
    """Names that lead elsewhere are left out, whatever they are."""
    odd = ["../evil", "/etc/evil", "a/b/diary.sqlite", "recordings/../../evil", "notes.txt"]
    files = dict.fromkeys(["diary.sqlite", "recordings/x.gz", *odd], "x")
    unpack(packed(tmp_path / "odd.zip", files), place)

    assert ["diary.sqlite", "recordings/x.gz"] == sorted(
        str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()
    )
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", b"\x00" * 4096])
def test_what_is_no_zip_is_said_to_be_no_backup(tmp_path, place, content):
    """Whatever it is, a sentence comes back."""
    path = tmp_path / "any.zip"
    path.write_bytes(content)
    with pytest.raises(OptionError, match="not a backup"):
        unpack(path, place)


def test_a_zip_that_was_cut_or_holds_something_else_is_no_backup(tmp_path, place):
    """Nothing is half taken over."""
    with pytest.raises(OptionError, match="not a backup"):
        unpack(packed(tmp_path / "other.zip", {"photo.jpg": "x"}), place)


def test_more_than_the_disk_holds_is_refused_before_it_is_written(tmp_path, place, monkeypatch):
    """The size that is announced counts."""
    path = packed(tmp_path / "large.zip", {"diary.sqlite": "x" * 100})
    monkeypatch.setattr(
        "shutil.disk_usage", lambda _: type("Usage", (), {"free": (256 << 20) + 99})
    )
    with pytest.raises(OptionError, match="not enough room"):
        unpack(path, place)

    assert [] == list(place.iterdir())
