"""A standard: criteria, levels, tiers, plan, checklist and guidance. Loaded from data, never changed while running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in each language: `words["th"]`."""

    th: str
    en: str

    def __getitem__(self, language: str) -> str:
        return {"th": self.th, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. `importance` is what the standard's first user chose, only a suggestion; `subject` is its sub-plan."""

    key: str
    code: str
    name: Words
    short: Words
    question: Words
    evidence_hint: Words
    importance: str
    subject: str
    position: int


@dataclass(frozen=True, slots=True)
class Tier:
    """A group of tasks: its quota in points, and whether its tasks are 'ranked' or all 'equal' unless the team says so."""

    key: str
    quota: int
    name: Words
    mode: str


@dataclass(frozen=True, slots=True)
class ChecklistPart:
    """One part of the submission pack. `computed`: readiness follows from the data; otherwise a person says so."""

    key: str
    computed: bool
    name: Words


@dataclass(frozen=True, slots=True)
class Guide:
    """What a step is for and how to go about it. `notices` always show.

    `days`: its default length in working days. It begins when the step it comes `after` has `overlap` working days left.
    """

    step: str
    days: int
    after: str | None
    overlap: int
    purpose: Words
    guidance: tuple[Words, ...]
    notices: tuple[Words, ...]
    example: Words


@dataclass(frozen=True, slots=True)
class SampleCondition:
    level: int
    text: Words
    evidence: Words | None
    threshold: int | None


@dataclass(frozen=True, slots=True)
class SampleIndicator:
    """A sample to begin from, not the official indicator. One condition per level, lowest first."""

    criterion: str
    name: Words
    method: Words
    unit: Words
    source: Words
    conditions: tuple[SampleCondition, ...]


@dataclass(frozen=True, eq=False)
class Standard:
    """One system of the certification, such as P.S.O. 1101. Equal only to itself: each is loaded once.

    `decision_days`: working days from the request to the certificate, a sample to plan with. `evidence_code`: how codes of evidence are made, of
    {criterion} (its code) and {number}. The lists of keys (`importances` from highest to lowest) are in the standard's order; `names` holds the words for
    each key of each list under the list's name.
    """

    key: str
    code: str
    name: Words
    owner: Words
    regulation: Words
    clause: str
    evidence_code: str
    top_level: int
    certificate_years: int
    decision_days: int
    criteria: tuple[Criterion, ...]
    importances: tuple[str, ...]
    subjects: tuple[str, ...]
    tiers: tuple[Tier, ...]
    sub_plans: tuple[str, ...]
    terms: tuple[str, ...]
    checklist: tuple[ChecklistPart, ...]
    result_groups: tuple[str, ...]
    guides: tuple[Guide, ...]
    sample_indicators: tuple[SampleIndicator, ...]
    names: Mapping[str, Mapping[str | int, Words]]

    @property
    def maximum(self) -> int:
        """The highest total: weights make 100 and every criterion is at the top level."""
        return 100 * self.top_level

    def choices(self, name: str) -> tuple:
        """The keys that a field naming this list may hold; for levels the whole numbers 0 to the top level."""
        return tuple(self.names[name])

    def name_of(self, name: str, key: str | int, language: str) -> str:
        """What the key of a list (criteria, tiers, terms, levels, …) is called."""
        return self.names[name][key][language]

    def criterion(self, key: str) -> Criterion:
        return next(criterion for criterion in self.criteria if criterion.key == key)

    def tier(self, key: str) -> Tier:
        return next(tier for tier in self.tiers if tier.key == key)

    def guide(self, step: str) -> Guide:
        return next(guide for guide in self.guides if guide.step == step)

    def sample_indicators_for(self, criterion: str) -> tuple[SampleIndicator, ...]:
        return tuple(sample for sample in self.sample_indicators if sample.criterion == criterion)
