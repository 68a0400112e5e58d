"""What people owe, read from every project; and today's digest as text and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pso_core.actions import reminder_text as text
from pso_core.actions.cycle_reading import is_renewed
from pso_core.actions.first_start import is_example
from pso_core.actions.holidays import workdays
from pso_core.actions.projects import find_project
from pso_core.actions.rows import standard_of
from pso_core.actions.schedule import ledger
from pso_core.domain import owed
from pso_core.domain.owed import Digest, Morning, Owed
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, project_name
from pso_core.steps.sign_off import NEEDS
from pso_core.text.phrases import Phrases

ESCALATE_AFTER = "escalate_after"  # the setting: working days overdue after which something also reaches the head
DEFAULT_ESCALATION, LONGEST_ESCALATION = 5, 250


@dataclass(frozen=True)
class ProjectDigest:
    """Today's digest of one project, with the reader to say it to."""

    told: Told
    digest: Digest

    @property
    def project_id(self) -> str:
        return self.told.state.project_id


@dataclass(frozen=True)
class Share:
    """What one person owes in one project, in order."""

    told: Told
    items: tuple[Owed, ...]

    @property
    def project(self) -> str:
        return project_name(self.told.state) or self.told.say("app.no_agency")


def mornings(office: Office) -> Iterator[Morning]:
    """Every project on today's morning. The example is nobody's work beside real work, nor where nobody tries it."""
    people, calendar, today, tried = office.store.people.all(), workdays(office), office.today(), is_example(office)
    projects = office.store.projects()
    abouts = office.store.everywhere("project")  # afterwards: one that somebody begins meanwhile is in it all the same
    real = [project_id for project_id in projects if not abouts[project_id]["example"]]
    for project_id in real or (projects if tried else ()):
        state = office.store.state(project_id)
        yield Morning(state, people, calendar, today, is_renewed(office, state, abouts))


def morning_of(office: Office, state: ProjectState) -> Morning:
    return Morning(state, office.store.people.all(), workdays(office), office.today(), is_renewed(office, state))


def digest_of(office: Office, state: ProjectState) -> Digest:
    """What a manager should know of the project today."""
    return owed.digest(morning_of(office, state), ledger(office, state.project_id), NEEDS)


def shares_of(office: Office, person: Person, say: Phrases) -> tuple[Share, ...]:
    """What the person owes, project by project; none where it is nothing."""
    found = (Share(_told(say, morning), owed.owed_by(morning, person.id)) for morning in mornings(office))
    return tuple(share for share in found if share.items)


def owed_by(office: Office, person: Person) -> tuple[Owed, ...]:
    """What the person owes in all projects: overdue first, then by due day."""
    return owed.in_order(one for morning in mornings(office) for one in owed.owed_by(morning, person.id))


def escalated_to(office: Office, person: Person, say: Phrases) -> tuple[Share, ...]:
    """What is overdue by so many working days that the head hears of it too; nothing to anybody else, nor what is the head's own."""
    if person.role != "head":
        return ()
    days = escalation(office)
    found = (Share(_told(say, morning), _escalated(morning, person, days)) for morning in mornings(office))
    return tuple(share for share in found if share.items)


def escalation(office: Office) -> int:
    """Working days overdue after which something also reaches the head."""
    return office.store.settings.get(ESCALATE_AFTER, DEFAULT_ESCALATION)


def set_escalation(office: Office, actor: Person, working_days: int) -> None:
    """Refuses not_allowed, escalation_outside (least, most)."""
    if not may(actor.role, "configure"):
        raise NotAllowed("not_allowed", role=actor.role, verb="configure")
    if not 1 <= working_days <= LONGEST_ESCALATION:
        raise PsoError("escalation_outside", least=1, most=LONGEST_ESCALATION)
    office.store.settings.set(ESCALATE_AFTER, working_days)


def line_text(office: Office, state: ProjectState, say: Phrases) -> str:
    """Today's digest of one project to paste into a group's chat: plain text, at most CHAT_LETTERS long."""
    one = _digested(morning_of(office, state), office, say)
    return "\n".join(text.chat_lines(one.told, one.digest, office.today()))


def report(office: Office, say: Phrases, project: str | None = None) -> tuple[list[str], dict[str, Any]]:
    """Today's digest of one project (said as a command does) or of all, as lines and as data. Refuses as `find_project` does."""
    chosen = [morning_of(office, office.store.state(find_project(office, project)))] if project else mornings(office)
    found = [_digested(morning, office, say) for morning in chosen]
    lines = [line for one in found for line in (*text.digest_lines(one.told, one.digest, office.today()), "")]
    if not found:
        lines = [say("reminders.only_examples" if office.store.projects() else "cli.projects.none"), ""]
    return lines[:-1], {"today": office.today().isoformat(), "projects": [text.as_data(one.told, one.digest) for one in found]}


def _digested(morning: Morning, office: Office, say: Phrases) -> ProjectDigest:
    return ProjectDigest(_told(say, morning), owed.digest(morning, ledger(office, morning.state.project_id), NEEDS))


def _told(say: Phrases, morning: Morning) -> Told:
    return Told(say, standard_of(morning.state), morning.state, morning.people)


def _escalated(morning: Morning, head: Person, days: int) -> tuple[Owed, ...]:
    items: Iterable[Owed] = (*owed.phases(morning), *owed.activities(morning), *owed.findings(morning))
    return owed.in_order(one for one in owed.escalated(items, days) if head.id not in owed.owing(morning, one))
