"""Who comes, why, and what they want to ask."""

from __future__ import annotations

from collections.abc import Iterator

from evenstride.checkup.knowledge.spoken import counted
from evenstride.report.amounts import mass_said
from evenstride.report.diary import height_said
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section
from evenstride.report.visit.nouns import Material
from evenstride.report.visit.said import day_said, own_words, words_of

__all__ = ["heading", "questions_section", "who_section"]


def heading(material: Material) -> str:
    """Return for whom the page is, and of which day."""
    words = screen_words("report")
    who = own_words(material.person.alias) or words["nobody"]
    return str(words["for_whom"].format(who=who, day=day_said(material.today)))


def who_section(material: Material) -> Section:
    """Return what is known of the person, why they come, and what the page looks at."""
    words = words_of("who")
    reason = own_words(material.reason)
    why = words["why"].format(reason=reason) if reason else words["no_reason"]
    about = ", ".join(_facts(material))
    says = (why, " ".join(filter(None, (f"{about}." if about else "", _period(material)))))
    return Section(words["title"], says)


def questions_section(material: Material) -> Section:
    """Return what the person wants to ask."""
    words = words_of("questions")
    asked = tuple(map(own_words, material.questions))
    return Section(words["title"], () if asked else (words["none"],), asked)


def _facts(material: Material) -> Iterator[str]:
    person = material.person
    if person.birth_year is not None:
        age = material.today.year - person.birth_year
        yield words_of("who")["age"].format(low=age - 1, high=age).capitalize()
    if person.height_m is not None:
        yield height_said(person.height_m, person.units)
    if person.mass_kg is not None:
        yield mass_said(person.mass_kg, person.units)


def _period(material: Material) -> str:
    words = words_of("who")
    walks = [walk for walk in material.walks if walk.is_walk]
    if not walks:
        return str(words["no_walks"].format(since=day_said(material.since)))
    return str(
        words["period"].format(
            walks=counted(len(walks), "walk"),
            first=day_said(walks[0].day),
            last=day_said(walks[-1].day),
        )
    )
