"""Standards as they are installed: a folder each under `data/standards`, checked when first used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pso_core.domain.evidence import reading
from pso_core.domain.standard import ChecklistPart, Criterion, Guide, SampleCondition, SampleIndicator, Standard, Tier, Words
from pso_core.errors import DamagedFile, NotFound

FOLDER = Path(__file__).resolve().parents[1] / "data" / "standards"
DEFAULT = "pso1101"
MODES = ("ranked", "equal")
POINTS = 100  # the quotas of the tiers share these
KEY = re.compile("[a-z][a-z0-9_]*")  # keys become parts of entity ids


def available() -> tuple[str, ...]:
    """The keys of the installed standards."""
    return tuple(sorted(file.parent.name for file in FOLDER.glob("*/standard.toml")))


@cache
def load(key: str = DEFAULT) -> Standard:
    """The standard with this key, read once per process. Refuses: standard_unknown, standard_damaged(standard, place)."""
    if key not in available():
        raise NotFound("standard_unknown", standard=str(key)[:40])
    return read(FOLDER / key)


@cache
def read(folder: Path) -> Standard:
    """The standard in this folder. `place` in a refusal is the file and the path inside it."""
    about, plan = Part.file(folder, "standard"), Part.file(folder, "plan")
    importances, subjects = _named(about, "importances"), _named(about, "subjects")
    levels = {level: words for level, words in enumerate(row.words("name") for row in about.parts("levels"))}
    criteria = tuple(
        _criterion(row, position, importances, subjects)
        for position, row in enumerate(Part.file(folder, "criteria").keyed("criterion"), 1)
    )
    checklist = tuple(_checklist_part(row) for row in Part.file(folder, "checklist").keyed("part"))
    tiers = _tiers(Part.file(folder, "tiers"))
    lists = {
        "criteria": _names(criteria), "importances": importances, "subjects": subjects, "levels": levels, "tiers": _names(tiers),
        "sub_plans": _named(plan, "sub_plan"), "terms": _named(plan, "term"),
        "checklist": _names(checklist), "result_groups": _named(about, "result_groups"),
    }  # fmt: skip
    return Standard(
        key=folder.name,
        code=about.text("code"),
        name=about.words("name"),
        owner=about.words("owner"),
        regulation=about.words("regulation"),
        clause=about.text("clause"),
        evidence_code=_pattern(about),
        top_level=len(levels) - 1,
        certificate_years=about.whole("certificate_years", least=1),
        decision_days=about.whole("decision_days"),
        criteria=criteria,
        tiers=tiers,
        checklist=checklist,
        guides=_guides(Part.file(folder, "steps")),
        sample_indicators=tuple(
            _sample(row, _names(criteria), levels) for row in Part.file(folder, "sample_indicators").parts("indicator")
        ),
        names=MappingProxyType({name: MappingProxyType(words) for name, words in lists.items()}),
        **{name: tuple(lists[name]) for name in ("importances", "subjects", "sub_plans", "terms", "result_groups")},
    )


def _pattern(about: Part) -> str:
    """Of codes of evidence: a text with the blanks {criterion} and {number}, each once."""
    pattern = about.text("evidence_code")
    try:
        read = reading(pattern).fullmatch(pattern.format(criterion="1", number=7))
    except (KeyError, IndexError, ValueError) as broken:
        raise about.part("evidence_code").fault() from broken
    if read is None or int(read["number"]) != 7:
        raise about.part("evidence_code").fault()
    return pattern


class Part:
    """A value in a standard's file that knows where it stands, so that a fault in it can be named."""

    def __init__(self, standard: str, place: str, value: Any):
        self.standard, self.place, self.value = standard, place, value

    @classmethod
    def file(cls, folder: Path, name: str) -> Part:
        part = cls(folder.name, f"{name}.toml", None)
        try:
            part.value = tomllib.loads((folder / part.place).read_text("utf-8"))
        except (OSError, ValueError):  # not there, not UTF-8, not TOML
            raise part.fault() from None
        return part

    def fault(self) -> DamagedFile:
        return DamagedFile("standard_damaged", standard=self.standard, place=self.place)

    def has(self, name: str) -> bool:
        return isinstance(self.value, dict) and name in self.value

    def part(self, name: str) -> Part:
        return Part(self.standard, f"{self.place} › {name}", self.value[name] if self.has(name) else None)

    def parts(self, name: str) -> list[Part]:
        """The members of a list, at least one."""
        whole = self.part(name)
        rows = whole.expect(list, lambda rows: len(rows) > 0)
        return [Part(self.standard, f"{whole.place} {number}", row) for number, row in enumerate(rows, 1)]

    def expect(self, kind: type, holds: Callable[[Any], bool] = lambda value: True) -> Any:
        if type(self.value) is not kind or not holds(self.value):
            raise self.fault()
        return self.value

    def keyed(self, name: str, by: str = "key") -> list[Part]:
        """The members of a list whose keys are fit for ids and all different."""
        rows, seen = self.parts(name), set()
        for row in rows:
            key = row.part(by)
            key.expect(str, lambda text: KEY.fullmatch(text) and text not in seen)
            seen.add(key.value)
        return rows

    def text(self, name: str, allowed: Collection[str] | None = None) -> str:
        return self.part(name).expect(str, lambda text: text.strip() and (allowed is None or text in allowed))

    def whole(self, name: str, least: int = 0) -> int:
        return self.part(name).expect(int, lambda number: number >= least)

    def flag(self, name: str) -> bool:
        return self.part(name).expect(bool)

    def words(self, name: str) -> Words:
        part = self.part(name)
        return Words(part.text("th"), part.text("en"))


