"""Codes let one device in, once, for a while, and cannot be guessed."""

from evenstride.web.guard.pairing import Pairing

MINUTES = 60.0


class Clock:
    """Stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """Return the moment."""
        return self.now


def wrong(right: str) -> str:
    """Return another code of eight digits."""
    return f"{(int(right) + 1) % 10**8:08}"


def test_a_code_works_once_and_for_ten_minutes():
    """A used code and an old one are wrong."""
    clock = Clock()
    pairing = Pairing(clock)
    code = pairing.new_code()
    assert code == pairing.code()
    assert pairing.accept(f" {code[:4]} {code[4:]} ", "phone")
    assert not pairing.accept(code, "phone")

    code = pairing.new_code()
    clock.now += 10.1 * MINUTES
    assert "" == pairing.code()
    assert not pairing.accept(code, "phone")


def test_a_new_code_ends_the_one_before():
    """One short code is open at a time, so that guessing has one aim."""
    pairing = Pairing()
    first, second = pairing.new_code(), pairing.new_code()

    assert not pairing.accept(first, "phone")
    assert pairing.accept(second, "phone")


def test_who_guesses_is_shut_out_and_others_are_not():
    """After five wrong codes from one address, another one may still pair."""
    pairing = Pairing()
    code = pairing.new_code()
    for _ in range(5):
        assert not pairing.accept(wrong(code), "guest")

    assert pairing.is_closed("guest")
    assert not pairing.accept(code, "guest")
    assert not pairing.is_closed("phone")
    assert pairing.accept(code, "phone")


def test_many_addresses_do_not_make_guessing_easier():
    """After twenty wrong codes from anywhere no short code is taken, for ten minutes."""
    clock = Clock()
    pairing = Pairing(clock)
    code = pairing.new_code()
    for number in range(20):
        assert not pairing.accept(wrong(code), f"guest {number}")
    assert not pairing.accept(code, "phone")

    clock.now += 10.1 * MINUTES
    assert pairing.accept(pairing.new_code(), "phone")


def test_guessing_does_not_keep_this_computer_out():
    """The long code of its own link is taken while short ones are not."""
    pairing = Pairing()
    link, code = pairing.new_link(), pairing.new_code()
    for _ in range(25):
        pairing.accept(wrong(code), "guest")

    assert pairing.accept(link, "guest")
    assert not pairing.accept(link, "guest")


def test_no_odd_text_is_an_error():
    """Surrogates and other scripts are just wrong."""
    pairing = Pairing()
    pairing.new_code()

    assert not pairing.accept("\ud800", "phone")
    assert not pairing.accept("١٢٣٤٥٦٧٨", "phone")
