"""The minutes of a meeting: who was there, what was asked, what was decided and why, and room to sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pso_core.documents.blocks import Block, Bullets, Facts, Finding, Heading, Lines, Paragraph, Remark, Signature, Table
from pso_core.documents.case import Case
from pso_core.documents.clean import for_file_name
from pso_core.documents.pdf import pdf_file
from pso_core.documents.records import kind_title, shown
from pso_core.documents.submission import about_of, case_at
from pso_core.documents.word import word_file
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import Row
from pso_core.domain.workshop import agreement, outcome
from pso_core.domain.workshop.outcome import Ballots
from pso_core.domain.workshop.room import Event, Question, Room, enough
from pso_core.errors import NotAllowed, NotFound
from pso_core.office import Office
from pso_core.steps.naming import field_label, person_name
from pso_core.text.thaidate import say_date, say_time

RECORD = ("method", "proposed", "answered", "present", "rounds", "spread", "rationale", "dissent", "reopened_because", "decided_by")
SHEET = {"number": 1.2, "name": 7, "signature": 7}
FORMS = ("docx", "pdf")


@dataclass(frozen=True)
class Item:
    """A matter on the agenda. `resolution`: id of the one that stands for it, "" where none was taken or the last was taken up again;
    `reopened`: (id of the resolution, why it was taken up again), in the order in which that happened."""

    title: str
    resolution: str
    reopened: tuple[tuple[str, str], ...] = ()


def minutes_file(office: Office, actor: Person, project_id: str, meeting_id: str, form: str, language: str, thai_digits: bool) -> tuple[str, bytes]:
    """(file name, content) of the minutes as Word ("docx") or PDF. Refuses not_allowed, project_not_found, row_gone."""
    if not may(actor.role, "view"):
        raise NotAllowed("not_allowed", role=actor.role, verb="view")
    case = case_at(office, office.store.state(project_id), office.today(), language, tuple)  # minutes tell no slips
    meeting = case.state.get(meeting_id)
    if meeting is None or meeting.kind != "meeting":
        raise NotFound("row_gone", kind="meeting")
    about = replace(about_of(case), title=case.say("documents.minutes.title", title=meeting["title"]))
    write = {"docx": word_file, "pdf": pdf_file}[form]
    room = _room(office, meeting)
    agenda = _agenda(office, room) if room else _decided(case, meeting)
    about = replace(about, kept=about.kept | {text for item in agenda for text in (item.title, *(because for _, because in item.reopened))})
    told = minutes(case, meeting, agenda, room.led if room else (), _levels(office, room) if room else ())
    content = write(tuple(told), about, thai_digits=thai_digits and language == "th")
    name = case.say("documents.minutes.file", title=for_file_name(meeting["title"], 60), date=say_date(meeting["held_on"], case.say))
    return f"{for_file_name(name, 110)}.{form}", content


def minutes(case: Case, meeting: Row, agenda: tuple[Item, ...] = (), led: tuple[str, ...] = (), levels: Sequence[Ballots] = ()) -> Iterator[Block]:
    """`led`: ids of all who led the meeting, in turn; without them who led it at its end is told. `levels`: what was answered to each
    question on which levels were given."""
    say = case.say
    yield Heading(say("documents.minutes.title", title=meeting["title"]), 1)
    yield Lines((*_when_and_where(case, meeting), (field_label(case, "meeting", "led_by"), _leaders(case, led or (meeting["led_by"],)))))
    yield Heading(field_label(case, "meeting", "attendance"), 2)
    yield from _present(case, meeting)
    yield from _absent(case, meeting)
    if agenda:
        yield Heading(say("documents.minutes.agenda"), 2)
        for number, item in enumerate(agenda, 1):
            yield from _matter(case, number, item)
    yield Heading(kind_title(case, "resolution"), 2)
    yield from _resolutions(case, meeting, dict(one for item in agenda for one in item.reopened))
    yield from _agreement(case, levels)
    if meeting["ended_at"]:
        yield Paragraph(say("documents.minutes.ended", time=_time(meeting["ended_at"], case)))
    yield from _to_sign(case, meeting)


def _matter(case: Case, number: int, item: Item) -> Iterator[Block]:
    """The matter with its resolution or that there is none, and each time it was taken up again."""
    say, resolution = case.say, case.state.get(item.resolution)
    told = say("documents.minutes.item_decided", title=item.title, resolution=resolution["number"]) if resolution else say("documents.minutes.item_open", title=item.title)
    yield Paragraph(say("documents.minutes.item", number=number, told=told))
    for id_, because in item.reopened:
        if was := case.state.get(id_):
            yield Remark(say("documents.minutes.reopened", resolution=was["number"], because=because))


def _to_sign(case: Case, meeting: Row) -> Iterator[Block]:
    """A page of its own: everybody who came, with room to sign, then who wrote it down and who looked it over."""
    say, names = case.say, _names(meeting, "attendance")
    yield Heading(say("documents.minutes.signatures"), 2, new_page=True)
    if names:
        head = tuple(say(f"documents.minutes.sheet.{column}") for column in SHEET)
        yield Table(head, tuple((str(number), name, "") for number, name in enumerate(names, 1)), tuple(SHEET.values()), frozenset({0}))
    for who in ("taken", "checked"):
        yield Signature((say("documents.minutes.sign"), say("documents.minutes.name"), say(f"documents.minutes.{who}")))


def _when_and_where(case: Case, meeting: Row) -> Iterator[tuple[str, str]]:
    say = case.say
    yield say("documents.minutes.agency"), case.agency_name
    yield field_label(case, "meeting", "held_on"), say_date(meeting["held_on"], say, "long")
    yield field_label(case, "meeting", "began_at"), _time(meeting["began_at"], case)
    for name in ("place", "step"):
        if meeting[name]:
            yield field_label(case, "meeting", name), shown(case, meeting, name)


def _leaders(case: Case, led: tuple[str, ...]) -> str:
    names = ", ".join(person_name(case, one) for one in led)
    return case.say("documents.minutes.led_in_turn", names=names) if len(led) > 1 else names


def _present(case: Case, meeting: Row) -> Iterator[Block]:
    """Who came, and whether they were enough; what a file did not say is not told."""
    names, attended = _names(meeting, "attendance"), meeting["attended"]
    if not meeting["ended_at"]:
        yield Remark(case.say("documents.minutes.not_ended"))
        return
    if names:
        yield Bullets(names)
    if attended is None:
        return
    facts = {"attended": attended, "expected": meeting["expected"], "quorum": meeting["quorum"]}
    if meeting["quorum"]:
        reached = attended >= meeting["quorum"]
        yield Finding(case.say(f"documents.minutes.{'quorum' if reached else 'no_quorum'}", **facts))
    else:
        yield Finding(case.say("documents.minutes.attended" if meeting["expected"] else "documents.minutes.came", **facts))
    if (guests := len(names) - attended) > 0:
        yield Remark(case.say("documents.minutes.guests", count=guests))


def _absent(case: Case, meeting: Row) -> Iterator[Block]:
    """Who of the office did not come, where that is known; else how many fewer came than were expected. A guest stands in for nobody who is named."""
    names, attended = _names(meeting, "absent"), meeting["attended"]
    fewer = 0 if attended is None else (meeting["expected"] or 0) - attended
    if not meeting["ended_at"] or not (names or fewer > 0):
        return
    yield Heading(field_label(case, "meeting", "absent"), 2)
    if names:
        yield Bullets(names)
        yield Finding(case.say("documents.minutes.absent", count=len(names)))
    else:
        yield Finding(case.say("documents.minutes.absent_unnamed", count=fewer, expected=meeting["expected"]))


def _names(meeting: Row, field: str) -> tuple[str, ...]:
    return tuple((meeting[field] or "").splitlines())


def _resolutions(case: Case, meeting: Row, reopened: Mapping[str, str]) -> Iterator[Block]:
    """`reopened`: {resolution: why it was taken up again}."""
    found = _in_order(case, meeting)
    if not found:
        yield Remark(case.say("documents.minutes.no_resolution"))
    for row in found:
        yield Heading(case.say("documents.minutes.resolution", number=row["number"], title=row["title"]), 3)
        yield Finding(case.say("documents.minutes.decided", decided=row["decided"]))
        yield Facts(tuple((field_label(case, "resolution", name), shown(case, row, name)) for name in RECORD if row[name] is not None))
        if row.id in reopened:
            yield Remark(case.say("documents.minutes.reopened", resolution=row["number"], because=reopened[row.id]))


def _agreement(case: Case, levels: Sequence[Ballots]) -> Iterator[Block]:
    """How far the levels that people gave alone agreed over all questions: Krippendorff's α, beside what the meeting decided."""
    if len(levels) > 1 and (alpha := outcome.rater_agreement(levels)) is not None:
        word = case.say(f"page_workshop.alpha_word.{agreement.word(alpha, agreement.ALPHA_WORDS)}")
        yield Remark(case.say("page_workshop.alpha", count=len(levels), value=f"{float(alpha):.2f}", word=word))


