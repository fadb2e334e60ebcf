"""The page for a physiotherapist: one model, and every renderer says what it says."""

import csv
import html
import io
import json
import re
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import fhirkit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from evenstride.checkup import check_up
from evenstride.checkup.knowledge import knowledge
from evenstride.inventory import inventory
from evenstride.inventory.by_month import MonthOf
from evenstride.model import Device, Entry, Measure, Outing, PainRatings, Person, Shoe, Start
from evenstride.plan import History, plan, walk_lights
from evenstride.report.visit.build import visit_report
from evenstride.report.visit.bundle import bundle, render_bundle
from evenstride.report.visit.nouns import PLACES, DoneOn, Material
from evenstride.report.visit.page import render_page
from evenstride.report.visit.pdf import render_pdf
from evenstride.report.visit.picture import weeks_plot_alone
from evenstride.report.visit.said import day_said
from evenstride.report.visit.sheet import visit_sheet
from evenstride.report.visit.table import render_csv
from evenstride.report.visit.text import render_text
from evenstride.report.visit.walking import walking_section

TODAY = date(2026, 11, 20)
NOON = int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()) * 10**9
DAY_NS = 86_400 * 10**9
HOSTILE = (
    '=HYPERLINK("http://x","y") <script>alert(1)</script> #read("/etc/passwd") $x$ *b* @cmd '
    "\\u{202e} \u202e\x1b[2J ]] #pagebreak() {{ 7*7 }} {% raw %}"
)


def calm() -> dict:
    """Return answers to every safety question that worry nobody."""
    known = knowledge()
    answers = {name: known.findings[name].least_worrying for name in known.first_tier}
    usual = {"age": 45, "sex": "male", "duration_days": 14, "onset": "gradual", "pain_worst": 4}
    answers |= {name: value for name, value in usual.items() if name in known.findings}
    return {name: value for name, value in answers.items() if value is not None}


def walk(number: int, **told) -> Outing:
    """Return a walk of some days ago, with a sensor."""
    measures = {
        "cadence_spm": Measure(107.4, 106.4, 108.5, "steps/min", "firm", "It is what it is.", 120),
        "speed_m_s": Measure(1.12, 0.97, 1.26, "m/s", "own_trend", "From your height.", 60),
        "step_length_m": Measure.absent("m", "There was no height."),
        "pitch_deg": Measure(-2.3, -3.0, -1.6, "°", "own_trend", "Next to standing.", 120),
        "cadence_spm_drift": Measure(-1.2, -2.4, -0.1, "steps/min", "own_trend", "One walk.", 80),
    }
    usual = {
        "minutes": 20.0,
        "distance_m": 1609.344,
        "steps": 2000,
        "back": PainRatings(1.0, 3.0, 2.0, 1.0),
        "shoe": "old",
        "measures": measures,
        "sensor": "Some sensor, 100 Hz",
        "placement": "lower back",
    }
    return Outing(f"w{number}", NOON - number * DAY_NS, "Europe/London", **(usual | told))


def material(walks=(), **changed) -> Material:
    """Return what a diary with these walks holds."""
    person = changed.pop("person", Person("Ann", 1980, 1.7, 70.0, "Europe/London"))
    shoes = changed.pop("shoes", (Shoe("old", "Old boots"),))
    walks = tuple(sorted(walks, key=lambda one: one.start_utc_ns))
    found = check_up(calm())
    history = History(walks, checked_up_utc_ns=NOON - 5 * DAY_NS, time_zone="Europe/London")
    usual = {
        "checkup": found,
        "checked_up_utc_ns": NOON - 5 * DAY_NS,
        "plan": plan(history, found, TODAY),
        "lights": {one.outing: one for one in walk_lights(history, found, TODAY)},
    }
    return Material(
        person=person,
        now_utc_ns=NOON,
        today=TODAY,
        since=TODAY - timedelta(weeks=12),
        known=knowledge(),
        inventory=inventory(walks, shoes, person, TODAY),
        engine="0.1.0+abc",
        walks=walks,
        shoes=shoes,
        **(usual | changed),
    )