def _named(source: Part, name: str) -> dict[str, Words]:
    return {row.text("key"): row.words("name") for row in source.keyed(name)}


def _names(things: Sequence[Criterion | Tier | ChecklistPart]) -> dict[str, Words]:
    return {thing.key: thing.name for thing in things}


def _criterion(row: Part, position: int, importances: Collection[str], subjects: Collection[str]) -> Criterion:
    return Criterion(
        key=row.text("key"),
        code=row.text("code"),
        name=row.words("name"),
        short=row.words("short"),
        question=row.words("question"),
        evidence_hint=row.words("evidence_hint"),
        importance=row.text("importance", importances),
        subject=row.text("subject", subjects),
        position=position,
    )


def _tiers(source: Part) -> tuple[Tier, ...]:
    tiers = tuple(
        Tier(row.text("key"), row.whole("quota"), row.words("name"), row.text("mode", MODES)) for row in source.keyed("tier")
    )
    if sum(tier.quota for tier in tiers) != POINTS:
        raise source.part("tier").fault()
    return tiers


def _checklist_part(row: Part) -> ChecklistPart:
    return ChecklistPart(row.text("key"), row.flag("computed"), row.words("name"))


def _guides(source: Part) -> tuple[Guide, ...]:
    """In the file's order; a step comes after one that stands above it, so that no two wait for each other."""
    rows = source.keyed("step", by="step")
    return tuple(_guide(row, [other.part("step").value for other in rows[:place]]) for place, row in enumerate(rows))


def _guide(row: Part, steps: Collection[str]) -> Guide:
    return Guide(
        step=row.text("step"),
        days=row.whole("days", least=1),
        after=row.text("after", steps) if row.has("after") else None,
        overlap=row.whole("overlap") if row.has("overlap") else 0,
        purpose=row.words("purpose"),
        guidance=_texts(row, "guidance"),
        notices=_texts(row, "notices") if row.has("notices") else (),
        example=row.words("example"),
    )


def _texts(row: Part, name: str) -> tuple[Words, ...]:
    return tuple(Words(line.text("th"), line.text("en")) for line in row.parts(name))


def _sample(row: Part, criteria: Collection[str], levels: Mapping[int, Words]) -> SampleIndicator:
    conditions = tuple(_sample_condition(condition) for condition in row.parts("condition"))
    if [condition.level for condition in conditions] != list(levels):
        raise row.part("condition").fault()
    return SampleIndicator(
        criterion=row.text("criterion", criteria),
        name=row.words("name"),
        method=row.words("method"),
        unit=row.words("unit"),
        source=row.words("source"),
        conditions=conditions,
    )


def _sample_condition(row: Part) -> SampleCondition:
    return SampleCondition(
        level=row.whole("level"),
        text=row.words("text"),
        evidence=row.words("evidence") if row.has("evidence") else None,
        threshold=row.whole("threshold") if row.has("threshold") else None,
    )
