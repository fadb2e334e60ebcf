"""Commands that take the diary out, put it back, or remove it."""

from __future__ import annotations

from pathlib import Path

import click

from evenstride.cli.boundary import say
from evenstride.cli.group import main
from evenstride.cli.options import own_options
from evenstride.cli.output import show

__all__ = ["backup", "decrypt", "encrypt", "erase", "export", "passphrase", "restore"]


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@own_options
def export(folder: Path | None, home: Path | None, *, as_json: bool) -> None:
    """Write everything in your diary as CSV and JSON into FOLDER."""
    from evenstride.app.keeping import export_diary

    show(export_diary(home, folder), as_json=as_json)


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@own_options
def backup(folder: Path | None, home: Path | None, *, as_json: bool) -> None:
    """Copy your diary with its recordings into FOLDER."""
    from evenstride.app.keeping import back_up_diary

    show(back_up_diary(home, folder), as_json=as_json)


@main.command()
@click.argument("backup", type=click.Path(path_type=Path))
@click.option(
    "--without-damaged", is_flag=True, help="Go on without recordings that are missing or damaged."
)
@own_options
def restore(backup: Path, home: Path | None, *, without_damaged: bool, as_json: bool) -> None:
    """Put BACKUP in the place of your diary, which is kept aside."""
    from evenstride.app.keeping import restore_diary

    show(restore_diary(home, backup, without_damaged=without_damaged), as_json=as_json)


@main.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@own_options
def erase(home: Path | None, *, yes: bool, as_json: bool) -> None:
    """Remove your diary, its recordings and the backups in its folder."""
    from evenstride.app.keeping import erasable, erase_diary, erase_words

    found, words = erasable(home), erase_words()
    if found.document["files"] and not yes:
        say(found.sheet.headline)
        answer: str = click.prompt(words.ask, default="", show_default=False, err=True)
        if answer.strip().lower() != words.word:
            say(words.left)
            return
    show(erase_diary(home), as_json=as_json)


@main.command()
@own_options
def encrypt(home: Path | None, *, as_json: bool) -> None:
    """Encrypt your diary with a passphrase."""
    from evenstride.app.locking import lock

    show(lock(home, _new_passphrase()), as_json=as_json)


@main.command()
@own_options
def decrypt(home: Path | None, *, as_json: bool) -> None:
    """Make an encrypted diary plain again."""
    from evenstride.app.locking import unlock

    show(unlock(home), as_json=as_json)


@main.command()
@own_options
def passphrase(home: Path | None, *, as_json: bool) -> None:
    """Change the passphrase of an encrypted diary."""
    from evenstride.app.locking import change

    show(change(home, _new_passphrase()), as_json=as_json)


def _new_passphrase() -> str:
    from evenstride.app.locking import lock_words

    words = lock_words()
    say(words.forgotten)
    typed: str = click.prompt(words.ask_new, hide_input=True, confirmation_prompt=True, err=True)
    return typed
