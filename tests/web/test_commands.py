"""Where the words name a command, a page shows a link to the screen that does the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import evenstride
from evenstride.web.commands import ADDRESSES, Piece, pieces

SOURCE = Path(evenstride.__file__).parent
NAMED = re.compile(r"evenstride (?:checkup|log|today|plan|routine|factors|trial|history|report)\b")


def texts(value: object) -> Iterator[str]:
    """Yield every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def words() -> list[str]:
    """Return every text of the knowledge that names a command."""
    files = [*SOURCE.glob("knowledge/*.yaml"), *SOURCE.glob("knowledge/screens/*.yaml")]
    documents = [yaml.safe_load(file.read_text("utf-8")) for file in files]
    return sorted({one for document in documents for one in texts(document) if NAMED.search(one)})


@pytest.mark.parametrize("sentence", words())
def test_no_sentence_of_the_knowledge_shows_a_command_on_a_page(sentence):
    """Every command that the words name is a link, with its options inside it."""
    filled = sentence.format_map(Filled())
    shown = " ".join(piece.text for piece in pieces(filled))

    assert any(piece.address for piece in pieces(filled))
    assert not NAMED.search(shown)
    assert "--" not in shown


GAPS = {
    "walk": " --walk 2026-05-01T1730",
    "shoes": ' --shoes "old boots"',
    "option": "--worst 3",
    **dict.fromkeys(("a", "b", "other"), '"old boots"'),
}


class Filled(dict):
    """Fills the gaps of a sentence with what the program might put there."""

    def __missing__(self, name: str) -> str:
        return GAPS.get(name, "something")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "How is your back? evenstride log --walk 2026-05-01T1730-2 --morning 2",
            [
                Piece("How is your back?"),
                Piece("", "log", "/walks/2026-05-01T1730-2/pain?when=next_morning"),
            ],
        ),
        ("Note one: evenstride log", [Piece("Note one:"), Piece("", "log", "/walks/new")]),
        (
            'Try it: evenstride trial new --try shoes --a "old boots" --b "new ones"',
            [
                Piece("Try it:"),
                Piece(
                    "",
                    "trial new",
                    "/experiments/new?what-1=shoes&a-1=old+boots&b-1=new+ones",
                ),
            ],
        ),
        (
            "All about one of them: evenstride factors posture, rhythm",
            [
                Piece("All about one of them:"),
                Piece("", "factors", "/factors/posture"),
                Piece(", rhythm"),
            ],
        ),
        ("evenstride informs. It helps.", [Piece("evenstride informs. It helps.")]),
    ],
)
def test_a_command_leads_to_its_screen(sentence, expected):
    """The walk, the rating and the things to compare are carried over into the address."""
    assert expected == list(pieces(sentence))


@given(st.text(), st.sampled_from(sorted(ADDRESSES)), st.text())
def test_an_address_stays_within_the_app(before, name, after):
    """Whatever stands around a command, the link begins with one slash and holds no blank."""
    for piece in pieces(f"{before} evenstride {name} {after}"):
        if piece.address:
            assert re.match(r"/[a-z]", piece.address)
            assert not re.search(r"\s", piece.address)


@given(st.text())
def test_words_without_a_command_stay_as_they_are(text):
    """Nothing is lost or added where no command is named."""
    if "evenstride " not in text:
        assert text.strip(" .") == "".join(piece.text for piece in pieces(text)).strip(" .")
