"""Which names an agency's Word template may use: declared once, for the data, the page, the guide and the trial before one is taken.

A name is a path: `criteria[].indicators[].level` is a name in each indicator of each criterion. The fields of a kind of
row are called what the program calls them; the rest is listed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pso_core.steps import KINDS
from pso_core.steps.naming import Reader, field_label

EACH = "[]"
ROWS = "rows"  # rows.task and so on: every row of every kind
_MANY, _WITHIN = 10, 3  # items in the lists of a specimen: a template may ask for the third criterion of an empty project


@dataclass(frozen=True, slots=True)
class Group:
    """A record or the items of a list: all fields of a kind, and names of its own."""

    kind: str | None = None
    own: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*(field.name for field in (KINDS[self.kind].told if self.kind else ())), *self.own)


GROUPS: Mapping[str, Group] = MappingProxyType({
    "": Group(own=("title", "today", "change", "digest")),
    "standard": Group(own=("code", "name", "owner", "regulation", "clause")),
    "project": Group("project"),
    "agency": Group("agency"),
    "divisions[]": Group("division"),
    "people[]": Group(own=("name", "position", "division", "role")),
    "vision": Group("vision"),
    "missions[]": Group("mission"),
    "missions[].goals[]": Group("goal"),
    "tiers[]": Group(own=("name", "quota", "points", "mode")),
    "tiers[].tasks[]": Group("task"),
    "totals": Group(own=("round", "current", "percent", "target", "proven", "maximum", "after_plan")),
    "criteria[]": Group(own=("code", "name", "weight", "reason", "current", "target", "weighted", "gap")),
    "criteria[].indicators[]": Group("indicator", ("level", "rationale", "evidence")),
    "criteria[].indicators[].levels[]": Group(own=("level", "text", "evidence", "threshold")),
    "criteria[].indicators[].pieces[]": Group(own=("code", "title", "place", "state", "level")),
    "sub_plans[]": Group(own=("name",)),
    "sub_plans[].activities[]": Group("activity", ("percent", "period")),
    "sub_plans[].activities[].reports[]": Group("progress"),
    "supervisions[]": Group("supervision"),
    "files[]": Group("file"),
    "linkages[]": Group("linkage"),
    "evidence[]": Group("evidence", ("place", "state")),
    "evidence[].supports[]": Group(own=("indicator", "level")),
    "result_groups[]": Group(own=("name",)),
    "result_groups[].results[]": Group("result"),
    "request": Group("request"),
    "audits[]": Group("audit"),
    "audits[].findings[]": Group("finding"),
    "decisions[]": Group("decision"),
    "certificate": Group("certificate", ("left",)),
    "missing[]": Group(own=("step", "gaps[]", "warnings[]")),
})  # fmt: skip


def names(reader: Reader) -> dict[str, str]:
    """{path: what it is, in the reader's language}, in the order of GROUPS; then the kinds under `rows`."""
    found = {}
    for path, group in GROUPS.items():
        if path.endswith(EACH):
            found[path] = reader.say(f"word_template.list.{path.replace(EACH, '')}.each")
        for name in group.names:
            whole = f"{path}.{name}".lstrip(".")
            found[whole] = field_label(reader, group.kind, name) if name not in group.own else reader.say(f"word_template.name.{whole.replace(EACH, '')}")
    return found | {f"{ROWS}.{kind}[]": reader.say(f"fields.{kind}.many") for kind in KINDS}


def specimen() -> dict[str, Any]:
    """Data in which every name is there and every list has items, so that a wrong name is found in whatever part it stands."""
    context = _record("", _MANY)
    context[ROWS] = {kind.name: [dict.fromkeys((field.name for field in kind.told), "1")] * _MANY for kind in KINDS.values()}
    return context


def _record(path: str, many: int) -> dict[str, Any]:
    body: dict[str, Any] = {name.removesuffix(EACH): ["1"] * many if name.endswith(EACH) else "1" for name in GROUPS[path].names}
    for inner in _inside(path):
        name, found = inner.rpartition(".")[2], _record(inner, _WITHIN)
        body[name.removesuffix(EACH)] = [found] * many if name.endswith(EACH) else found
    return body


def _inside(path: str) -> Iterator[str]:
    """The groups that stand right in this one."""
    return (other for other in GROUPS if other and other.rpartition(".")[0] == path)