def empty() -> Material:
    """Return what a diary without anything holds."""
    nobody = Person()
    return material(
        person=nobody,
        shoes=(),
        checkup=None,
        checked_up_utc_ns=None,
        plan=plan(History(), None, TODAY),
        lights={},
    )


def empty_but(symptoms: tuple[dict, ...]) -> Material:
    """Return what a diary holds in which only symptoms of other programs are."""
    return replace(empty(), symptoms=symptoms)


def full(**changed) -> Material:
    """Return what a diary of some weeks holds."""
    usual = {
        "reason": "It hurts after twenty minutes.",
        "questions": ("May I go on?",),
        "routines": (DoneOn(TODAY, "Easy moves", "fine"),),
    }
    return material([walk(number) for number in range(1, 30, 2)], **(usual | changed))


CASES = {"empty": empty, "one walk": lambda: material([walk(1)]), "weeks": full}


@pytest.fixture(params=CASES, ids=lambda name: name)
def visit(request):
    """Return the report of an empty diary, of one walk, and of some weeks."""
    return visit_report(CASES[request.param]())


def texts(visit) -> list[str]:
    """Return every sentence, point and cell of page one."""
    found = []
    for place in PLACES:
        section = visit.first[place]
        found += [section.title, *section.sentences, *section.points]
        found += [cell for row in section.table.rows for cell in row] if section.table else []
    return [text for text in found if text]


def plain(text: str) -> str:
    """Return a text in which no line break or hidden space matters."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def page_text(page: str) -> str:
    """Return what a page says."""
    body = page.partition("</style>")[2]
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", body)))


def letters(text: str) -> str:
    """Return only what is no space: a PDF breaks lines, and a line break may hide a space."""
    return re.sub(r"[\s\u00ad–-]+", "", text)


def pdf_pages(pdf: bytes) -> list[str]:
    """Return what each page of a PDF says, as an independent reader has it."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def pdf_text(pdf: bytes) -> str:
    """Return what a PDF says."""
    return "\n".join(pdf_pages(pdf))


# ------------------------------------------------------------------------- the same everywhere


def test_the_page_says_what_the_model_says(visit):
    """Every sentence and number of page one stands on the HTML page."""
    page = page_text(render_page(visit))
    missing = [text for text in texts(visit) if plain(text) not in page]

    assert [] == missing


def test_the_text_says_what_the_model_says(visit):
    """Every sentence and number of page one stands in the plain text, titles in capitals."""
    said = plain(render_text(visit)).casefold()
    missing = [text for text in texts(visit) if plain(text).casefold() not in said]

    assert [] == missing


def test_the_pdf_says_what_the_model_says(visit):
    """Every sentence and number of page one stands in the PDF; the weeks as a table behind it."""
    said = letters(pdf_text(render_pdf(visit)))
    missing = [text for text in texts(visit) if letters(text) not in said]

    assert [] == missing


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_page_one_is_one_page(visit, paper):
    """Page one ends with its last part, and page two begins with what follows."""
    pdf = render_pdf(visit, paper)
    first, second = map(letters, pdf_pages(pdf)[:2])
    last = visit.first["questions"]

    assert letters((last.points or last.sentences)[-1]) in first
    assert letters("For who wants more") in second
    assert letters("For who wants more") not in first


def test_every_value_is_in_the_table_and_in_the_bundle(visit):
    """CSV and FHIR hold the numbers of the model, to the last digit."""
    rows = list(csv.DictReader(io.StringIO(render_csv(visit))))
    told = [one for one in visit.values if one.value is not None]
    observed = [
        entry["resource"]["valueQuantity"]["value"]
        for entry in bundle(visit)["entry"]
        if "valueQuantity" in entry["resource"]
    ]

    assert len(visit.values) == len(rows)
    assert [one.value for one in told] == [float(row["value"]) for row in rows if row["value"]]
    assert [one.value for one in told if one.group != "week"] == observed


