"""Everything can be taken out, put back and removed."""

import csv
import json
import stat

import pytest

from evenstride.diary import Diary, back_up, erase, export, restore, to_erase
from evenstride.errors import DiaryError
from evenstride.model import Measure, Outing

WALK = Outing("w", 10**18, measures={"steps": Measure(3, 2, 4, "1", "firm", "Told.", 3)})


@pytest.fixture
def home(tmp_path):
    """Return the folder of a diary with a walk and a recording."""
    source = tmp_path / "walk.csv"
    source.write_bytes(b"1,2,3\n" * 100)
    with Diary.open(tmp_path / "home") as diary:
        diary.add_outing(WALK)
        diary.keep_recording(source)
    return tmp_path / "home"


def test_an_export_holds_everything(home, tmp_path):
    """The tables and the document say the same, and only the owner can read them."""
    with Diary.open(home) as diary:
        written = export(diary, tmp_path / "out")

    document = json.loads((tmp_path / "out" / "diary.json").read_text(encoding="utf-8"))
    with (tmp_path / "out" / "outings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "w" == document["outings"][0]["id"] == rows[0]["id"]
    assert 3 == document["outings"][0]["measures"]["steps"]["value"]
    assert 2 == len(document["history"])
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in written}


def test_an_export_never_replaces_anything(home, tmp_path):
    """A folder with something in it is refused and left as it was."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()

    with Diary.open(home) as diary, pytest.raises(DiaryError, match="not empty"):
        export(diary, tmp_path / "out")

    assert ["mine"] == [path.name for path in (tmp_path / "out").iterdir()]


def test_a_backup_gives_the_diary_again(home, tmp_path):
    """After a restore everything of the backup is there, and the later diary is kept."""
    with Diary.open(home) as diary:
        back_up(diary, tmp_path / "copy")
        diary.remove_outing("w")

    aside = restore(tmp_path / "copy", home)

    with Diary.open(home) as diary:
        assert (WALK,) == diary.outings()
        with diary.open_recording(diary.recordings()[0].sha256) as file:
            assert b"1,2,3\n" * 100 == file.read()
    restore(aside, home)
    with Diary.open(home) as diary:
        assert () == diary.outings()


def test_a_damaged_diary_is_replaced_by_a_backup(home, tmp_path):
    """The damaged file is kept beside it, byte for byte."""
    with Diary.open(home) as diary:
        back_up(diary, tmp_path / "copy")
    (home / "diary.sqlite").write_bytes(b"harm" * 999)

    aside = restore(tmp_path / "copy", home)

    assert b"harm" * 999 == (aside / "diary.sqlite").read_bytes()
    with Diary.open(home) as diary:
        assert (WALK,) == diary.outings()


@pytest.mark.parametrize("content", [b"", b"harm" * 999, None])
def test_a_damaged_backup_changes_nothing(home, tmp_path, content):
    """A backup that is not whole is refused before anything is replaced."""
    with Diary.open(home) as diary:
        back_up(diary, tmp_path / "copy")
    file = tmp_path / "copy" / "diary.sqlite"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)

    with pytest.raises(DiaryError):
        restore(tmp_path / "copy", home)

    with Diary.open(home) as diary:
        assert (WALK,) == diary.outings()
    assert [] == list(home.glob(".*"))


def test_erase_removes_everything_of_ours_and_nothing_else(home):
    """What the person put into the folder stays; the report names what went."""
    (home / "mine.txt").touch()

    shown = to_erase(home)

    erased = erase(home)

    assert shown == erased
    assert ["mine.txt"] == [path.name for path in home.iterdir()]
    assert "diary.sqlite" in erased.files
    assert 2 == len(erased.files)
    assert erased.bytes > 0


def test_an_open_diary_is_neither_replaced_nor_erased(home, tmp_path):
    """Both wait until no program has the diary open."""
    with Diary.open(home) as diary:
        back_up(diary, tmp_path / "copy")
        diary.outings()
        with pytest.raises(DiaryError, match="open"):
            restore(tmp_path / "copy", home)
        with pytest.raises(DiaryError, match="open"):
            erase(home)

        assert (WALK,) == diary.outings()


def test_who_may_use_the_server_is_copied_nowhere_and_erased(home, tmp_path):
    """Devices are in no backup, a restored diary brings none back, and erasing removes them."""
    (home / "web").mkdir()
    (home / "web" / "devices.json").write_text("[]")
    with Diary.open(home) as diary:
        back_up(diary, tmp_path / "copy")
        export(diary, tmp_path / "export")
    copied = [path.name for path in tmp_path.rglob("*") if home not in path.parents]
    (home / "web" / "devices.json").unlink()

    restore(tmp_path / "copy", home)

    assert "devices.json" not in copied
    assert [] == list((home / "web").iterdir())
    (home / "web" / "devices.json").write_text("[]")
    assert "web/devices.json" in erase(home).files
    assert not home.exists()
