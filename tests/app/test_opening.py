"""Before anything is promised, the diary is opened once."""

from contextvars import copy_context

import pytest

from evenstride.app.opening import make_sure_it_opens
from evenstride.app.passphrase import ask_with, passphrase_of
from evenstride.diary import encrypt
from evenstride.errors import DiaryError

PHRASE = "correct horse battery"


def test_a_passphrase_is_asked_for_at_once_and_remembered(tmp_path):
    """What is opened later asks nobody."""
    make_sure_it_opens(tmp_path)
    encrypt(tmp_path, PHRASE)
    asked = []

    def ask():
        asked.append(True)
        return PHRASE

    def opened():
        ask_with(ask)
        make_sure_it_opens(tmp_path)
        return passphrase_of(tmp_path)

    assert PHRASE == copy_context().run(opened)
    assert [True] == asked


def test_a_diary_that_is_encrypted_meanwhile_asks_nobody(tmp_path):
    """Nobody may be at the terminal of a server: its pages say what to do, and do not hang."""

    def encrypted_meanwhile():
        ask_with(lambda: pytest.fail("somebody was asked"))
        make_sure_it_opens(tmp_path)
        encrypt(tmp_path, PHRASE)
        passphrase_of(tmp_path)

    with pytest.raises(DiaryError, match="nobody can be asked"):
        copy_context().run(encrypted_meanwhile)
