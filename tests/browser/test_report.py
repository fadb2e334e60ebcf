"""The report in the hands of others: downloaded in Chromium, checked by FHIR, looked at."""

import copy
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.browser.pictures import Part, parts
from tests.browser.serving import opened

from evenstride.app.demo_diary import make_demo
from evenstride.app.own import own
from evenstride.app.report import Wanted, report_of, show_report
from evenstride.checkup import check_up
from evenstride.diary import Entry
from evenstride.report.sheet import Section
from evenstride.report.visit.nouns import PLACES
from evenstride.report.visit.pdf import render_pdf

HERE = Path(__file__).parent
LAST = date(2026, 6, 20)
NOW = int(datetime(2026, 6, 20, 12, tzinfo=UTC).timestamp()) * 10**9
REASON = "My back hurts after twenty minutes of walking."
WANTED = Wanted(reason=REASON, questions=("May I walk on when it hurts?",))
COLUMNS = {
    "Who and why": "both",
    "Warning signs": "left",
    "What the answers resemble": "left",
    "Pain and walking, week by week": "right",
    "What walking shows": "both",
    "Experiments": "left",
    "Questions for the visit": "right",
}
# As they were looked at and found good. Two other fonts moved no part by more than 0.05 and changed
# no ink by more than a third; a part that was taken out kept nothing.
SEEN = {
    "Who and why": Part(0.07, 0.10, 980),
    "Warning signs": Part(0.07, 0.16, 1306),
    "What the answers resemble": Part(0.07, 0.26, 2316),
    "Pain and walking, week by week": Part(0.52, 0.16, 2816),
    "What walking shows": Part(0.07, 0.44, 7894),
    "Experiments": Part(0.07, 0.70, 2080),
    "Questions for the visit": Part(0.52, 0.70, 169),
}


def unlike(found: dict[str, Part]) -> list[str]:
    """Return the parts of page one that do not look as they were seen."""
    return [
        title
        for title, seen in SEEN.items()
        if title not in found
        or abs(found[title].left - seen.left) > 0.02
        or abs(found[title].top - seen.top) > 0.08
        or not 0.55 < found[title].ink / seen.ink < 1.8
    ]


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> Path:
    """Return the folder of a simulated person, up to a day that never changes."""
    home = tmp_path_factory.mktemp("lived") / "home"
    make_demo(home, last=LAST)
    return home


@pytest.fixture(scope="module")
def visit(lived):
    """Return the report of that day."""
    with own(lived, NOW) as mine:
        return report_of(mine, WANTED)


# --------------------------------------------------------------------------------- how it looks


def test_page_one_looks_as_it_was_seen(visit, tmp_path):
    """Drawn by an independent program, each part is where it was and about as dark."""
    pdf = tmp_path / "visit.pdf"
    pdf.write_bytes(render_pdf(visit))

    assert [] == unlike(parts(pdf, COLUMNS))


@pytest.mark.parametrize("place", list(PLACES))
def test_a_part_without_content_would_be_seen(visit, place, tmp_path):
    """The comparison finds a part that lost what stands below its heading."""
    lost = replace(visit, first={**visit.first, place: Section(visit.first[place].title)})
    pdf = tmp_path / "visit.pdf"
    pdf.write_bytes(render_pdf(replace(lost, picture=None) if place == "weeks" else lost))

    assert visit.first[place].title in unlike(parts(pdf, COLUMNS))


# ---------------------------------------------------------------------------- what FHIR makes of it


def wrong(*files: Path) -> list[list[str]]:
    """Return what the JSON schema of FHIR R4 finds wrong in each file."""
    node = shutil.which("node")
    assert node, "The FHIR schema is checked with Node.js: apt install nodejs"
    command = [node, "fhir_errors.cjs", *map(str, files)]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def emergency(home: Path) -> None:
    """Keep a check-up that asks for help at once."""
    with own(home, NOW) as mine:
        answers = {**mine.diary.last_checkup().answers, "saddle_numb": True}
        mine.diary.add_checkup("emergency", NOW - 10**9, check_up(answers))


def noted(home: Path) -> None:
    """Keep symptoms as another program noted them."""
    start = {"utc_ns": NOW - 10**15, "utc_offset_min": 60, "zone": None, "basis": "recorded"}
    device = {"name": "Some phone", "model": "", "kind": "phone"}
    told = {"start": start, "end_utc_ns": start["utc_ns"], "text": "", "device": device}
    with own(home, NOW) as mine:
        for what, rating, severity in (("back_pain", 6.0, None), ("fever", None, "severe")):
            entry = told | {"what": what, "rating": rating, "severity": severity}
            mine.diary.keep_entry(Entry("symptom", what, start["utc_ns"], entry))


