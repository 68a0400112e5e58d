"""Evidence: judging it, attaching files to it, and taking in many files whose names begin with codes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO

from pso_core.actions.reasons import given_reason
from pso_core.actions.rows import Edit, Saved, looking_at, save_rows
from pso_core.actions.uploads import Fit, Upload, keep, looked_at
from pso_core.domain.evidence import Piece, digest_of, next_code, pieces, reading
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState
from pso_core.domain.standard import Standard
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office, lost_contents
from pso_core.steps.columns import LINE
from pso_core.steps.values import stamp
from pso_core.text.phrases import LANGUAGES
from pso_core.text.thaidate import arabic_digits

AT_ONCE = 200  # files taken in together
_BETWEEN = " -_."  # what stands between a code and a title


@dataclass(frozen=True, slots=True)
class Planned:
    """Where a file would go: to the evidence of this code. `criterion`: of a new piece; None for one that is there."""

    file: str
    code: str
    title: str
    criterion: str | None = None


class FilesRefused(PsoError):
    """Several of the files are not taken, each for its own reason. Nothing was kept. `files`: (name, why)."""

    def __init__(self, files: Sequence[tuple[str, PsoError]]):
        super().__init__("files_refused", count=len(files))
        self.files = tuple(files)


def accept(office: Office, actor: Person, project_id: str, evidence_id: str, seen: int) -> Saved:
    """It counts from now on, as it is now. Refuses not_allowed, row_gone, evidence_empty, evidence_changed_since."""
    return _judge(office, actor, project_id, evidence_id, seen, "accepted", "")


def return_(office: Office, actor: Person, project_id: str, evidence_id: str, seen: int, reason: str) -> Saved:
    """It goes back to its owner. Refuses as `accept` does, and reason_missing, reason_long."""
    return _judge(office, actor, project_id, evidence_id, seen, "returned", given_reason(reason))


def attach(office: Office, actor: Person, project_id: str, evidence_id: str, name: str, source: BinaryIO) -> Saved:
    """Keep a file as the newest version of this evidence; the very file that it has already changes nothing, and is `found` when it was lost.

    Refuses not_allowed, row_gone, and as `received` does; then nothing of the file is kept.
    """
    _require(actor)
    return _with_contents(office, [(name, source)], lambda uploads: _attach(office, actor, project_id, [(evidence_id, one) for one in uploads], []))


def planned(state: ProjectState, standard: Standard, names: Sequence[str], otherwise: str) -> tuple[Planned, ...]:
    """Where these files would go, in their order: by the code that a name begins with, in digits of either kind; else as new evidence of the
    criterion whose code the name of its folder begins with, or that it is called after (a name may have folders before it), else of `otherwise`, a criterion.
    """
    found: list[Planned] = []
    for name in names:
        found.append(_planned(state, standard, name, otherwise, [one.code for one in found]))
    return tuple(found)


def take_in(office: Office, actor: Person, project_id: str, files: Sequence[tuple[str, BinaryIO]], plan: Sequence[Planned]) -> Saved:
    """Keep many files as planned, all of them or none, as one change.

    Refuses not_allowed, files_too_many, evidence_plan_changed (a code was taken or went meanwhile), one_file_refused, and FilesRefused.
    """
    _require(actor)
    if len(files) > AT_ONCE:
        raise PsoError("files_too_many", most=AT_ONCE)
    return _with_contents(office, files, lambda uploads: _take_in(office, actor, project_id, plan, uploads))


def _judge(office: Office, actor: Person, project_id: str, evidence_id: str, seen: int, judgement: str, reason: str) -> Saved:
    """What is judged is what this person saw: the digest is of that, and whoever changed it meanwhile has it judged anew."""
    if not may(actor.role, "decide"):
        raise NotAllowed("not_allowed", role=actor.role, verb="decide")
    digest = _digest_of(looking_at(office, project_id, seen), evidence_id, office)

    def refuse(now: ProjectState) -> None:
        piece = _piece(now, evidence_id, office)
        if digest != _digest_of(now, evidence_id, office):
            raise PsoError("evidence_changed_since", evidence=piece.row["code"])
        if (piece.empty or piece.lost) and judgement == "accepted":
            raise PsoError("evidence_empty", evidence=piece.row["code"])

    body = {
        "evidence": evidence_id, "judgement": judgement, "digest": digest, "reason": reason or None, "judged_by": actor.id, "judged_at": stamp(office.clock()),
    }  # fmt: skip
    action = "accept_evidence" if judgement == "accepted" else "return_evidence"
    return save_rows(office, actor, project_id, [Edit("acceptance", None, body)], office.store.state(project_id).seq, reason, action, refuse)


def _piece(state: ProjectState, evidence_id: str, office: Office) -> Piece:
    piece = next((one for one in pieces(state, office.today(), lost_contents(office, state)) if one.row.id == evidence_id), None)
    if piece is None:
        raise NotFound("row_gone", kind="evidence")
    return piece


def _digest_of(state: ProjectState, evidence_id: str, office: Office) -> str:
    piece = _piece(state, evidence_id, office)
    return digest_of(piece.row, piece.files, piece.supports)


def _planned(state: ProjectState, standard: Standard, name: str, otherwise: str, taken: Sequence[str]) -> Planned:
    *folders, name = name.replace("\\", "/").split("/")
    begins = reading(standard.evidence_code).match(arabic_digits(name))
    titles = {row["code"]: row["title"] for row in state.of("evidence")}
    criteria = {criterion.code: criterion.key for criterion in standard.criteria}
    if begins and begins["criterion"] in criteria:
        code = standard.evidence_code.format(criterion=begins["criterion"], number=int(begins["number"]))
        if code in titles:
            return Planned(name, code, titles[code])
        return Planned(name, code, _title(name)[begins.end() :].strip(_BETWEEN) or code, criteria[begins["criterion"]])
    within = (_criterion_of(folder, standard, criteria) for folder in reversed(folders))
    criterion = next(filter(None, within), otherwise)
    code = next_code(state, standard.evidence_code, standard.criterion(criterion).code, taken)
    return Planned(name, code, _title(name), criterion)


def _criterion_of(folder: str, standard: Standard, criteria: Mapping[str, str]) -> str | None:
    """By the code that its name begins with, or when it is called after a criterion, as the folders of a pack are. A bare number may be a day."""
    folder = arabic_digits(folder).strip().casefold()
    if (found := reading(standard.evidence_code).match(folder)) and found["criterion"] in criteria:
        return criteria[found["criterion"]]
    for one in standard.criteria:
        if folder.removeprefix(f"{one.code} ") in {words[language].casefold() for words in (one.name, one.short) for language in LANGUAGES}:
            return one.key
    return None


def _title(name: str) -> str:
    """A file's name without its ending."""
    return PurePath(name).stem[:LINE]


