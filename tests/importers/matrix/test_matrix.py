"""Every format under every kind of damage gives the right data, or one clear sentence."""

from __future__ import annotations

import faulthandler
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.importers.matrix.damages import DAMAGES, GROUPS
from tests.importers.matrix.facts import come
from tests.importers.matrix.formats import FORMATS
from tests.importers.matrix.judge import cell, clean  # the same that the page uses: read once
from tools.robustness_page import PAGE, page

from evenstride.importers.registry import BUILT_IN

_HANGS_AFTER_S = 300


@pytest.fixture(autouse=True)
def _guard() -> Iterator[None]:
    """Show where it hangs, should it ever."""
    faulthandler.dump_traceback_later(_HANGS_AFTER_S, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def test_every_importer_is_in_the_matrix() -> None:
    """A new importer without a sample here is a failure."""
    assert sorted(importer.name for importer in BUILT_IN) == sorted(FORMATS)


def test_every_kind_of_damage_is_on_the_page() -> None:
    """Each stands in one of its tables."""
    assert sorted(DAMAGES) == sorted(kind for kinds in GROUPS.values() for kind in kinds)


@pytest.mark.parametrize("name", FORMATS)
def test_clean_files_hold_something(name: str) -> None:
    """The files that are damaged here have facts to lose."""
    assert clean(name).error is None
    assert len(clean(name).facts) > 15


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_damage_gives_the_right_data_or_one_clear_sentence(name: str, kind: str) -> None:
    """Never another exception, never a value that was not there, never silence."""
    assert [] == cell(name, kind).faults


def test_the_page_shows_what_the_matrix_gives() -> None:
    """It is made by ``make docs``."""
    assert page() == PAGE.read_text(encoding="utf-8")


def test_links_in_a_folder_lead_nowhere(tmp_path: Path) -> None:
    """A folder with walks is read; what its links point to is not."""
    outside, folder = tmp_path / "outside", tmp_path / "walks"
    for place in (outside, folder):
        place.mkdir()
    data = FORMATS["GPX"].clean()["walk.gpx"]
    (outside / "other.gpx").write_bytes(data.replace(b"2024-05-01", b"2020-05-01"))
    (folder / "walk.gpx").write_bytes(data)
    (folder / "link.gpx").symlink_to(outside / "other.gpx")
    (folder / "up").symlink_to(outside, target_is_directory=True)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    assert clean("GPX").facts == come(folder).facts
