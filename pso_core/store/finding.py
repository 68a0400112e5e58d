"""What a check may find wrong with a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """`code` names the sentence `refusals.findings.<code>`; `facts` fill its blanks."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)