def _take_in(office: Office, actor: Person, project_id: str, plan: Sequence[Planned], uploads: Sequence[Upload]) -> Saved:
    ids = {row["code"]: row.id for row in office.store.state(project_id).of("evidence")}
    if any((one.code in ids) == (one.criterion is not None) for one in plan):
        raise PsoError("evidence_plan_changed")
    new: list[Edit] = []
    for one in plan:
        if one.code not in ids:
            ids[one.code] = f"evidence:{secrets.token_hex(6)}"
            new.append(Edit("evidence", ids[one.code], {"criterion": one.criterion, "code": one.code, "title": one.title, "form": "file", "owner": actor.id}))
    return _attach(office, actor, project_id, [(ids[one.code], upload) for one, upload in zip(plan, uploads, strict=True)], new)


def _attach(office: Office, actor: Person, project_id: str, files: Sequence[tuple[str, Upload]], new: Sequence[Edit]) -> Saved:
    state = office.store.state(project_id)
    edits, newest, found = list(new), {}, []
    for evidence_id, upload in files:
        last = newest.get(evidence_id) or max(state.where("attachment", evidence=evidence_id), key=lambda row: row["number"], default=None)
        if last and last["sha256"] == upload.sha256:
            found += [last["name"]] if upload.new else []
            continue
        body = _body(office, actor, evidence_id, (last["number"] if last else 0) + 1, upload)
        newest[evidence_id] = body
        edits.append(Edit("attachment", None, body))
    return replace(save_rows(office, actor, project_id, edits, state.seq, action="attach"), found=tuple(found))


def _body(office: Office, actor: Person, evidence_id: str, number: int, upload: Upload) -> dict:
    return {
        "evidence": evidence_id, "number": number, "name": upload.name, "media_type": upload.media_type, "bytes": upload.bytes, "sha256": upload.sha256,
        "added_by": actor.id, "added_at": stamp(office.clock()),
    }  # fmt: skip


def _with_contents(office: Office, files: Sequence[tuple[str, BinaryIO]], save: Callable[[list[Upload]], Saved]) -> Saved:
    """The contents first, then the rows that name them; when anything is refused the new contents go again."""
    fit, uploads = _all_looked_at(office, files), []
    try:
        for one, (_, source) in zip(fit, files, strict=True):
            uploads.append(keep(office, one, source))
        return save(uploads)
    except BaseException:
        for one in uploads:
            office.store.contents.take_back(one.sha256)
        raise


def _all_looked_at(office: Office, files: Sequence[tuple[str, BinaryIO]]) -> list[Fit]:
    """Every one before any is kept, so that all that are not taken are told at once. A file alone is refused by itself."""
    fit: list[Fit] = []
    refused: list[tuple[str, PsoError]] = []
    for name, source in files:
        try:
            fit.append(looked_at(office, name, source))
        except PsoError as refusal:
            refused.append((name[:LINE], refusal))
    if refused:
        raise _refusal(refused, alone=len(files) == 1)
    return fit


def _refusal(refused: Sequence[tuple[str, PsoError]], alone: bool) -> PsoError:
    name, refusal = refused[0]
    if alone:
        return refusal
    return FilesRefused(refused) if len(refused) > 1 else PsoError("one_file_refused", file=name, refusal=refusal)


def _require(actor: Person) -> None:
    if not may(actor.role, "edit_content"):
        raise NotAllowed("not_allowed", role=actor.role, verb="edit_content")
