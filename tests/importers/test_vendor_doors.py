"""Exports of phones and clouds reach the right reader through the front door, alone or together."""

from __future__ import annotations

from pathlib import Path

import pytest

import evenstride as es
from evenstride.importers.registry import recognise
from evenstride.importers.source import Source
from evenstride.model import Activity, Left, Series, Track

from . import test_fitbit_csv, test_google_takeout, test_health_connect, test_samsung_health
from .samples import zipped

MONTH = test_fitbit_csv.month('"13-06-2024","2,341","12,345","8.64","10","600","60"')
EXPORTS: dict[str, tuple[str, dict[str, str | bytes]]] = {
    "fit": ("Google Takeout", test_google_takeout.fit()),
    "fitbit": ("Google Takeout", test_google_takeout.fitbit()),
    "health connect": (
        "Health Connect",
        {"health_connect_export.db": test_health_connect.database(test_health_connect.full())},
    ),
    "month": ("Fitbit monthly CSV", {"fitbit_export.csv": MONTH}),
    "samsung": ("Samsung Health", test_samsung_health.export()),
}


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_each_export_is_recognised_by_its_own_reader(name: str) -> None:
    """No other reader is surer, whether it is packed or not."""
    expected, files = EXPORTS[name]
    best = recognise(Source.of(zipped(files)))
    assert best is not None
    assert expected == best[0].name
    items = list(es.scan(zipped(files)))
    assert any(isinstance(item, Series) for item in items)


def test_a_folder_of_all_exports_gives_all_of_them(tmp_path: Path) -> None:
    """Each zip in a folder is read by its own reader, and none of them twice."""
    alone = []
    for name, (_, files) in EXPORTS.items():
        data = zipped(files)
        (tmp_path / f"{name}.zip").write_bytes(data)
        alone += [item for item in es.scan(data) if isinstance(item, Series | Track | Activity)]
    together = [i for i in es.scan(tmp_path) if isinstance(i, Series | Track | Activity)]
    assert sorted(map(_what, alone)) == sorted(map(_what, together))


def test_another_program_s_database_gets_a_plain_answer(tmp_path: Path) -> None:
    """It says what the file is and what to do."""
    path = tmp_path / "chat.db"
    path.write_bytes(test_health_connect.database({}, {"messages": "id INTEGER, body TEXT"}))
    (left,) = [item for item in es.scan(path) if isinstance(item, Left)]
    assert "none of a Health Connect export" in left.reason


def _what(item: Series | Track | Activity) -> str:
    if isinstance(item, Series):
        return f"series {item.metric} {item.value.tolist()} {item.devices}"
    activity = item if isinstance(item, Activity) else item.activity
    return f"{type(item).__name__} {activity}"
