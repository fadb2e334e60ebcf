"""The report as a use case: what is kept for a visit, where files go, and what never changes."""

import json
import re
from datetime import date

import fhirkit
import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from tests.app.conftest import at, check_up_at

from evenstride.app.demo_diary import make_demo
from evenstride.app.own import own
from evenstride.app.person import tell_me
from evenstride.app.report import Wanted, report_as_text, show_report
from evenstride.cli import main
from evenstride.errors import MissingExtra, OptionError
from evenstride.model import Outing, PainRatings
from evenstride.report.screens import screen_words

NOW = at("2026-06-20 12:00")
LAST = date(2026, 6, 20)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Return the folder of a simulated diary."""
    folder = tmp_path_factory.mktemp("demo") / "diary"
    make_demo(folder, last=LAST)
    return folder


def changes(home) -> int:
    """Return how many lines the history of a diary has."""
    with own(home, NOW) as mine:
        return len(mine.diary.history())


def test_every_file_is_written_and_named(demo, tmp_path):
    """Each file is whole, of its kind, for its owner only, and named on the screen."""
    names = {"html": "r.html", "pdf": "r.pdf", "fhir": "r.json", "csv": "r.csv"}
    wanted = Wanted(**{kind: tmp_path / name for kind, name in names.items()})
    said = show_report(demo, wanted, now=NOW).as_text(width=100, color=False)

    assert all(name in said for name in names.values())
    assert all(0o600 == (tmp_path / name).stat().st_mode & 0o777 for name in names.values())
    assert (tmp_path / "r.html").read_bytes().startswith(b"<!doctype html>")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    assert [] == fhirkit.validate((tmp_path / "r.json").read_text())
    assert (tmp_path / "r.csv").read_text().startswith("group,name,title,value")


def test_a_report_is_written_over_and_nothing_else(demo, tmp_path):
    """An earlier report is replaced; another file is left as it is, before any work is done."""
    for kind in ("html", "pdf", "fhir", "csv"):
        place, other = tmp_path / f"a.{kind}", tmp_path / f"b.{kind}"
        other.write_text("my recording")
        show_report(demo, Wanted(**{kind: place}), now=NOW)
        before = place.read_bytes()
        show_report(demo, Wanted(**{kind: place}), now=NOW)

        assert before == place.read_bytes()
        with pytest.raises(OptionError):
            show_report(demo, Wanted(**{kind: other}), now=NOW)
        assert "my recording" == other.read_text()


def test_a_report_of_all_weeks_changes_nothing_in_the_diary(demo):
    """Looking is not doing: no walk joins an experiment, no look is taken, no plan begins."""
    before = changes(demo)
    show_report(demo, Wanted(since=date(2026, 1, 1)), now=NOW)

    assert before == changes(demo)


def test_the_demo_fills_every_part(demo):
    """Eight simulated weeks fill each part of page one, and say what they are."""
    shown = show_report(demo, now=NOW)
    first = shown.document["first"]

    assert shown.document["simulated"] is True
    assert first["weeks"]["table"]["rows"]
    assert first["walking"]["table"]["rows"]
    assert first["resembles"]["points"]
    assert first["trials"]["points"]
    assert screen_words("diary")["simulated"] in " ".join(report_as_text(demo, now=NOW).split())


def test_what_is_told_for_a_visit_is_kept(home):
    """The reason and the questions stand on the next report too, until they are replaced."""
    show_report(home, Wanted(reason="My  back\nhurts.", questions=("Why?", "How long?")), now=NOW)
    again = show_report(home, now=NOW).document["first"]
    show_report(home, Wanted(questions=("Only this?",)), now=NOW)
    other = show_report(home, now=NOW).document["first"]
    show_report(home, Wanted(reason="", questions=("",)), now=NOW)
    gone = report_as_text(home, now=NOW)

    assert "Why: “My back hurts.”" in again["who"]["sentences"]
    assert ["Why?", "How long?"] == again["questions"]["points"]
    assert "Why: “My back hurts.”" in other["who"]["sentences"]
    assert ["Only this?"] == other["questions"]["points"]
    assert "Why is not told" in gone
    assert "No questions are told" in gone


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(reason="x" * 301),
        Wanted(questions=("x" * 141,)),
        Wanted(questions=("x",) * 6),
        Wanted(since=date(2026, 6, 21)),
    ],
)
def test_what_does_not_fit_is_refused_and_not_kept(home, wanted):
    """Too many words for page one, and a first day in the future, are refused."""
    before = changes(home)
    with pytest.raises(OptionError):
        show_report(home, wanted, now=NOW)

    assert before == changes(home)


def test_a_diary_with_one_walk(home):
    """One walk without a sensor is shown as what it is."""
    check_up_at(home, at("2026-06-10 08:00"))
    with own(home, NOW) as mine:
        start = at("2026-06-12 17:30")
        mine.diary.add_outing(
            Outing("one", start, "Europe/London", 20.0, back=PainRatings(1, 4, 2, 1))
        )
    document = show_report(home, now=NOW).document
    told = {one["name"]: one["value"] for one in document["values"] if one["group"] == "walk"}

    assert {
        "minutes": 20.0,
        "back_before": 1.0,
        "back_worst": 4.0,
        "back_hour_after": 2.0,
        "back_next_morning": 1.0,
    } == told
    assert [["8 Jun 2026", "1", "20", "4", "1"]] == [
        row[:5] for row in document["first"]["weeks"]["table"]["rows"]
    ]
    assert "simulated" not in document


def test_walks_before_the_first_day_stay_out(demo):
    """--since cuts the walks, and every number of a walk with them."""
    since = date(2026, 6, 8)
    values = show_report(demo, Wanted(since=since), now=NOW).document["values"]
    days = {one["day"] for one in values if one["group"] in ("walk", "measure")}

    assert days
    assert min(days) >= since.isoformat()


def test_imperial_units_reach_the_page(home):
    """What the person reads by default is what the page shows."""
    tell_me(home, {"units": "imperial", "height_m": 1.8, "mass_kg": 80.0}, now=NOW)
    said = report_as_text(home, now=NOW)

    assert "5 ft 11 in" in said
    assert "176 lb" in said


def test_without_typst_the_pdf_says_what_to_install(home, tmp_path, monkeypatch):
    """The extra is named before any work is done, and the other media do without it."""
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(MissingExtra, match=re.escape("evenstride[report]")):
        show_report(home, Wanted(pdf=tmp_path / "r.pdf"), now=NOW)
    show_report(home, Wanted(html=tmp_path / "r.html"), now=NOW)

    assert not (tmp_path / "r.pdf").exists()
    assert (tmp_path / "r.html").exists()


def test_the_command_passes_everything_on(demo, tmp_path):
    """The command line writes, prints text to paste, and prints the document."""
    place = ["--home", str(demo)]
    pdf = tmp_path / "letter.pdf"
    text = CliRunner().invoke(
        main, ["report", *place, "--text", "--pdf", str(pdf), "--paper", "letter"]
    )
    document = CliRunner().invoke(main, ["report", *place, "--json", "--since", "2026-06-01"])

    assert 0 == text.exit_code, text.output
    assert text.stdout.startswith("Walking and back pain\n")
    assert max(map(len, text.stdout.splitlines())) <= 78
    assert (612, 792) == tuple(PdfReader(pdf).pages[0].mediabox)[2:]
    assert "evenstride/report/1" == json.loads(document.stdout)["schema"]
    assert "2026-06-01" == json.loads(document.stdout)["since"]