def test_the_same_diary_gives_the_same_bytes():
    """Nothing in any renderer depends on the clock or on chance."""
    for render in (render_page, render_text, render_csv, render_bundle, render_pdf):
        one, other = (render(visit_report(full())) for _ in range(2))
        assert one == other, render.__name__


def test_the_document_is_plain_json(visit):
    """The document survives being written and read."""
    document = visit.document()

    assert document == json.loads(json.dumps(document, allow_nan=False))
    assert document["knowledge_hash"] == knowledge().hash


# ------------------------------------------------------------------------------ what it has to say


def test_it_says_what_it_is_not_and_what_it_rests_on(visit):
    """Each medium names the knowledge, its hash, the engine, the day, and that nobody reviewed."""
    wanted = (
        *knowledge().wording["limits"],
        knowledge().version,
        knowledge().hash[:12],
        "0.1.0+abc",
        "20 November 2026",
        "reviewed by: nobody yet",
    )
    for said in (page_text(render_page(visit)), plain(render_text(visit))):
        assert [] == [one for one in wanted if one not in said]


def test_an_empty_diary_says_what_is_absent_and_why():
    """Each part of page one says that there is nothing, and nothing stands there as 0."""
    visit = visit_report(empty())
    said = render_text(visit)

    assert all(visit.first[place].says_something for place in PLACES)
    assert visit.picture is None
    assert () == visit.values
    assert "No check-up was done yet" in said
    assert "No walk was measured" in said
    assert "evenstride report" not in said
    assert "evenstride report --reason" in str(visit_sheet(visit))


def test_no_part_of_it_tells_the_reader_what_to_type(visit):
    """Whoever reads it at a practice has no use for commands."""
    page = page_text(render_page(visit))

    assert [] == re.findall(r"evenstride (?!is not|informs|\d)[a-z]+", page)


def test_numbers_of_two_walks_are_not_told_as_those_of_one():
    """Each walk is named with its sensor and place, and each number with its day."""
    lean = {"pitch_deg": walk(1).measures["pitch_deg"]}
    rest = {name: one for name, one in walk(1).measures.items() if name not in lean}
    newest = walk(1, measures=rest, placement="pocket")
    section = walking_section(material([walk(3, measures=lean), newest]))
    said = " ".join(section.sentences)
    titles = [row[0] for row in section.table.rows]

    assert ("pocket" in said, "lower back" in said) == (True, True)
    assert {day_said(TODAY - timedelta(days=back)) for back in (1, 3)} == {
        title.rpartition(", ")[2] for title in titles
    }


def test_absent_measures_keep_their_reason():
    """What could not be measured has no number, and says why."""
    visit = visit_report(material([walk(1)]))
    lost = next(one for one in visit.values if one.name == "step_length_m")
    resource = next(
        entry["resource"]
        for entry in bundle(visit)["entry"]
        if entry["resource"].get("code", {}).get("text") == lost.title
    )

    assert (None, "There was no height.") == (lost.value, lost.reason)
    assert "dataAbsentReason" in resource
    assert "valueQuantity" not in resource
    assert "There was no height." in page_text(render_page(visit))


def test_an_emergency_shows_no_pattern():
    """When help is needed today, the page says so, and nothing is said to resemble anything."""
    found = check_up(calm() | {"saddle_numb": True})
    assert found.triage.today, found.triage.level
    visit = visit_report(full(checkup=found))

    assert visit.alarm
    assert 'class="part alarm"' in render_page(visit)
    assert found.triage.says == visit.first["checkup"].sentences[0]
    assert found.triage.does in visit.first["checkup"].sentences
    assert () == visit.first["resembles"].points


def test_what_a_phone_noted_since_the_check_up_stands_with_the_warning_signs():
    """A possible warning sign is on page one, with a check-up and without."""
    for case in (full, empty):
        visit = visit_report(replace(case(), concern=("Your phone noted fever.",)))

        assert "Your phone noted fever." in visit.first["checkup"].sentences


