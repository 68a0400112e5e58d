"""Taking in files: named fitly, of a type that is taken, what they say they are, and nothing that runs; and handing them out again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pso_core.actions.unpacking import inspect_ole, inspect_zip
from pso_core.domain.file_types import HEAD, MEDIA_TYPES, TYPES, FileType, begins_as, is_macro_name, is_program, is_program_name, type_named
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.store.attachments import KINDS as WITH_CONTENT
from pso_core.text.file_names import uploaded_name

SETTING = "uploads"
LEAST_MEGABYTES, MOST_MEGABYTES, USUAL_MEGABYTES = 1, 200, 50  # the most: server.maxUploadSize in .streamlit/config.toml
MEGABYTE = 2**20
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class UploadRules:
    """What an administrator lets in. `types`: names of TYPES, in their order."""

    largest_megabytes: int = USUAL_MEGABYTES
    types: tuple[str, ...] = tuple(TYPES)

    @property
    def endings(self) -> tuple[str, ...]:
        """All that a name may end with, without the dot."""
        return tuple(ending for name in self.types for ending in TYPES[name].all_endings)


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that was looked at and may be kept."""

    name: str
    media_type: str
    largest_megabytes: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was taken in. `new`: its content was not here, or not whole."""

    name: str
    media_type: str
    bytes: int
    sha256: str
    new: bool


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to hand out, looked at: its content is what was attached."""

    name: str
    media_type: str
    path: Path


def received(office: Office, name: str, source: BinaryIO, only: str | None = None) -> Upload:
    """Keep a file; `source` can be read and sought. It is in the store when this returns, and no row names it yet: when the
    row is refused, `office.store.contents.take_back`. `only`: the one type that is wanted, whatever is taken as evidence.

    Refuses as `looked_at` does, and disk_refused, folder_unwritable. Then nothing is kept.
    """
    return keep(office, looked_at(office, name, source, only), source)


def looked_at(office: Office, name: str, source: BinaryIO, only: str | None = None) -> Fit:
    """A file that may be kept; nothing is yet.

    Refuses file_name_missing, file_is_program, file_has_macros, file_type_unknown (allowed), file_empty, file_too_large (most),
    file_not_what_it_says (ending), file_encrypted, file_unpacks_too_large.
    """
    rules = replace(upload_rules(office), types=(only,)) if only else upload_rules(office)
    name = uploaded_name(name)
    if not name:
        raise PsoError("file_name_missing")
    kind = _type_by_name(rules, name)
    _refuse_content(kind, source, _size(rules, source))
    return Fit(name, kind.media_type, rules.largest_megabytes)


def keep(office: Office, fit: Fit, source: BinaryIO) -> Upload:
    """Keep what was looked at. Refuses disk_refused, folder_unwritable."""
    source.seek(0)
    content = office.store.contents.put(source, fit.largest_megabytes * MEGABYTE)
    return Upload(fit.name, fit.media_type, content.bytes, content.sha256, content.new)


def unfit(office: Office, name: str, source: BinaryIO) -> PsoError | None:
    """Why this file would not be received; None when it would."""
    try:
        looked_at(office, name, source)
    except PsoError as refusal:
        return refusal
    return None


def attached(office: Office, actor: Person, project_id: str, entity_id: str) -> Attached:
    """The file of an attachment, or the Word template, of the project as it is now; whatever is odd in its row becomes harmless.

    Refuses not_allowed, project_not_found, row_gone (kind), content_missing: also when the content was altered.
    """
    if not may(actor.role, "view"):
        raise NotAllowed("not_allowed", role=actor.role, verb="view")
    row = office.store.state(project_id).get(entity_id)
    if row is None or row.kind not in WITH_CONTENT:
        raise NotFound("row_gone", kind="attachment")
    sha256 = str(row["sha256"])
    if not office.store.contents.intact(sha256):
        raise NotFound("content_missing")
    media_type = row["media_type"] if row["media_type"] in MEDIA_TYPES else UNKNOWN_TYPE
    return Attached(uploaded_name(str(row["name"])) or sha256, media_type, office.store.contents.path_of(sha256))


def upload_rules(office: Office) -> UploadRules:
    kept = office.store.settings.get(SETTING)
    if not kept:
        return UploadRules()
    return UploadRules(kept["largest_megabytes"], tuple(name for name in TYPES if name in kept["types"]))


def set_upload_rules(office: Office, actor: Person, *, largest_megabytes: int, types: Iterable[str]) -> None:
    """For files from now on. Refuses not_allowed, upload_size_outside (least, most), upload_types_missing, upload_type_unknown."""
    if not may(actor.role, "configure"):
        raise NotAllowed("not_allowed", role=actor.role, verb="configure")
    if not LEAST_MEGABYTES <= largest_megabytes <= MOST_MEGABYTES:
        raise PsoError("upload_size_outside", least=LEAST_MEGABYTES, most=MOST_MEGABYTES)
    wanted = set(types)
    if not wanted:
        raise PsoError("upload_types_missing")
    if not wanted <= set(TYPES):
        raise PsoError("upload_type_unknown")
    office.store.settings.set(SETTING, asdict(UploadRules(largest_megabytes, tuple(name for name in TYPES if name in wanted))))


def _type_by_name(rules: UploadRules, name: str) -> FileType:
    if is_program_name(name):
        raise PsoError("file_is_program")
    if is_macro_name(name):
        raise PsoError("file_has_macros")
    kind = type_named(name)
    if kind is None or kind.name not in rules.types:
        raise PsoError("file_type_unknown", allowed=", ".join(rules.types))
    return kind


def _size(rules: UploadRules, source: BinaryIO) -> int:
    size = source.seek(0, os.SEEK_END)
    if not size:
        raise PsoError("file_empty")
    if size > rules.largest_megabytes * MEGABYTE:
        raise PsoError("file_too_large", most=rules.largest_megabytes)
    return size


def _refuse_content(kind: FileType, source: BinaryIO, size: int) -> None:
    source.seek(0)
    head = source.read(HEAD)
    if is_program(head):
        raise PsoError("file_is_program")
    if kind.form == "zip" and head.startswith(TYPES["doc"].begins):
        inspect_ole(kind, source)  # an Office file with a password is packed so
    if not begins_as(kind, head):
        raise PsoError("file_not_what_it_says", ending=kind.name)
    if kind.form == "zip":
        inspect_zip(kind, source, size)
    elif kind.form == "ole":
        inspect_ole(kind, source)
