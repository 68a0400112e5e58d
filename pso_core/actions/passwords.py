"""Passwords: what may be one, and whether one is right. Only argon2 hashes are ever kept."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from pso_core.errors import PsoError

SHORTEST, LONGEST = 10, 200
_AT_ONCE = threading.BoundedSemaphore(2)  # each takes 64 MB: a hall signing in together must queue, not swap
_hasher = PasswordHasher()
# A hash of nothing that anybody has typed: checking it takes as long as checking a real one. Made once and not at every start, which took a third of a second.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$xT/EESJkmpBeQKqbAQiJmw$GnRO8nb8OCONMoxFu43gRtxwoF7cEwV3+vtaNmrP4Ks"


def hashed(password: str, login: str) -> str:
    """The hash to keep. Refuses password_short (least), password_long (most), password_is_login."""
    password = _same_spelling(password)
    if len(password) < SHORTEST:
        raise PsoError("password_short", least=SHORTEST)
    if len(password) > LONGEST:
        raise PsoError("password_long", most=LONGEST)
    if password.casefold() == _same_spelling(login).casefold():
        raise PsoError("password_is_login")
    with _AT_ONCE:
        return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. Without a hash the answer is no, after the same work."""
    with _AT_ONCE:
        try:
            return _hasher.verify(password_hash or _NOBODY, _same_spelling(password)[: LONGEST + 1]) and bool(password_hash)
        except VerifyMismatchError:
            return False


def _same_spelling(text: str) -> str:
    """Keyboards write the same Thai or accented letter in different ways."""
    return unicodedata.normalize("NFC", text)
