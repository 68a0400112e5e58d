"""The sign-off bar of a step: where it stands, who signed, what this person may do now; and the notice that it is read-only."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pso_core.actions import sign_offs
from pso_core.actions.approvals import reopens_at
from pso_core.domain.permissions import may
from pso_core.domain.rows import Row
from pso_core.errors import PsoError
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.sign_off import sign_off_of, state_of
from pso_core.steps.signing import hindrance, possible, verb_of
from pso_core.steps.standing import Standing
from pso_core.text.thaidate import say_moment
from pso_core.ui import cached, messages, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.gaps import gap_list
from pso_core.ui.naming import refusal_sentence, shown_value
from pso_core.ui.navigation import SIGN_MARKS
from pso_core.ui.own_changes import seen_by
from pso_core.ui.plain import as_html, as_label

ACTIONS: dict[str, Callable[..., object]] = {
    "submit": sign_offs.submit, "endorse": sign_offs.endorse, "approve": sign_offs.approve, "return": sign_offs.return_, "reopen": sign_offs.reopen,
}  # fmt: skip
SIGNATURES = ("submitted", "endorsed", "approved")
FORWARD = ("submit", "endorse", "approve")
DIGITS = 12  # of a digest shown
EVENTS = 20
OF_THE_REASON = {"reason_missing", "reason_long", "warnings_need_reason"}


def state_word(desk: Desk, standing: Standing) -> str:
    """Mark and word of where a step's sign-off stands."""
    word = desk.say("sign_off.broken") if standing.signed == "broken" else desk.say(f"choices.state.{standing.signed}")
    return f"{SIGN_MARKS[standing.signed]} {word}"


def notice(desk: Desk, standing: Standing) -> None:
    """At the top of an approved step: that it can only be read; of a broken one also what broke, and until when to mend it."""
    row = sign_off_of(desk.state, standing.step.key)
    if row is None or row["state"] != "approved":
        return
    when = shown_value(desk, "sign_off", "approved_at", row["approved_at"])
    st.html(f"<p class='notice'>{SIGN_MARKS['approved']} {as_html(desk.say('sign_off.read_only', when=when))}</p>")
    if standing.gaps:
        until = reopens_at(row)
        said = desk.say("sign_off.broken_until", when=say_moment(until, desk.say)) if until else desk.say("sign_off.broken_now")
        st.html(f"<div class='notice broken'><b class='late'>{SIGN_MARKS['broken']} {as_html(said)}</b>{gap_list(desk, standing.gaps)}</div>")


def bar(desk: Desk, standing: Standing) -> None:
    """Nothing for the profile and the schedule, which are not signed off."""
    if standing.step.key not in STEP_KEYS:
        return
    show.heading(desk.say("sign_off.title"))
    row = sign_off_of(desk.state, standing.step.key)
    st.html(f"<p class='signed'><span class='chip {standing.signed}'>{as_html(state_word(desk, standing))}</span></p>{_record(desk, row) if row else ''}")
    _buttons(desk, standing)
    show.quiet(desk.say("sign_off.internal"))
    if row:
        _events(desk, row)


def _record(desk: Desk, row: Row) -> str:
    """Who signed as what and when, why, over which warnings, and the digest of what was signed."""
    lines = [desk.say(f"sign_off.signed.{one}", who=_who(desk, row[f"{one}_by"], row[f"{one}_position"]), when=_when(desk, row, one)) for one in SIGNATURES if row[f"{one}_by"]]
    if row["reason"]:
        lines.append(desk.say("sign_off.reason_given", reason=row["reason"]))
    if row["warnings"]:
        lines.append(f"{desk.say('sign_off.over')}\n{cached.warnings_of(desk.review, row, desk.language)}")
    listed = "".join(f"<li>{as_html(line)}</li>" for line in lines)
    return f"<ul class='signatures'>{listed}</ul>{_digest(desk, row)}"


def _digest(desk: Desk, row: Row) -> str:
    if not row["digest"]:
        return ""
    parts = [desk.say("sign_off.digest", digest=row["digest"][:DIGITS])]
    if row["digest"] != sign_offs.digest_of_step(desk.state, row["step"]):
        parts.append(desk.say("sign_off.changed_since"))
    return f"<p class='quiet' title='{as_html(row['digest'])}'>{as_html(' · '.join(parts))}</p>"


def _who(desk: Desk, person_id: str, position: str | None) -> str:
    name = desk.person_name(person_id)
    return desk.say("sign_off.who", name=name, position=position) if position else name


