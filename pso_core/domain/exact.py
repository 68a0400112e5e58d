"""Numbers as people wrote them: 12.5 is twenty-five halves, not the nearest binary float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Number = int | float | str | Decimal | Fraction


def exact(number: Number) -> Fraction:
    """The number as an exact fraction; a float is taken by its shortest decimal, so 33.3 is 333/10."""
    return number if isinstance(number, Fraction) else Fraction(str(number))
