"""The sheet that goes with a person's work to whoever takes it over: what they hold, how far it is, and who signs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from pso_core import standards
from pso_core.documents.blocks import Block, Bullets, Facts, Finding, Heading, Remark, Table
from pso_core.documents.clean import for_file_name
from pso_core.documents.word import About, word_file
from pso_core.domain.handing_over import decisions_of, held_by
from pso_core.domain.owed import Morning, Owed
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.progress import reports_by_activity
from pso_core.domain.rows import Row
from pso_core.errors import NotAllowed
from pso_core.office import Office
from pso_core.steps.naming import Told, person_name, project_name
from pso_core.steps.owing import left_text, owed_name
from pso_core.steps.sign_off import state_of
from pso_core.text.phrases import Phrases, phrases
from pso_core.text.thaidate import say_date

DIGEST_SHOWN = 12
WIDTHS = {"phase": (6, 6, 4), "activity": (5, 4, 7), "finding": (6, 4, 6)}  # what · until when · how far


@dataclass(frozen=True)
class Left:
    """What somebody leaves in one project as it stood after one change, the last digest of which is `digest`."""

    told: Told
    held: tuple[Owed, ...]
    decisions: tuple[Owed, ...]
    files: tuple[Row, ...]
    digest: str

    @property
    def empty(self) -> bool:
        return not (self.held or self.decisions or self.files)


def handover_file(office: Office, actor: Person, mornings: Iterable[Morning], giver: Person, receiver: Person | None, language: str) -> bytes:
    """A Word file of what the giver leaves in these projects as they stand in `mornings`. Refuses not_allowed."""
    if not may(actor.role, "view"):
        raise NotAllowed("not_allowed", role=actor.role, verb="view")
    say, today = phrases(language), office.today()
    found = [left for morning in mornings if not (left := _left(office, say, morning, giver)).empty]
    mark = hashlib.sha256("".join(left.digest for left in found).encode()).hexdigest()
    foot = say("documents.handover.foot", date=say_date(today, say))
    about = About(say("documents.handover.title"), giver.name, language, datetime.combine(today, time()), foot, mark)
    return word_file(handover(say, found, giver, receiver, today), about, thai_digits=False)


def handover_name(say: Phrases, giver: Person, today: date) -> str:
    """What the file is called: whose it is, and the day."""
    name = say("documents.handover.file", name=for_file_name(giver.name, 50) or giver.id, date=say_date(today, say))
    return f"{for_file_name(name, 110)}.docx"


def handover(say: Phrases, found: list[Left], giver: Person, receiver: Person | None, today: date) -> Iterator[Block]:
    """Who gives what to whom, project by project, and room for three to sign."""
    yield Heading(say("documents.handover.title"), 1)
    yield Facts(tuple(_facts(say, giver, receiver, today)))
    items = [one for left in found for one in left.held]
    if items:
        overdue = sum(one.overdue for one in items)
        yield Finding(say("documents.handover.found", count=len(items), projects=sum(bool(left.held) for left in found), overdue=overdue))
    else:
        yield Remark(say("documents.handover.nothing"))
    for left in found:
        yield from _project(left)
    signing = {"giver": giver, "receiver": receiver, "head": None}
    yield Heading(say("documents.handover.sign"), 2)
    head = tuple(say(f"documents.handover.{who}") for who in signing)
    yield Table(head, (tuple("\n".join(_signature(say, person)) for person in signing.values()),), (1, 1, 1))


def _left(office: Office, say: Phrases, morning: Morning, giver: Person) -> Left:
    state = morning.state
    told = Told(say, standards.load(state.only("project")["standard"]), state, morning.people)
    [newest] = office.store.history(state.project_id, before_seq=state.seq + 1, limit=1)
    return Left(told, held_by(morning, giver.id), decisions_of(morning, giver.id), _files(office, morning, giver), newest.digest)


def _files(office: Office, morning: Morning, giver: Person) -> tuple[Row, ...]:
    """Files in the register that they put there."""
    changes = office.store.history(morning.state.project_id, kinds=["file"], before_seq=morning.state.seq + 1, limit=None)
    theirs = {row.entity_id for change in changes if change.person_id == giver.id for row in change.rows if row.revision == 1}
    return tuple(row for row in morning.state.of("file") if row.id in theirs)


def _facts(say: Phrases, giver: Person, receiver: Person | None, today: date) -> Iterator[tuple[str, str]]:
    yield say("documents.handover.giver"), _with_position(giver) or say("app.person_unknown")
    yield say("documents.handover.receiver"), _with_position(receiver) if receiver else say("documents.handover.blank")
    yield say("documents.cover.made_on"), say_date(today, say, "long")


def _with_position(person: Person) -> str:
    return "\n".join(filter(None, (person.name, person.position, person.division)))


def _project(left: Left) -> Iterator[Block]:
    told, say = left.told, left.told.say
    yield Heading(project_name(told.state) or say("app.no_agency"), 2)
    change = say("documents.cover.change_number", number=told.state.seq)
    yield Facts(((say("documents.cover.change"), f"{change} · {say('documents.cover.digest')} {left.digest[:DIGEST_SHOWN]}"),))
    for kind in WIDTHS:
        items = [one for one in left.held if one.kind == kind]
        if items:
            yield Heading(say(f"documents.handover.part.{kind}", count=len(items)), 3)
            head = tuple(say(f"documents.handover.column.{name}") for name in (kind, "due", "how_far"))
            yield Table(head, tuple((one.name or owed_name(told, one), left_text(told, one), _how_far(told, one)) for one in items), WIDTHS[kind])
    if left.decisions:
        yield Heading(say("documents.handover.part.decisions"), 3)
        yield Bullets(tuple(f"{owed_name(told, one)} · {left_text(told, one)}" for one in left.decisions))
        yield Remark(say("documents.handover.decisions_stay"))
    if left.files:
        yield Heading(say("documents.handover.part.files", count=len(left.files)), 3)
        head = tuple(say(f"fields.file.{name}.label") for name in ("file_code", "title", "place"))
        yield Table(head, tuple((row["file_code"], row["title"], row["place"] or say("app.nothing")) for row in left.files), (3, 7, 6))


def _how_far(told: Told, one: Owed) -> str:
    return "\n".join({"phase": _of_phase, "activity": _of_activity, "finding": _of_finding}[one.kind](told, one))


def _of_phase(told: Told, one: Owed) -> Iterator[str]:
    yield told.say(f"choices.state.{state_of(told.state, one.step)}")


def _of_activity(told: Told, one: Owed) -> Iterator[str]:
    """The last report: how much, what was done, what was in the way; and all evidence reported so far."""
    reports = reports_by_activity(told.state.of("progress")).get(one.entity_id, ())
    if not reports:
        yield told.say("documents.handover.no_report")
        return
    last = reports[-1]
    facts = {"percent": last["percent"], "date": say_date(last["reported_on"], told.say), "person": person_name(told, last["person"])}
    yield told.say("documents.handover.reported" if last["person"] else "documents.handover.reported_by_nobody", **facts)
    for name in ("done", "obstacle"):
        if last[name]:
            yield told.say(f"documents.handover.{name}", text=last[name])
    for text in dict.fromkeys(report["evidence"] for report in reversed(reports) if report["evidence"]):
        yield told.say("documents.handover.evidence", text=text)


def _of_finding(told: Told, one: Owed) -> Iterator[str]:
    remedy = told.state.get(one.entity_id)["remedy"]
    yield told.say("documents.handover.remedy", text=remedy) if remedy else told.say("documents.handover.no_remedy")


def _signature(say: Phrases, person: Person | None) -> Iterator[str]:
    """Room to sign above a name, position and day; dots where they are not known."""
    blank = say("documents.handover.blank")
    yield from ("", "", blank)
    yield say("documents.handover.name_line", name=(person and person.name) or blank)
    yield say("documents.handover.position_line", position=(person and person.position) or blank)
    yield say("documents.handover.date_line", date=blank)