def _when(desk: Desk, row: Row, which: str) -> str:
    return shown_value(desk, "sign_off", f"{which}_at", row[f"{which}_at"])


def _buttons(desk: Desk, standing: Standing) -> None:
    """What can be done now by whoever has the role; for the others, whom the step waits for."""
    step = standing.step.key
    offered = {
        action: hindrance(desk.state, standing, desk.person, action)
        for action in possible(desk.state, step) if may(desk.person.role, verb_of(action, desk.state, step))
    }  # fmt: skip
    if not any(action in offered for action in (*FORWARD, "reopen")):
        show.quiet(desk.say(f"sign_off.waits.{state_of(desk.state, step)}"))
    with st.container(horizontal=True):
        first = [action for action in offered if action in FORWARD][-1:]
        for action, refusal in offered.items():
            _button(desk, standing, action, refusal, "primary" if action in first else "secondary")
    for sentence in dict.fromkeys(refusal_sentence(desk, refusal) for refusal in offered.values() if refusal):
        st.html(f"<p class='missing'>▢ {as_html(sentence)}</p>")


def _button(desk: Desk, standing: Standing, action: str, refusal: PsoError | None, weight: str) -> None:
    label, key = desk.say(f"sign_off.action.{action}"), _key(desk, standing, action)
    if refusal or not _asks(desk, standing, action):
        why = as_label(refusal_sentence(desk, refusal)) if refusal else None
        st.button(label, key=key, type=weight, disabled=refusal is not None, help=why, on_click=_press, args=(desk, standing, action))
        return
    with st.popover(label, key=f"{key}/open", type=weight):
        _asking(desk, standing, action)


def _asks(desk: Desk, standing: Standing, action: str) -> bool:
    """Whether something is to be read or typed before it is done."""
    if action != "approve":
        return action not in FORWARD
    return bool(standing.warnings) or standing.signed == "submitted"


def _asking(desk: Desk, standing: Standing, action: str) -> None:
    """The warnings stand last: there may be many, and what is to be typed and pressed must not lie below them."""
    key, warnings = _key(desk, standing, action), standing.warnings if action == "approve" else ()
    if action == "approve" and standing.signed == "submitted":
        show.quiet(desk.say("sign_off.endorses_too"))
    if warnings:
        st.html(f"<p>{as_html(desk.say('sign_off.names_warnings', count=len(warnings)))}</p>")
    if warnings or action != "approve":
        st.text_area(desk.say(f"sign_off.reason.{action}"), key=f"{key}/reason")
    if refusal := st.session_state.pop(f"{key}/refused", None):
        messages.refusal(desk, refusal)
    st.button(desk.say(f"sign_off.yes.{action}"), key=f"{key}/yes", type="primary", on_click=_press, args=(desk, standing, action))
    if warnings:
        st.html(gap_list(desk, warnings))


def _press(desk: Desk, standing: Standing, action: str) -> None:
    """`desk` is what this person was looking at when they pressed, but for what they saved themselves."""
    key = _key(desk, standing, action)
    reason = st.session_state.get(f"{key}/reason", "")
    more = {"reason": reason} if action not in ("submit", "endorse") else {}
    if action == "approve":
        more["language"] = desk.language

    def refuse(desk: Desk, refusal: PsoError) -> None:
        """Of the reason: beside its field, which is open over the page. Any other: at the top, where the page shows what is new."""
        if refusal.code in OF_THE_REASON:
            st.session_state[f"{key}/refused"] = refusal
        else:
            messages.refuse_later(desk, refusal)

    do(desk, lambda: ACTIONS[action](desk.office, visit.actor(), desk.project_id, standing.step.key, seen_by(desk), **more), refuse)


def _key(desk: Desk, standing: Standing, action: str) -> str:
    """New after each signature, so that no reason of an earlier one stays in its field."""
    return f"sign/{standing.step.key}/{action}/{desk.state.revision_of(f'sign_off:{standing.step.key}')}"


def _events(desk: Desk, row: Row) -> None:
    """How the step was signed, the newest first; read only when opened."""
    drawer = st.expander(desk.say("sign_off.events"), key=f"events/{row['step']}", on_change="rerun")
    if not drawer.open:
        return
    for change in desk.office.store.history(desk.project_id, entity_id=row.id, limit=EVENTS):
        who, when = desk.person_name(change.person_id), say_moment(change.occurred_at, desk.say)
        reason = f" · {change.reason}" if change.reason else ""
        drawer.html(f"<p class='change'><b>{as_html(who)}</b> {as_html(desk.say(f'history.{change.action}'))} <span class='quiet'>{as_html(when + reason)}</span></p>")
