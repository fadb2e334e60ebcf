"""Shoes that an archive names become shoes of the diary."""

from __future__ import annotations

from evenstride.app.own import Own
from evenstride.app.shoes import LONGEST_NAME, new_shoe
from evenstride.report.account import Account

__all__ = ["shoe_of"]


def shoe_of(mine: Own, name: str, account: Account) -> str:
    """Return the id of the pair of this name, which is added if there is none."""
    wanted = " ".join(name.split())[:LONGEST_NAME].strip()
    for shoe in mine.diary.shoes():
        if wanted.casefold() in (shoe.id.casefold(), shoe.name.casefold()):
            return shoe.id
    shoe = new_shoe(mine.diary, wanted)
    account.shoes.append(shoe.name)
    return shoe.id