def test_months_of_a_phone_have_their_units():
    """Medians of steps a day and of speed are observations of a month, with quartiles."""
    phone = Device("Some phone", "", "phone")
    month = date(2026, 10, 1)
    months = (
        MonthOf("steps_a_day", phone, month, 4000.0, 3000.0, 5000.0, 30),
        MonthOf("walking_speed_m_s", phone, month, 1.1, 1.0, 1.2, 90),
        MonthOf("step_length_m", phone, month, None, None, None, 2),
    )
    visit = visit_report(full(months=months))
    found = [one for one in visit.values if one.group == "month"]

    assert ["steps", "m/s", "m"] == [one.unit for one in found]
    assert [4000.0, 1.1, None] == [one.value for one in found]
    assert "too few values" in found[-1].reason
    assert [] == fhirkit.validate(render_bundle(visit))
    assert '"effectiveDateTime": "2026-10"' in render_bundle(visit)


SYMPTOMS = (
    ("back_pain", 6.0, None),
    ("fever", None, "moderate"),
    ("chest_tightness_or_pain", None, "present"),
    ("headache", None, "none"),
)


def noted(what: str, rating: float | None, severity: str | None) -> dict:
    """Return a symptom as the diary keeps it."""
    start = Start(NOON - 2 * DAY_NS, 0, "Europe/London", "recorded")
    device = Device("Some phone", "", "phone")
    return asdict(Entry(what, start, start.utc_ns, rating, severity, "", device))


def test_symptoms_of_other_programs_are_in_the_table_and_in_the_bundle():
    """A number stays a number, a word stays a word; only what was checked has a SNOMED code."""
    visit = visit_report(full(symptoms=tuple(noted(*one) for one in SYMPTOMS)))
    rows = [row for row in csv.reader(io.StringIO(render_csv(visit))) if row[0] == "symptom"]
    found = {
        entry["resource"]["code"]["coding"][-1]["code"]: entry["resource"]
        for entry in bundle(visit)["entry"]
        if entry["resource"].get("device") == {"display": "Some phone"}
    }
    systems = {
        name: [coding["system"] for coding in one["code"]["coding"]] for name, one in found.items()
    }

    assert [
        ("back_pain_rating", "6.0"),
        ("fever", "moderate"),
        ("chest_tightness_or_pain", "present"),
        ("headache", "none"),
    ] == [(row[1], row[3]) for row in rows]
    assert 6.0 == found["back-pain-rating"]["valueQuantity"]["value"]
    assert "Moderate" == found["fever"]["valueCodeableConcept"]["text"]
    assert found["chest-tightness-or-pain"]["valueBoolean"] is True
    assert found["headache"]["valueBoolean"] is False
    assert ["urn:evenstride:report:value"] == systems["chest-tightness-or-pain"]
    assert "http://snomed.info/sct" == systems["fever"][0]
    assert [] == fhirkit.validate(render_bundle(visit))


def test_new_numbness_stands_with_the_warning_signs_and_among_the_numbers():
    """What was told of a walk is not lost: on page one, in the table, and in the bundle."""
    walks = [walk(1, new_numbness=True, reach="calf", minutes_to_rise=12.0), walk(3)]
    visit = visit_report(material(walks))
    rows = {row["name"]: row["value"] for row in csv.DictReader(io.StringIO(render_csv(visit)))}
    numb = next(
        entry["resource"]
        for entry in bundle(visit)["entry"]
        if entry["resource"].get("code", {}).get("text") == "New numbness or weakness"
    )

    assert "19 November 2026" in " ".join(visit.first["checkup"].sentences)
    assert ("true", "calf", "12.0") == tuple(
        rows[name] for name in ("new_numbness", "reach", "minutes_to_rise")
    )
    assert numb["valueBoolean"] is True
    assert [] == fhirkit.validate(render_bundle(visit))


