"""The page for a physiotherapist: told, looked at, and taken along in every form."""

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import tempfile
from html import unescape
from pathlib import Path

import fhirkit
import pytest
from pypdf import PdfReader
from tests.web.conftest import ORIGIN, paired

from evenstride.errors import MissingExtra
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

REASON = "It hurts after 20 minutes <of walking>."
KINDS = {
    "pdf": ("application/pdf", ".pdf"),
    "html": ("text/html; charset=utf-8", ".html"),
    "text": ("text/plain; charset=utf-8", ".txt"),
    "fhir": ("application/json", ".fhir.json"),
    "csv": ("text/csv; charset=utf-8", ".csv"),
}


@pytest.fixture
def lived(tmp_path, demo):
    """Return a paired browser over a simulated person's folder that may be changed."""
    home = tmp_path / "lived"
    shutil.copytree(demo, home)
    return paired(create_app(Settings(home, frozenset({ORIGIN}))))


def said(answer) -> str:
    """Return what a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_an_empty_diary_has_a_page_that_says_what_is_absent(browser):
    """Each part stands there; nothing names a command."""
    page = browser.get("/report")

    assert 200 == page.status_code
    for words in ("Why is not told.", "No check-up was done yet", "No experiment was done yet."):
        assert words in said(page)
    assert "evenstride report" not in said(page)


def test_what_is_told_for_the_visit_is_kept_and_can_be_taken_back(lived):
    """The reason and the questions stand on the page and in the form, and empty fields forget."""
    told = {"reason": REASON, "question-1": "May I go on?", "question-2": ""}
    kept = lived.post("/report", data=told)
    page = lived.get("/report")
    lived.post("/report", data={"reason": "", "question-1": ""})
    forgotten = said(lived.get("/report"))

    assert (303, "/report") == (kept.status_code, kept.headers["location"])
    assert f"Why: “{REASON}”" in said(page)
    assert "<of walking>" not in page.text
    assert 'value="May I go on?"' in page.text
    assert "Why is not told." in forgotten
    assert "No questions are told." in forgotten


def test_what_does_not_fit_on_the_page_is_refused_in_words(lived):
    """A reason that is too long changes nothing."""
    answer = lived.post("/report", data={"reason": "long " * 100})

    assert 422 == answer.status_code
    assert "at most 300 letters" in said(answer)
    assert "Why is not told." in said(lived.get("/report"))


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("soon", "“soon” is not a day."),
        ("2999-01-01", "Choose a first day that has come."),
        ("9" * 33, "since"),
    ],
)
@pytest.mark.parametrize("path", ["/report", "/report/page", "/report/files/csv"])
def test_a_first_day_that_is_none_is_refused(lived, path, since, expected):
    """The same sentence on the screen and for every file."""
    answer = lived.get(path, params={"since": since})

    assert 422 == answer.status_code
    assert expected in said(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_comes_with_a_name_and_leaves_nothing_behind(lived, kind, tmp_path, monkeypatch):
    """Type and name tell what it is; the folder in which it was made is gone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = lived.get(f"/report/files/{kind}", params={"paper": "letter"})
    type_, ending = KINDS[kind]
    name = answer.headers["content-disposition"]

    assert 200 == answer.status_code
    assert type_ == answer.headers["content-type"]
    assert re.search(rf'attachment; filename="evenstride-report-\d{{4}}-\d\d-\d\d{ending}"', name)
    assert [] == list(tmp_path.glob("evenstride-*"))


def test_the_files_are_what_they_say(lived):
    """The PDF has the paper that was asked for, the bundle is valid, the table has rows."""
    get = lived.get
    pdf = PdfReader(io.BytesIO(get("/report/files/pdf", params={"paper": "letter"}).content))
    rows = list(csv.DictReader(io.StringIO(get("/report/files/csv").text)))
    bundle = get("/report/files/fhir").text

    assert (612, 792) == tuple(round(side) for side in pdf.pages[0].mediabox[2:])
    assert "Bundle" == json.loads(bundle)["resourceType"]
    assert [] == fhirkit.validate(bundle)
    assert 100 < len(rows)
    assert get("/report/files/text").text.startswith("Walking and back pain")


def test_a_file_that_there_is_not_is_refused(lived):
    """Only the five kinds are made."""
    assert 422 == lived.get("/report/files/docx").status_code
    assert 422 == lived.get("/report/files/pdf", params={"paper": "a0"}).status_code


def test_without_typst_the_line_that_installs_it_is_told(lived, monkeypatch):
    """The PDF needs an extra; everything else goes on."""

    def lacking():
        raise MissingExtra("PDF pages", "report")

    monkeypatch.setattr("evenstride.report.visit.pdf.need_typst", lacking)
    answer = lived.get("/report/files/pdf")

    assert 500 == answer.status_code
    assert "evenstride[report]" in said(answer)
    assert 200 == lived.get("/report/files/html").status_code


def test_the_whole_page_is_allowed_its_own_style_and_nothing_else(lived):
    """The policy names the style by its hash, forbids scripts and frames, and the hash is right."""
    answer = lived.get("/report/page")
    policy = answer.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)[1].encode()
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()

    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert 1 == answer.text.count("<style>")
    assert "style=" not in answer.text


def test_looking_changes_nothing(lived):
    """The report is the same after every file was made."""
    home = Path(lived.app.state.settings.home)
    before = said(lived.get("/report"))
    sizes = sorted(path.name for path in home.rglob("*"))
    for kind in KINDS:
        lived.get(f"/report/files/{kind}")

    assert before == said(lived.get("/report"))
    assert sizes == sorted(path.name for path in home.rglob("*"))