@pytest.fixture(scope="module")
def bundles(lived, tmp_path_factory) -> dict[str, Path]:
    """Return the bundles of very different diaries."""
    folder = tmp_path_factory.mktemp("bundles")
    homes = {"demo": lived, "empty": folder / "empty"}
    for name, change in (("emergency", emergency), ("symptoms", noted)):
        homes[name] = folder / name
        shutil.copytree(lived, homes[name])
        change(homes[name])
    files = {name: folder / f"{name}.json" for name in homes}
    for name, home in homes.items():
        show_report(home, replace(WANTED, fhir=files[name]), now=NOW)
    return files


def test_the_schema_of_fhir_finds_nothing_wrong(bundles):
    """Each bundle is what R4 allows, and not for want of content."""
    text = {name: path.read_text() for name, path in bundles.items()}

    assert {name: [] for name in bundles} == dict(
        zip(bundles, wrong(*bundles.values()), strict=True)
    )
    assert '"emergency-now"' in text["emergency"]
    assert '"386661006"' in text["symptoms"]
    assert 100 < text["demo"].count('"Observation"')
    assert "Bundle" == json.loads(text["empty"])["resourceType"]


def _first(bundle: dict) -> dict:
    return next(one["resource"] for one in bundle["entry"] if "valueQuantity" in one["resource"])


BREAKS = {
    "a field that there is not": lambda bundle: _first(bundle).update(colour="green"),
    "a status of no code set": lambda bundle: _first(bundle).update(status="nonsense"),
    "a kind of bundle that there is not": lambda bundle: bundle.update(type="nonsense"),
    "no code": lambda bundle: _first(bundle).pop("code"),
    "a text for a number": lambda bundle: _first(bundle)["valueQuantity"].update(value="many"),
    "a day that is none": lambda bundle: _first(bundle).update(effectiveDateTime="yesterday"),
}


def test_the_schema_of_fhir_refuses_what_is_broken(bundles, tmp_path):
    """It is no judge that lets everything pass.

    It does look at required code sets, such as a status, but not at codes within a concept (LOINC,
    units), at references, or at two values at once. Those are checked by other tests and readers.
    """
    whole = json.loads(bundles["demo"].read_text())
    files = []
    for place, spoil in enumerate(BREAKS.values()):
        broken = copy.deepcopy(whole)
        spoil(broken)
        files.append(tmp_path / f"{place}.json")
        files[-1].write_text(json.dumps(broken))

    found = dict(zip(BREAKS, wrong(*files), strict=True))

    assert [] == [name for name, errors in found.items() if not errors]


# ----------------------------------------------------------------------------------- in a browser


def test_the_report_is_told_and_downloaded(chromium, demo_server, tmp_path):
    """What is typed stands in the PDF that a tap gives, and in the bundle; both are whole."""
    page = opened(chromium, demo_server, accept_downloads=True)
    page.goto(f"{demo_server.origin}/report")
    page.get_by_label("Why do you go?").fill(REASON)
    page.get_by_label("Question 1").fill("May I walk on when it hurts?")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text(f"Why: “{REASON}”").first.wait_for()
    files = {}
    for name in ("PDF to print or send", "For the practice's program (FHIR)"):
        with page.expect_download() as got:
            page.get_by_role("button", name=name).click()
        files[name] = tmp_path / got.value.suggested_filename
        got.value.save_as(files[name])
    pdf, bundle = files.values()
    first = " ".join(PdfReader(pdf).pages[0].extract_text().split())

    assert re.fullmatch(r"evenstride-report-\d{4}-\d\d-\d\d\.pdf", pdf.name)
    assert re.fullmatch(r"evenstride-report-\d{4}-\d\d-\d\d\.fhir\.json", bundle.name)
    assert REASON in first
    assert "May I walk on when it hurts?" in first
    assert [] == unlike(parts(pdf, COLUMNS))
    assert [[]] == wrong(bundle)


def test_the_whole_report_keeps_its_looks_under_its_policy(chromium, demo_server):
    """The page that is sent is shown with its own style, and the policy refuses nothing of it."""
    page = opened(chromium, demo_server)
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.goto(f"{demo_server.origin}/report/page")

    assert "For who wants more" in page.locator(".more > h2").inner_text()
    assert "0px" != page.evaluate("getComputedStyle(document.querySelector('.mark')).borderRadius")
    assert [] == [line for line in said if "Content Security Policy" in line]
