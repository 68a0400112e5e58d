"""The JSON Schema of a project file, from the same tables that check it. `python -m pso_core.actions.project_schema` prints it."""

from __future__ import annotations

import json
import sys
from typing import Any

from pso_core.actions.people import LONGEST_NAME
from pso_core.actions.project_file import FORMAT, VERSION
from pso_core.steps import KINDS, Field, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
ENTITY_ID: Schema = {"type": "string", "maxLength": 100}
POSITIVE: Schema = {"type": "integer", "minimum": 1}
TEXT: Schema = {"type": "string"}


def schema() -> Schema:
    """What any standard's project file looks like; which choices there are, the standard's own files say."""
    plain = _object(_head(), rows={"type": "array", "items": _ref("row")})
    with_history = _object(_head(), history={"type": "array", "items": _ref("change"), "minItems": 1}, digest=DIGEST)
    return {
        "$schema": DIALECT,
        "$id": f"urn:{FORMAT}:{VERSION}",
        "oneOf": [plain, with_history],
        "$defs": {"person": _person(), "row": _row(), "change": _change(), "changed_row": _changed_row(), "redaction": _redaction(), **_bodies()},
    }


def schema_text() -> str:
    return json.dumps(schema(), indent=2, sort_keys=True) + "\n"


def _head() -> Schema:
    return {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "standard": TEXT,
        "people": {"type": "array", "items": _ref("person")},
    }


def _person() -> Schema:
    text = {"type": "string", "maxLength": LONGEST_NAME}
    return _object({"id": {"type": "string", "pattern": "^[A-Za-z0-9_.:@-]{1,60}$"}, "name": text, "position": text, "division": text})


def _row() -> Schema:
    return {**_object({"id": ENTITY_ID, "kind": {"enum": sorted(KINDS)}, "body": {"type": "object"}}), "allOf": _body_by_kind()}


def _change() -> Schema:
    required = {
        "seq": POSITIVE,
        "occurred_at": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"},
        "person_id": TEXT,
        "action": TEXT,
        "session_id": TEXT,
        "reason": TEXT,
        "rows": {"type": "array", "items": _ref("changed_row")},
        "digest": DIGEST,
    }
    return _object(required, optional={"redactions": {"type": "array", "items": _ref("redaction")}})


def _changed_row() -> Schema:
    required = {
        "id": ENTITY_ID,
        "kind": {"enum": sorted(KINDS)},
        "revision": POSITIVE,
        "removed": {"type": "boolean"},
        "body": {"type": ["object", "null"]},
    }
    return {**_object(required, optional={"redacted": DIGEST}), "allOf": _body_by_kind()}


def _redaction() -> Schema:
    return _object({"id": ENTITY_ID, "revision": POSITIVE})


def _body_by_kind() -> list[Schema]:
    return [
        {
            "if": {"properties": {"kind": {"const": name}, "body": {"type": "object"}}},
            "then": {"properties": {"body": _ref(f"{name}_body"), "id": {"pattern": _id_pattern(kind)}}},
        }
        for name, kind in KINDS.items()
    ]


def _id_pattern(kind: Kind) -> str:
    return f"^{kind.name}$" if kind.single else f"^{kind.name}:[A-Za-z0-9_/-]+$"


def _bodies() -> Schema:
    return {f"{name}_body": _body(kind) for name, kind in KINDS.items()}


def _body(kind: Kind) -> Schema:
    """Fields that are left out are empty."""
    properties = {field.name: _value(field) for field in kind.fields}
    required = [field.name for field in kind.fields if field.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _value(field: Field) -> Schema:
    found = _BY_TYPE[field.type](field)
    if "enum" in found:
        return found if field.required else {"enum": [*found["enum"], None]}
    return found if field.required or field.type == "levels" else {**found, "type": [found["type"], "null"]}


def _choice(field: Field) -> Schema:
    if field.of == "levels":
        return {"type": "integer", "minimum": 0}
    return TEXT if isinstance(field.of, str) else {"enum": list(field.of)}


def _within(field: Field) -> Schema:
    limits = {"minimum": field.ge, "maximum": field.le}
    return {name: limit for name, limit in limits.items() if limit is not None}


_BY_TYPE = {
    "text": lambda field: {"type": "string", "maxLength": field.limit},
    "whole": lambda field: {"type": "integer", **_within(field)},
    "number": lambda field: {"type": "number", **_within(field)},
    "flag": lambda field: {"type": "boolean"},
    "day": lambda field: {"type": "string", "format": "date"},
    "moment": lambda field: {"type": "string", "format": "date-time"},
    "choice": _choice,
    "reference": lambda field: {"type": "string", "pattern": f"^{field.of}(:|$)"},
    "person": lambda field: TEXT,
    "levels": lambda field: {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
}


def _object(required: Schema, optional: Schema | None = None, **more: Schema) -> Schema:
    required = {**required, **more}
    return {"type": "object", "properties": {**required, **(optional or {})}, "required": sorted(required), "additionalProperties": False}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


if __name__ == "__main__":
    sys.stdout.write(schema_text())
