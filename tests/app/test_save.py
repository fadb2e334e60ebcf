"""A page is written for its owner only, whole or not at all, and never over a recording."""

import errno
import os
import stat
from pathlib import Path

import pytest

from evenstride.app.save import page_in, save_page
from evenstride.errors import EvenstrideError, OptionError

PAGE = "<!doctype html><p>€</p>"


def test_only_the_owner_can_read_it(tmp_path):
    """The page is readable by its owner alone, whatever the umask."""
    path = save_page(tmp_path / "walk.html", PAGE)

    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert PAGE == path.read_text(encoding="utf-8")


def test_an_earlier_page_is_replaced(tmp_path):
    """Writing again replaces the page, and makes it private."""
    path = tmp_path / "walk.html"
    path.write_text("<!DOCTYPE html>old")
    path.chmod(0o644)

    save_page(path, PAGE)

    assert PAGE == path.read_text(encoding="utf-8")
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_recording_is_never_written_over(tmp_path):
    """A file that is no page is left as it is."""
    path = tmp_path / "walk.csv"
    path.write_text("time,x,y,z")

    with pytest.raises(OptionError, match="not a report"):
        save_page(path, PAGE)

    assert "time,x,y,z" == path.read_text()


@pytest.mark.parametrize(
    ("name", "words"),
    [(".", "is a folder"), ("none/walk.html", "no folder"), ("a" * 300, "too long")],
)
def test_impossible_places_are_named(tmp_path, name, words):
    """One sentence says why there can be no page at this place."""
    with pytest.raises(OptionError, match=words):
        save_page(tmp_path / name, PAGE)


def test_a_device_is_left_alone(tmp_path):
    """A pipe or device is not replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(OptionError, match="not an ordinary file"):
        save_page(pipe, PAGE)


def test_links_are_followed(tmp_path):
    """A link to a page stays a link; the page behind it is replaced."""
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    real.write_text("")
    link.symlink_to(real)

    save_page(link, PAGE)

    assert link.is_symlink()
    assert PAGE == real.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.ENOSPC, EvenstrideError, "disk is full"),
        (errno.EROFS, OptionError, "may not be written to"),
        (errno.EIO, EvenstrideError, "could not be written"),
    ],
)
def test_a_failing_disk_leaves_nothing_behind(tmp_path, monkeypatch, number, kind, words):
    """When the disk fails midway there is one sentence, and no half page."""
    path = tmp_path / "walk.html"
    path.write_text("<!doctype html>old")

    def fail(_handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(kind, match=words):
        save_page(path, PAGE)

    assert [path] == list(tmp_path.iterdir())
    assert "<!doctype html>old" == path.read_text()


def test_several_pages_get_names_of_their_own(tmp_path):
    """Recordings of the same name do not replace each other's pages."""
    folder = tmp_path / "pages"
    first = page_in(folder, "walk.csv.gz", set())
    second = page_in(folder, "walk.zip", {first})

    assert (folder / "walk.html", folder / "walk-2.html") == (first, second)
    assert 0o700 == stat.S_IMODE(Path(folder).stat().st_mode)


def test_a_dot_in_a_date_keeps_the_days_apart(tmp_path):
    """Only known endings are dropped, so walks of two days get pages of their own."""
    names = [page_in(tmp_path, f"walk 2026.11.{day}.csv.gz", ()).name for day in (22, 23)]

    assert ["walk 2026.11.22.html", "walk 2026.11.23.html"] == names
