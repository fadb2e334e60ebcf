"""Conditions read as words."""

import pytest

from evenstride.checkup.knowledge import knowledge
from evenstride.checkup.logic import atoms, parse
from evenstride.checkup.words import atom_in_words, in_words


@pytest.fixture(scope="module")
def known():
    """The knowledge that is shipped."""
    return knowledge()


def words(data, known):
    """Return a condition of a knowledge file in words."""
    return in_words(parse(data), known)


def test_a_yes_is_the_statement(known):
    """A yes reads as its question's statement, without the full stop."""
    expected = known.findings["fever"].if_true.removesuffix(".")

    assert expected == words({"f": "fever", "is": True}, known)


def test_choices_are_joined(known):
    """Several values of one question read as alternatives."""
    one, both = (known.findings["leg_numb"].values[v].says for v in ("one", "both"))
    expected = f"{one.removesuffix('.')}; or: {both.removesuffix('.')}"

    assert expected == words({"f": "leg_numb", "in": ["one", "both"]}, known)


def test_bounds_have_units(known):
    """A bound names what is measured, and its unit."""
    age = known.findings["age"].clinical

    assert f"{age}: at least 50 years" == words({"f": "age", "gte": 50}, known)
    assert f"{age}: less than 45 years" == words({"f": "age", "lt": 45}, known)


def test_not_sure_is_said(known):
    """A rule on "not sure" says so; a yes counts too."""
    yes = known.findings["saddle_numb"].if_true.removesuffix(".")

    assert f"{yes}, or this is not sure" == words({"f": "saddle_numb", "not_sure": True}, known)


def test_parts_are_lines(known):
    """Nested conditions are nested lists; a list of one is its member."""
    fever, ill, drugs = ({"f": name, "is": True} for name in ("fever", "very_unwell", "iv_drugs"))
    of = {"n": 2, "of": [fever, ill, drugs]}
    condition = {"all": [fever, {"any": [ill, drugs]}, {"at_least": of}, {"any": [ill]}]}
    a, b, c = (words(part, known) for part in (fever, ill, drugs))

    expected = f"""All of:
- {a}
- Any of:
  - {b}
  - {c}
- At least 2 of:
  - {a}
  - {b}
  - {c}
- {b}"""
    assert expected == words(condition, known)


def test_each_comparison_can_be_marked(known):
    """A page can add a link to every comparison."""
    condition = parse({"any": [{"f": "fever", "is": True}, {"f": "age", "gte": 50}]})
    marked = in_words(condition, known, lambda atom, text: f"{text} [{atom.finding}]")

    assert ["[fever]", "[age]"] == [line.split()[-1] for line in marked.splitlines()[1:]]


def test_everything_that_is_shipped_reads_as_words(known):
    """Every comparison of every rule and cause has words of its own."""
    conditions = [rule.when for rule in known.rules]
    conditions += [feature.when for cause in known.causes for feature in cause.features]
    found = {atom: atom_in_words(atom, known) for c in conditions for atom in atoms(c)}

    assert [] == [atom for atom, text in found.items() if not text.strip()]
    assert len(found) == len(set(found.values()))
