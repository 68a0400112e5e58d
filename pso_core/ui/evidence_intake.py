"""Many files at once: where each would go is shown before anything is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pso_core.actions.evidence import AT_ONCE, Planned, planned, take_in
from pso_core.actions.uploads import UploadRules, unfit, upload_rules
from pso_core.domain.file_types import is_of_the_system
from pso_core.errors import PsoError
from pso_core.text.file_names import as_versions
from pso_core.ui import anew, cached, messages, show, visit
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.doing import do
from pso_core.ui.naming import name_of
from pso_core.ui.plain import as_label

PLACE, KEPT, LOOKED_AT = "evidence/intake", "evidence/intake/kept", "evidence/intake/looked-at"
NAMED = 10  # files of a kind that is not taken


@st.fragment
def intake() -> None:
    desk = open_desk()
    if not desk.may_edit("evidence"):
        show.quiet(desk.say("app.may_not_edit", role=desk.say(f"choices.role.{desk.person.role}")))
        return
    rules = upload_rules(desk.office)
    show.quiet(desk.say("page_evidence.intake_purpose", most=AT_ONCE, megabytes=rules.largest_megabytes, code=_a_code(desk)))
    whole = st.toggle(desk.say("page_evidence.whole_folder"), key=f"{PLACE}/folder")
    files = st.file_uploader(
        desk.say("page_evidence.choose_folder" if whole else "page_evidence.choose_files"), accept_multiple_files="directory" if whole else True, key=f"{anew.key(PLACE)}/{whole}",
        max_upload_size=rules.largest_megabytes,
    )  # fmt: skip
    fit = sorted((file for file in files if not (whole and is_of_the_system(_name(file)))), key=lambda file: as_versions(_name(file)))
    if len(fit) < len(files):
        show.quiet(desk.say("page_evidence.left_out", count=len(files) - len(fit)))
    fit = _fit(desk, rules, [file for file in fit if file.file_id not in st.session_state.get(KEPT, ())])
    if fit:
        _preview(desk, fit)


def _fit(desk: Desk, rules: UploadRules, files: Sequence[Any]) -> list[Any]:
    """Without those that are not taken, which are named with the reason: one would else refuse all the others, and the button say what it does not do."""
    found = _looked_at(desk, rules, files)
    told = _told(files)
    refused = [(told[file.file_id], refusal) for file in files if (refusal := found[file.file_id, rules])]
    if refused:
        named = messages.file_lines(desk, refused)
        more = [f"- {as_label(desk.say('reminders.more', count=len(refused) - NAMED))}"] if len(refused) > NAMED else []
        st.warning("\n".join([as_label(desk.say("page_evidence.not_taken", count=len(refused))), "", *named[:NAMED], *more]))
    return [file for file in files if found[file.file_id, rules] is None]


def _looked_at(desk: Desk, rules: UploadRules, files: Sequence[Any]) -> Mapping[tuple[str, UploadRules], PsoError | None]:
    """Why each is not taken by these rules, by its name and its content; each is looked at once, however often the page is drawn."""
    before = st.session_state.get(LOOKED_AT, {})
    places = {(file.file_id, rules): file for file in files}
    found = {place: before[place] if place in before else unfit(desk.office, _name(file), file) for place, file in places.items()}
    st.session_state[LOOKED_AT] = found
    return found


def _a_code(desk: Desk) -> str:
    """What a code looks like: the first one of the first criterion."""
    return desk.standard.evidence_code.format(criterion=desk.standard.criteria[0].code, number=1)


def _preview(desk: Desk, chosen: Sequence[Any]) -> None:
    """Where they would go, as many as are kept at once; the others wait for their turn."""
    files = chosen[:AT_ONCE]
    if len(chosen) > AT_ONCE:
        st.info(as_label(desk.say("page_evidence.in_lots", count=f"{len(chosen):,}", most=AT_ONCE, times=-(-len(chosen) // AT_ONCE))))
    keys = desk.standard.choices("criteria")
    otherwise = st.selectbox(desk.say("page_evidence.otherwise"), keys, format_func=lambda key: name_of(desk, "criteria", key), key=f"{PLACE}/criterion", placeholder=desk.say("app.choose"))
    plan = planned(desk.state, desk.standard, [file.name for file in files], otherwise)
    head = [desk.say(f"page_evidence.intake_column.{word}") for word in ("file", "code", "title", "becomes")]
    told = _told(chosen)
    show.table(head, [(told[file.file_id], one.code, one.title, _becomes(desk, plan, place)) for place, (file, one) in enumerate(zip(files, plan, strict=True))], dates=(1,))
    st.button(desk.say("page_evidence.keep", count=len(files)), key=f"{PLACE}/keep", type="primary", on_click=_keep, args=(desk, files, plan, len(chosen) == len(files)))


def _becomes(desk: Desk, plan: Sequence[Planned], place: int) -> str:
    one = plan[place]
    if any(earlier.code == one.code for earlier in plan[:place]):
        return desk.say("page_evidence.becomes_next_version")
    if one.criterion is None:
        piece = next(piece for piece in cached.pieces_of(desk.review) if piece.row["code"] == one.code)
        return desk.say("page_evidence.becomes_version_of_accepted" if piece.state == "accepted" else "page_evidence.becomes_version")
    return desk.say("page_evidence.becomes_new", criterion=name_of(desk, "criteria", one.criterion))


def _keep(desk: Desk, files: Sequence[Any], plan: Sequence[Planned], all_of_them: bool) -> None:
    if do(desk, lambda: take_in(desk.office, visit.actor(), desk.project_id, [(_name(file), file) for file in files], plan)):
        if all_of_them:
            anew.begin(PLACE)
            st.session_state.pop(KEPT, None)
        else:
            st.session_state[KEPT] = {*st.session_state.get(KEPT, ()), *(file.file_id for file in files)}
    st.rerun()


def _told(files: Sequence[Any]) -> dict[str, str]:
    """{file id: its name; with the folders it came in where another is called the same}"""
    called = Counter(map(_name, files))
    return {file.file_id: _name(file) if called[_name(file)] == 1 else file.name.replace("\\", "/") for file in files}


def _name(file: Any) -> str:
    """Without the folders it came in."""
    return file.name.replace("\\", "/").rpartition("/")[2]
