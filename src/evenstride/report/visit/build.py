"""What the diary holds -> the page for a visit: pure, without a word about the medium."""

from __future__ import annotations

from evenstride.plan import Plan
from evenstride.report.checkup import version_line
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section
from evenstride.report.visit.more import more_sections
from evenstride.report.visit.nouns import Material, Place, Visit
from evenstride.report.visit.said import day_said
from evenstride.report.visit.tried import trials_section
from evenstride.report.visit.values import values_of
from evenstride.report.visit.walking import walking_section
from evenstride.report.visit.warning import checkup_section, resembles_section
from evenstride.report.visit.weeks import week_points, weeks_picture, weeks_section
from evenstride.report.visit.who import heading, questions_section, who_section

__all__ = ["visit_report"]


def visit_report(material: Material) -> Visit:
    """Put everything that the page says into words and rounded numbers."""
    words = screen_words("report")
    first: dict[Place, Section] = {
        "who": who_section(material),
        "checkup": checkup_section(material),
        "resembles": resembles_section(material),
        "weeks": weeks_section(material),
        "walking": walking_section(material),
        "trials": trials_section(material),
        "questions": questions_section(material),
    }
    return Visit(
        title=words["title"],
        subtitle=words["subtitle"],
        heading=heading(material),
        first={place: section.in_own_words() for place, section in first.items()},
        picture=weeks_picture(week_points(material.walks, material.lights), material.plan),
        more=tuple(section.in_own_words() for section in more_sections(material)),
        footer=_footer(material),
        alarm=material.checkup is not None and material.checkup.triage.today,
        mark=screen_words("diary")["simulated"] if material.simulated else "",
        values=values_of(material),
        material=material,
    )


def _footer(material: Material) -> tuple[str, ...]:
    words, known = screen_words("report"), material.known
    plan = material.plan.knowledge_version if isinstance(material.plan, Plan) else "-"
    others = words["knowledge"].format(plan=plan, factors=material.inventory.knowledge_version)
    made = words["made"].format(day=day_said(material.today), engine=material.engine)
    return (*known.wording["limits"], f"{version_line(known)} {others} {made}")
