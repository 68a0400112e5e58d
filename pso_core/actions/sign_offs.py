"""Signing a step off: submitted, endorsed, approved, returned, opened again. An internal record, no electronic signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pso_core.actions.reasons import given_reason, reason_if_any
from pso_core.actions.reviews import review_of, standing_in
from pso_core.actions.rows import Edit, Saved, looking_at, save_rows
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.steps import STEPS, Gap
from pso_core.steps.approved_over import kept
from pso_core.steps.sign_off import SIGN_OFF, state_of
from pso_core.steps.signing import SIGNING, hindrance, signed_rows
from pso_core.steps.values import empty, stamp
from pso_core.store import digest_of_rows
from pso_core.text.phrases import LANGUAGES

_STEP = {step.key: step for step in STEPS}
_SIGNATURE = ("by", "position", "at")


def submit(office: Office, actor: Person, project_id: str, step: str, seen: int) -> Saved:
    """Ask for the step's approval. Refuses not_allowed, sign_off_out_of_turn, step_needs, gaps_open, signed_other."""
    return _sign(office, actor, project_id, step, "submit", seen, {**empty(SIGN_OFF), **_signature(office, actor, "submitted")})


def endorse(office: Office, actor: Person, project_id: str, step: str, seen: int) -> Saved:
    """Vouch for what was submitted. Refuses as `submit` does, and own_submission."""
    return _sign(office, actor, project_id, step, "endorse", seen, _signature(office, actor, "endorsed"))


def approve(
    office: Office, actor: Person, project_id: str, step: str, seen: int, reason: str = "", language: str = LANGUAGES[0]
) -> Saved:
    """Approve the step; what was not endorsed yet is endorsed by the same press.

    Over warnings only with a reason: they are kept in `language`, and told in that of the reader. Refuses as `submit` does, and warnings_need_reason, reason_long.
    """
    state = office.store.state(project_id)
    review = review_of(office, state)
    over = standing_in(review, step).warnings
    values = {"reason": reason_if_any(reason) or None, "warnings": kept(review, over, language), **_signature(office, actor, "approved")}
    if state_of(state, step) == "submitted":
        values |= _signature(office, actor, "endorsed")
    return _sign(office, actor, project_id, step, "approve", seen, values, values["reason"] or "", over)


def return_(office: Office, actor: Person, project_id: str, step: str, seen: int, reason: str) -> Saved:
    """Give it back to be worked on. Refuses not_allowed, sign_off_out_of_turn, reason_missing, reason_long."""
    reason = given_reason(reason)
    return _sign(office, actor, project_id, step, "return", seen, {"reason": reason, "digest": None, **_no_signature("endorsed")}, reason)


def reopen(office: Office, actor: Person, project_id: str, step: str, seen: int, reason: str) -> Saved:
    """Let an approved step be edited again. Refuses not_allowed, sign_off_out_of_turn, reason_missing, reason_long."""
    reason = given_reason(reason)
    return _sign(office, actor, project_id, step, "reopen", seen, {**empty(SIGN_OFF), "reason": reason}, reason)


_STATE = {"submit": "submitted", "endorse": "endorsed", "approve": "approved", "return": "returned", "reopen": "draft"}


def _sign(
    office: Office, actor: Person, project_id: str, step: str, action: str, seen: int,
    values: Mapping[str, Any], reason: str = "", over: tuple[Gap, ...] | None = None,
) -> Saved:  # fmt: skip
    """`over`: the warnings approved over. What is signed is what this person saw, also when somebody saves at the same moment."""
    digest = digest_of_step(looking_at(office, project_id, seen), step)

    def refuse(now: ProjectState) -> None:
        standing = standing_in(review_of(office, now), step)
        if refusal := hindrance(now, standing, actor, action):
            raise refusal
        if action in SIGNING and (digest != digest_of_step(now, step) or over not in (None, standing.warnings)):
            raise PsoError("signed_other", step=step)
        if over and not reason:
            raise PsoError("warnings_need_reason", step=step, count=len(over))

    signed = {"digest": digest} if action in SIGNING else {}
    edit = Edit("sign_off", f"sign_off:{step}", {**values, **signed, "step": step, "state": _STATE[action]})
    return save_rows(office, actor, project_id, [edit], office.store.state(project_id).seq, reason, action, refuse)


def digest_of_step(state: ProjectState, step: str) -> str:
    """SHA-256 over everything that is signed with the step."""
    return digest_of_rows(dict(signed_rows(state, _STEP[step])))


def _signature(office: Office, actor: Person, which: str) -> dict[str, str]:
    said = (actor.id, actor.position, stamp(office.clock()))
    return {f"{which}_{part}": value for part, value in zip(_SIGNATURE, said, strict=True)}


def _no_signature(which: str) -> dict[str, None]:
    return {f"{which}_{part}": None for part in _SIGNATURE}
