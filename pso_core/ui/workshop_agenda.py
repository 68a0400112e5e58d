"""The agenda of a room: what is on it and how far each question is; and putting more on it, made of the project's rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from pso_core.actions import workshops
from pso_core.actions.workshops import Asked
from pso_core.domain.workshop.gathering import phrase_id
from pso_core.domain.workshop.room import FEWEST, Question, Room, never_opened, to_decide
from pso_core.steps.columns import LINE
from pso_core.steps.tasks import tasks_of
from pso_core.ui import messages, show, visit, workshop_check, workshop_outcome
from pso_core.ui import workshop_questions as questions
from pso_core.ui.desk import Desk
from pso_core.ui.naming import name_of, row_name
from pso_core.ui.navigation import step_file
from pso_core.ui.plain import as_html, as_label
from pso_core.ui.workshop_doing import attempt, show_section
from pso_core.ui.workshop_words import phase_word

EVERY = "every"
FOR_ALL = ("phrases", "dots", "support", "stance")
OF_STEP = {"assessment": ("score", "practice"), "weights": ("weights",), "tasks": ("tiers", "points")}
BESIDE = {"vision": ("problems",)}


def agenda(desk: Desk, room: Room, leads: bool) -> None:
    """For the leader with what may be added; the others read it."""
    _list(desk, room, list(room.questions.values()), leads, ordering=leads)
    if not room.questions:
        show.quiet(desk.say("page_workshop.empty_agenda"))
    if leads:
        _adding(desk, room)


def others(desk: Desk, room: Room, leads: bool) -> None:
    """Under the question that is looked at: those still to be decided, on wish the most divided first."""
    rest = [question for question in to_decide(room) if question.id != room.current]
    if not rest:
        return
    show.heading(desk.say("page_workshop.others"))
    if leads and sum(1 for question in rest if question.shown and question.method == "score") > 1:
        if st.toggle(desk.say("page_workshop.divided_first"), key=_divided_key(room)):
            rest = workshop_outcome.divided_first(desk, room, rest)
    _list(desk, room, rest, leads)


def next_one(desk: Desk, room: Room) -> Question | None:
    """What to look at next: the first that is not decided, after this one if there is any; on wish the most divided of those revealed."""
    waiting = [question for question in to_decide(room) if question.id != room.current]
    if st.session_state.get(_divided_key(room)) and (divided := [one for one in workshop_outcome.divided_first(desk, room, waiting) if one.shown]):
        return divided[0]
    order = list(room.questions)
    later = [question for question in waiting if room.current and order.index(question.id) > order.index(room.current)]
    return next(iter(later or waiting), None)


def look(desk: Desk, room: Room, question_id: str) -> None:
    attempt(room, lambda: workshops.look_at(desk.office, visit.actor(), room.id, question_id), after=lambda: show_section(room.id, "lead"))


def _divided_key(room: Room) -> str:
    return f"workshop/divided/{room.id}"


def _list(desk: Desk, room: Room, found: Sequence[Question], leads: bool, ordering: bool = False) -> None:
    for question in found:
        number = list(room.questions).index(question.id) + 1
        with st.container(horizontal=True, vertical_alignment="center", key=f"line-{room.id}-{question.id}"):
            told = [phase_word(desk, question.phase), desk.say(f"choices.method.{question.method}")]
            told += [desk.say("page_workshop.practice")] if question.practice else []
            decided = f"<p class='row'>{as_html(question.decision['decided'])}</p>" if question.decision else ""
            st.html(f"<p class='row'>{number}. {as_html(question.title)}</p><p class='quiet detail'>{as_html(' · '.join(told))}</p>{decided}", width="stretch")
            if leads:
                here = question.id == room.current
                st.button(
                    desk.say("page_workshop.looked_at" if here else "page_workshop.look_at"), key=f"workshop/look-at/{room.id}/{question.id}",
                    help=as_label(question.title), on_click=look, args=(desk, room, question.id),
                )  # fmt: skip
            if ordering and never_opened(question):
                _order(desk, room, question)


def _order(desk: Desk, room: Room, question: Question) -> None:
    """Up, down and off the agenda, until somebody is asked."""
    order = [*room.questions, ""]
    place = order.index(question.id)
    moves = {"up": order[place - 1] if place else None, "down": order[place + 2] if place + 2 < len(order) else None}
    for way, before in moves.items():
        st.button(
            {"up": "▲", "down": "▼"}[way], key=f"workshop/{way}/{room.id}/{question.id}", help=as_label(desk.say(f"page_workshop.move_{way}", title=question.title)),
            disabled=before is None, on_click=_put_before, args=(desk, room, question.id, before or ""),
        )  # fmt: skip
    st.button(
        desk.say("page_workshop.take_off"), key=f"workshop/take-off/{room.id}/{question.id}", help=as_label(question.title), on_click=_take_off, args=(desk, room, question.id)
    )


def _put_before(desk: Desk, room: Room, question: str, before: str) -> None:
    attempt(room, lambda: workshops.put_before(desk.office, visit.actor(), room.id, question, before))


def _take_off(desk: Desk, room: Room, question: str) -> None:
    attempt(room, lambda: workshops.take_off(desk.office, visit.actor(), room.id, question))


def _adding(desk: Desk, room: Room) -> None:
    show.heading(desk.say("page_workshop.add"))
    kinds = (*OF_STEP.get(room.step, ()), *FOR_ALL, *BESIDE.get(room.step, ()))
    key = f"workshop/kind/{room.id}"
    chosen = st.segmented_control(
        desk.say("page_workshop.kinds"), kinds, default=kinds[0], key=key, required=True, wrap=True, label_visibility="collapsed",
        format_func=lambda kind: as_label(desk.say(f"page_workshop.kind.{kind}")),
    )  # fmt: skip
    with st.container(border=True):
        _FORMS[chosen or kinds[0]](desk, room)


def _button(desk: Desk, room: Room, label: str, name: str, made: Callable[[], Sequence[Asked]], primary: bool = True) -> None:
    st.button(
        label, key=f"workshop/ask/{room.id}/{name}", type="primary" if primary else "secondary", on_click=_ask, args=(desk, room, made),
    )  # fmt: skip


def _ask(desk: Desk, room: Room, made: Callable[[], Sequence[Asked]]) -> None:
    asked = made()
    said = desk.say("page_workshop.added", count=len(asked))
    attempt(room, lambda: workshops.ask(desk.office, visit.actor(), room.id, asked), after=lambda: messages.say_later(said))


def _scores(desk: Desk, room: Room) -> None:
    """All indicators of one criterion at a tap, of all criteria, or those chosen."""
    say, round_ = desk.say, questions.open_round(desk)
    if round_ is None or not desk.state.of("indicator"):
        show.quiet(say("page_workshop.no_open_round" if round_ is None else "page_workshop.no_indicators"))
        key = "assessment" if round_ is None else "indicators"
        st.page_link(step_file(key), label=say(f"page_workshop.to_{key}"))
        return
    show.quiet(say("page_workshop.in_round", round=round_["name"]))
    indicators = desk.state.of("indicator")
    place, keys = f"workshop/criterion/{room.id}", [EVERY, *desk.standard.choices("criteria")]
    names = {EVERY: say("page_workshop.every_criterion")} | {c.key: f"{c.code} {c.short[desk.language]}" for c in desk.standard.criteria}
    criterion = st.segmented_control(
        say("page_workshop.criterion"), keys, default=keys[1], key=place, required=True, wrap=True, format_func=lambda one: as_label(names[one]),
    ) or keys[1]  # fmt: skip
    found = [one for one in indicators if criterion in (EVERY, one["criterion"])]
    named = {one.id: as_label(row_name(one, desk)) for one in found}
    chosen = st.multiselect(
        say("page_workshop.indicators"), list(named), key=f"workshop/indicators/{room.id}/{criterion}", format_func=named.get,
        placeholder=say("page_workshop.all_of_them"), select_all=False,
    )  # fmt: skip
    wanted = [one for one in found if not chosen or one.id in chosen]
    if wanted:
        _button(desk, room, say("page_workshop.add_scores", count=len(wanted)), "score", lambda: questions.score(desk, round_, wanted))
    else:
        show.quiet(say("page_assessment.no_indicator"))


def _practice(desk: Desk, room: Room) -> None:
    show.quiet(desk.say("page_workshop.practice_about"))
    _button(desk, room, desk.say("page_workshop.add_practice"), "practice", lambda: [questions.practice(desk)])


def _weights(desk: Desk, room: Room) -> None:
    key = f"workshop/weighing/{room.id}"
    method = st.segmented_control(
        desk.say("page_workshop.weighing"), questions.WEIGHT_METHODS, default=questions.WEIGHT_METHODS[0], key=key, required=True, wrap=True,
        format_func=lambda one: as_label(desk.say(f"page_workshop.weighing_by.{one}")),
    ) or questions.WEIGHT_METHODS[0]  # fmt: skip
    show.quiet(desk.say(f"page_workshop.weighing_about.{method}"))
    if method == workshop_check.CHECK and not room.few_shown:
        show.quiet(desk.say("page_workshop.check_needs", fewest=FEWEST))
    _button(desk, room, desk.say("page_workshop.add_weights"), "weights", lambda: [questions.weights(desk, method)])


def _tiers(desk: Desk, room: Room) -> None:
    tasks = [task for tier in desk.standard.tiers for task in tasks_of(desk.state, tier.key)]
    if not _has_tasks(desk):
        return
    _button(desk, room, desk.say("page_workshop.add_tiers", count=len(tasks)), "tiers", lambda: [questions.tiers(desk, tasks)])


def _points(desk: Desk, room: Room) -> None:
    if not _has_tasks(desk):
        return
    for tier in desk.standard.tiers:
        if count := len(tasks_of(desk.state, tier.key)):
            label = desk.say("page_workshop.add_points", tier=name_of(desk, "tiers", tier.key), quota=tier.quota, count=count)
            _button(desk, room, label, f"points/{tier.key}", lambda tier=tier: [questions.points(desk, tier)], primary=False)


def _has_tasks(desk: Desk) -> bool:
    if not desk.state.of("task"):
        show.quiet(desk.say("page_workshop.no_tasks"))
        st.page_link(step_file("tasks"), label=desk.say("page_workshop.to_tasks"))
    return bool(desk.state.of("task"))


def _phrases(desk: Desk, room: Room) -> None:
    title = _title(desk, room, "phrases", desk.on_record.say(f"page_workshop.gather.{room.step}"))
    if title:
        _button(desk, room, desk.say("page_workshop.add_phrases"), "phrases", lambda: [questions.phrases(title, room.step)])


def _problems(desk: Desk, room: Room) -> None:
    """Into the worksheet of a work system that the leader may write in."""
    named = {row.id: as_label(desk.say("page_workshop.worksheet_of", system=row["work_system"], who=desk.person_name(row["person"]))) for row in desk.state.of("worksheet")}
    if not named:
        show.quiet(desk.say("page_workshop.no_worksheet"))
        st.page_link(step_file("vision"), label=desk.say("page_workshop.to_vision"))
        return
    chosen = st.selectbox(desk.say("page_workshop.work_system"), list(named), key=f"workshop/worksheet/{room.id}", format_func=named.get, placeholder=desk.say("app.choose"))
    row = desk.state.get(chosen)
    if not desk.may_edit("worksheet", row, "decide_together"):
        show.quiet(desk.why_not({"worksheet"}))
        return
    title = _title(desk, room, f"problems/{chosen}", desk.on_record.say("page_workshop.problems_title", system=row["work_system"])[:LINE])
    if title:
        _button(desk, room, desk.say("page_workshop.add_phrases"), "problems", lambda: [questions.problems(title, row)])


def _of_texts(desk: Desk, room: Room, method: str) -> None:
    """Over texts that were gathered in this room, or that are typed here."""
    gathered = {q.id: q for q in room.questions.values() if q.method == "phrases" and q.shown}
    title = _title(desk, room, method, desk.on_record.say(f"page_workshop.{method}_title"))
    place, said, more = f"workshop/texts/{room.id}", "", questions.becoming(room.step)
    if gathered:
        source = st.selectbox(desk.say("page_workshop.gathered"), list(gathered), key=f"{place}/from", format_func=lambda id_: as_label(gathered[id_].title), placeholder=desk.say("app.choose"))
        found = workshop_outcome.found(desk, room, gathered[source])
        said = "\n".join(group.text for group in found.groups) if found else ""
        place, more = f"{place}/{source}/{phrase_id(said)}", questions.becoming_of(gathered[source])
    typed = st.text_area(desk.say("page_workshop.texts"), said, key=place, height=180, help=as_label(desk.say("page_workshop.texts_help")))
    texts = list(dict.fromkeys(line.strip()[:LINE] for line in (typed or "").splitlines() if line.strip()))
    if title and texts:
        names = questions.numbered(texts)
        _button(desk, room, desk.say(f"page_workshop.add_{method}", count=len(texts)), method, lambda: [questions.ABOUT_TEXTS[method](title, names, more)])


def _stance(desk: Desk, room: Room) -> None:
    subjects = questions.subjects_of(desk, room.step)
    if not subjects:
        show.quiet(desk.say("page_workshop.no_subject"))
        return
    labels: Mapping[str, str] = {place: as_label(sentence) for place, sentence in subjects.items()}
    place = st.selectbox(desk.say("page_workshop.subject"), list(labels), key=f"workshop/subject/{room.id}", format_func=labels.get, placeholder=desk.say("app.choose"))
    _button(desk, room, desk.say("page_workshop.add_stance"), "stance", lambda: [questions.stance(desk, room.step, place)])


def _title(desk: Desk, room: Room, kind: str, usual: str) -> str:
    key = f"workshop/title/{room.id}/{kind}"
    return (st.text_input(desk.say("page_workshop.question"), usual, key=key, max_chars=LINE) or "").strip()


_FORMS: Mapping[str, Callable[[Desk, Room], None]] = {
    "score": _scores, "practice": _practice, "weights": _weights, "tiers": _tiers, "points": _points, "phrases": _phrases, "stance": _stance, "problems": _problems,
    "dots": partial(_of_texts, method="dots"), "support": partial(_of_texts, method="support"),
}  # fmt: skip