def _levels(office: Office, room: Room) -> tuple[Ballots, ...]:
    """Of the questions whose answers may be shown."""
    log = office.store.workshops
    return tuple(log.ballots(room.id, one.id, one.round) for one in outcome.scored(room) if enough(room, log.senders(room.id, one.id, one.round)))


def _in_order(case: Case, meeting: Row) -> list[Row]:
    return sorted(case.state.where("resolution", meeting=meeting.id), key=lambda row: (row["number"], row["rounds"] or 0))


def _room(office: Office, meeting: Row) -> Room | None:
    """None where it was elsewhere: the meeting came with a file."""
    try:
        return office.store.workshops.room(meeting.id.partition(":")[2])
    except NotFound:
        return None


def _agenda(office: Office, room: Room) -> tuple[Item, ...]:
    """The questions of the room, but for practice."""
    events = office.store.workshops.events(room.id)
    return tuple(Item(one.title, (one.decision or {}).get("resolution") or "", _reopened(one, events)) for one in room.questions.values() if not one.practice)


def _decided(case: Case, meeting: Row) -> tuple[Item, ...]:
    """What was decided, without the room: each question once, by the id that its resolutions begin with, the newest stands."""
    newest = {row.id.rpartition("-")[0] or row.id: row for row in _in_order(case, meeting)}
    return tuple(Item(row["title"], row.id) for row in newest.values())


def _reopened(question: Question, events: tuple[Event, ...]) -> tuple[tuple[str, str], ...]:
    found, standing = [], ""
    for event in events:
        if event.body.get("question") != question.id:
            continue
        if event.what == "decide":
            standing = event.body["decision"].get("resolution") or ""
        elif event.what == "move" and event.body["to"] == "open" and standing:
            found.append((standing, event.body.get("because", "")))
            standing = ""
    return tuple(found)


def _time(stamp: str, case: Case) -> str:
    return say_time(datetime.fromisoformat(stamp), case.say)
