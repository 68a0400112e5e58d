"""What is compared where there is no password takes the same work as a real one, and lets nobody in."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from pso_core.actions import passwords


@pytest.fixture
def quick_passwords() -> None:
    """Not here: the work is what is tested."""


def test_whoever_has_no_password_is_checked_with_the_same_work_as_everybody():
    of_nobody, real = passwords._NOBODY, passwords.hashed("ข้าวเหนียวมะม่วง", "malee")
    assert of_nobody.rsplit("$", 2)[0] == real.rsplit("$", 2)[0] == "$argon2id$v=19$m=65536,t=3,p=4"  # kind, memory, rounds and lanes
    assert not PasswordHasher().check_needs_rehash(of_nobody)


def test_nobody_comes_in_without_a_hash_not_even_with_the_text_behind_the_stand_in():
    assert not passwords.matches(None, "nobody has this password; checking it takes as long as checking a real one")
    assert not passwords.matches("", "ข้าวเหนียวมะม่วง")
    assert passwords.matches(passwords.hashed("ข้าวเหนียวมะม่วง", "malee"), "ข้าวเหนียวมะม่วง")