def test_no_pattern_has_a_percentage():
    """Patterns are told in words, with where each weight comes from."""
    found = check_up(calm() | {"bend_back_worse": True, "bend_fwd_relieves": True})
    section = visit_report(full(checkup=found)).first["resembles"]

    assert section.points
    assert "%" not in " ".join((*section.sentences, *section.points))


def test_imperial_units_are_shown_and_si_is_kept():
    """Screens speak miles and feet; the table and the bundle stay in SI units."""
    person = Person("Ann", 1980, 1.7, 70.0, "Europe/London", "imperial")
    imperial, metric = (
        visit_report(full(person=p)) for p in (person, replace(person, units="metric"))
    )
    page = page_text(render_page(imperial))

    assert "5 ft 7 in" in page
    assert "154 lb" in page
    assert "mph" in page
    assert "m/s" not in " ".join(texts(imperial))
    assert render_csv(metric) == render_csv(imperial)


def test_a_simulated_diary_says_so_on_every_page():
    """The mark stands on each page of the PDF, and on each resource of the bundle."""
    visit = visit_report(full(simulated=True))
    pdf = render_pdf(visit)
    pages = pdf_pages(pdf)
    tags = [entry["resource"]["meta"]["tag"][0]["code"] for entry in bundle(visit)["entry"]]

    assert len(pages) > 1
    assert all(letters(visit.mark) in letters(page) for page in pages)
    assert {"HTEST"} == set(tags)
    assert visit.mark in render_text(visit)
    assert 2 == page_text(render_page(visit)).count(visit.mark)
    assert {"true"} == {row["simulated"] for row in csv.DictReader(io.StringIO(render_csv(visit)))}


# --------------------------------------------------------------------------------- the media


def test_the_bundle_follows_the_r4_definitions(visit):
    """An independent reader, made from the official R4 definitions, finds nothing wrong."""
    assert [] == fhirkit.validate(render_bundle(visit))


def test_the_bundle_claims_no_code_that_was_not_checked(visit):
    """LOINC stands only where it was looked up; every other code is of a system of our own."""
    checked = {"55423-8", "55411-3", "8302-2", "29463-7", "29299-5", "72514-3"}
    codings = [
        coding
        for entry in bundle(visit)["entry"]
        for coding in entry["resource"].get("code", {}).get("coding", [])
    ]
    loinc = {one["code"] for one in codings if one["system"] == "http://loinc.org"}

    assert loinc <= checked
    assert {one["system"] for one in codings} <= {"http://loinc.org", "urn:evenstride:report:value"}


def test_symptoms_claim_no_code_that_was_not_checked():
    """SNOMED stands only where a name means the same; two things at once have words alone."""
    checked = {
        "back_pain": "279039007",
        "pelvic_pain": "30473006",
        "bladder_incontinence": "165232002",
        "fever": "386661006",
        "fainting": "271594007",
        "shortness_of_breath": "267036007",
        "fatigue": "84229001",
        "headache": "25064002",
    }
    others = ("chest_tightness_or_pain", "body_ache", "abdominal_cramps", "breast_pain")
    symptoms = tuple(noted(name, None, "mild") for name in (*checked, *others))
    found = {}
    for entry in bundle(visit_report(empty_but(symptoms)))["entry"]:
        codings = entry["resource"].get("code", {}).get("coding", [])
        if codings:
            ours = codings[-1]["code"].replace("-", "_")
            found[ours] = [one["code"] for one in codings[:-1]]

    assert {name: [code] for name, code in checked.items()} | {name: [] for name in others} == found


def test_references_of_the_bundle_lead_somewhere(visit):
    """Every subject is an entry, and no two entries share a name."""
    entries = bundle(visit)["entry"]
    names = [entry["fullUrl"] for entry in entries]
    subjects = {
        e["resource"]["subject"]["reference"] for e in entries if "subject" in e["resource"]
    }

    assert len(set(names)) == len(names)
    assert subjects <= {names[0]}
    assert "Patient" == entries[0]["resource"]["resourceType"]


