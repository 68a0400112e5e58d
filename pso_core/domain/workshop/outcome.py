"""What the answers of a round come to: how they are spread, how far they agree, and what they propose. A proposal decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Ballots = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Spread:
    """Where the middle half of the answers lies."""

    lower: Fraction
    median: Fraction
    upper: Fraction


@dataclass(frozen=True)
class Outcome:
    """`counts`: {what it is about: {answer: how many gave it}}; `means` and `spreads`: {what it is about: in points or steps}.

    `proposed`: the value that follows by the stated rule, None where the rule proposes none. `agreement`: "agree", "near",
    "split", or "" where nothing is measured. `reasons`: (answer, why), in an order that tells nothing. `texts`: gathered phrases.
    """

    answered: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    means: Mapping[str, Fraction] = field(default_factory=dict)
    spreads: Mapping[str, Spread] = field(default_factory=dict)
    proposed: Any = None
    agreement: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