def test_the_pdf_is_tagged(visit):
    """It says that it is PDF/UA-1, its language and title, and has headings, lists and tables."""
    reader = PdfReader(io.BytesIO(render_pdf(visit)))
    root = reader.root_object
    tags = set(structure(root["/StructTreeRoot"]))

    assert root["/MarkInfo"]["/Marked"]
    assert "en-GB" == root["/Lang"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title.startswith(visit.title)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/Document", "/H1", "/H2", "/H3", "/P"} <= tags
    assert not visit.picture or {"/Figure", "/Table", "/TH", "/TD", "/L", "/LI"} <= tags


def structure(node):
    """Yield the kind of every part of a tree of structure; a picture must say what it shows."""
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from structure(part)
    elif isinstance(node, dict):
        if node.get("/S") == "/Figure":
            assert node["/Alt"]
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from structure(node["/K"])


def test_the_page_needs_nothing_from_elsewhere(visit):
    """No script, no address that is loaded, and a policy that forbids both."""
    page = render_page(visit)

    assert "<script" not in page
    assert not re.search(r'\b(src|href)="(?!#)', page)
    assert "default-src 'none'" in page


def test_the_picture_alone_is_whole_xml(visit):
    """The picture for the PDF parses by itself."""
    from xml.etree import ElementTree as ET

    if visit.picture is not None:
        assert ET.fromstring(weeks_plot_alone(visit.picture)).tag.endswith("svg")  # noqa: S314


# ------------------------------------------------------------------------------ hostile words


def hostile(text: str) -> Material:
    """Return a diary in which a text stands wherever a person can write."""
    person = Person(text[:60], 1980, 1.7, 70.0, "Europe/London")
    return material(
        [walk(1, note=text, shoe="old")],
        person=person,
        shoes=(Shoe("old", text[:60]),),
        reason=text,
        questions=(text,),
        routines=(DoneOn(TODAY, text, ""),),
    )


def test_hostile_words_stay_words():
    """Words that look like markup or code are shown as they are, in every medium."""
    visit = visit_report(hostile(HOSTILE))
    page = render_page(visit)

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "\x1b" not in render_text(visit)
    assert [] == fhirkit.validate(render_bundle(visit))
    assert letters('#read("/etc/passwd") $x$ *b*') in letters(pdf_text(render_pdf(visit)))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign):
    """A cell that a spreadsheet would calculate is a text; numbers stay numbers."""
    visit = visit_report(hostile(f"{sign}1+1"))
    changed = replace(visit, values=tuple(replace(one, title=f"{sign}x") for one in visit.values))
    rows = list(csv.reader(io.StringIO(render_csv(changed), newline="")))
    signed = [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]

    assert [] == [cell for cell in signed if not re.fullmatch(r"-\d+\.\d+(e-\d+)?", cell)]
    assert len({len(row) for row in rows}) == 1


def test_letters_that_no_font_has_do_not_stop_the_pdf():
    """A sign that cannot be printed is replaced, the rest stays, and the PDF says so."""
    said = letters(pdf_text(render_pdf(visit_report(hostile("Knie \u6f22 schmerzt \u06fa\u0301")))))

    assert "Knie" in said
    assert "schmerzt" in said
    assert letters("Some letters could not be printed here.") in said


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_words_can_be_printed(text):
    """Whatever a person writes, there is a page, a PDF and a valid bundle."""
    visit = visit_report(hostile(text))

    assert render_page(visit).endswith("</html>\n") or render_page(visit).endswith("</html>")
    assert render_pdf(visit).startswith(b"%PDF-")
    assert [] == fhirkit.validate(render_bundle(visit))


def test_the_longest_words_still_fit_on_page_one():
    """The longest reason and questions do not push page one over its end."""
    visit = visit_report(full(reason="Walking hurts " * 21, questions=("Is it so? " * 14,) * 5))
    pdf = render_pdf(visit)

    first, second = map(letters, pdf_pages(pdf)[:2])

    assert letters("For who wants more") in second
    assert letters("For who wants more") not in first
