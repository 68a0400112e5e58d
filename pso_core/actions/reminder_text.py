"""How a digest is told: lines to read or to paste into a chat, and the same for programs. No score stands in either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, product
from typing import Any

from pso_core.domain.owed import Blocked, Digest, Owed, Waiting
from pso_core.steps.naming import Told, person_name, project_name, slip_reason
from pso_core.steps.owing import left_text, owed_name, step_name
from pso_core.text.lines import one_line
from pso_core.text.thaidate import say_date

SHORT = 5  # lines of each part in a chat; a longer message is not read there
CHAT_LETTERS, LINE_LETTERS = 1_500, 200  # of a whole message in a chat, and of one line of it
REASON_SHOWN = 60
OF_EVERYBODY = ("milestone", "certificate")  # no single person owes these

Data = dict[str, Any]


def digest_lines(told: Told, digest: Digest, today: date) -> Iterator[str]:
    """The project and the day, then each part that has something in it, whole."""
    yield _head(told, today)
    if digest.empty:
        yield told.say("reminders.nothing")
    for part, lines in parts(told, digest).items():
        yield from _part(told, part, len(lines), [line for _, line in lines])


def chat_lines(told: Told, digest: Digest, today: date) -> Iterator[str]:
    """The same in at most CHAT_LETTERS with its line ends: of each part the first, while they fit the second and so on, up to SHORT;
    then how many more there are."""
    head = one_line(_head(told, today), LINE_LETTERS)
    found = {part: [one_line(line, LINE_LETTERS) for _, line in lines] for part, lines in parts(told, digest).items()}
    count = sum(map(len, found.values()))
    shown = _fitting(told, found, CHAT_LETTERS - len(head) - len(told.say("reminders.rest", count=count)) - 2)
    yield head
    if digest.empty:
        yield told.say("reminders.nothing")
    for part, lines in found.items():
        yield from _part(told, part, len(lines), lines[: shown[part]])
    if rest := count - sum(shown.values()):
        yield ""
        yield told.say("reminders.rest", count=rest)


def parts(told: Told, digest: Digest) -> dict[str, list[tuple[Any, str]]]:
    """{part: each thing in it with its line}; of what one change moved together, the first and how many more."""
    return {
        "overdue": [(one, _item(told, one)) for one in digest.overdue],
        "soon": [(one, _item(told, one)) for one in digest.soon],
        "expiring": [(one, _item(told, one)) for one in digest.expiring],
        "waiting": [(one, _waiting(told, one)) for one in digest.waiting],
        "blocked": [(one, _blocked(told, one)) for one in digest.blocked],
        "slipped": [(together[0], _slip(told, *together)) for together in _together(digest.slipped)],
    }


def item_line(told: Told, one: Owed, project: str = "") -> str:
    """One thing somebody owes, without who: for whoever owes it."""
    parts = [owed_name(told, one), left_text(told, one), *([project] if project else [])]
    return told.say("reminders.line", text=" · ".join(parts))


def what_and_whose(told: Told, one: Owed) -> tuple[str, ...]:
    """What is owed, and by whom unless it is everybody's."""
    owner = person_name(told, one.owner) if one.owner else told.say("reminders.no_owner")
    return (owed_name(told, one), *(() if one.kind in OF_EVERYBODY else (owner,)))


def as_data(told: Told, digest: Digest) -> Data:
    """The digest for programs."""
    return {
        "id": told.state.project_id,
        "name": project_name(told.state),
        "overdue": [item_data(told, one) for one in digest.overdue],
        "soon": [item_data(told, one) for one in digest.soon],
        "expiring": [item_data(told, one) for one in digest.expiring],
        "waiting": [_waiting_data(told, one) for one in digest.waiting],
        "blocked": [{"step": one.step, "needs": one.needs, "people": _people(told, one.people)} for one in digest.blocked],
        "slipped": [slip_data(told, one) for one in digest.slipped],
    }


def item_data(told: Told, one: Owed) -> Data:
    months = {} if one.months is None else {"months": one.months}
    return {
        "kind": one.kind, "id": one.entity_id, "step": one.step, "name": owed_name(told, one),
        "owner_id": one.owner, "owner": person_name(told, one.owner) if one.owner else None,
        "due": one.due.isoformat() if one.due else None, "working_days": one.days, "overdue": one.overdue, **months,
    }  # fmt: skip


def slip_data(told: Told, slip: Any) -> Data:
    return {
        "kind": slip.kind, "id": slip.entity_id, "before": slip.before.isoformat(), "after": slip.after.isoformat() if slip.after else None,
        "working_days": slip.working_days, "person_id": slip.person_id, "person": person_name(told, slip.person_id), "reason": slip.reason,
    }  # fmt: skip


def _head(told: Told, today: date) -> str:
    project = project_name(told.state) or told.say("app.no_agency")
    return told.say("reminders.head", project=project, code=told.standard.code, day=say_date(today, told.say))


def _part(told: Told, part: str, count: int, lines: Iterable[str]) -> Iterator[str]:
    """The heading with how many there are, then these lines of them; nothing where there are none to show."""
    for place, line in enumerate(lines):
        if not place:
            yield from ("", told.say(f"reminders.part.{part}", count=count))
        yield told.say("reminders.line", text=line)


def _fitting(told: Told, found: Mapping[str, Sequence[str]], letters: int) -> Counter[str]:
    """{part: how many of its lines fit}: the first of every part before any second one, for each part is told if it can be."""
    shown: Counter[str] = Counter()
    for place, part in product(range(SHORT), found):
        lines = list(_part(told, part, len(found[part]), found[part][place : place + 1]))
        taken = sum(len(line) + 1 for line in (lines if not place else lines[-1:]))
        if not lines or shown[part] < place:
            continue
        if taken <= letters:
            shown[part], letters = place + 1, letters - taken
    return shown


def _item(told: Told, one: Owed) -> str:
    return " · ".join((*what_and_whose(told, one), left_text(told, one)))


def _waiting(told: Told, one: Waiting) -> str:
    facts = {"step": step_name(told, one.step), "people": _named(told, one.people), "day": say_date(one.since, told.say)}
    return told.say(f"reminders.waiting.{one.state}", **facts)


def _waiting_data(told: Told, one: Waiting) -> Data:
    due, since = one.due and one.due.isoformat(), one.since and one.since.isoformat()
    return {"step": one.step, "state": one.state, "since": since, "people": _people(told, one.people), "due": due, "working_days": one.days}


def _blocked(told: Told, one: Blocked) -> str:
    return told.say("reminders.blocked", step=step_name(told, one.step), needs=step_name(told, one.needs), people=_named(told, one.people))


def _together(slips: Iterable[Any]) -> Iterable[list[Any]]:
    """What one change moved, the first to be due first."""
    return (list(moved) for _, moved in groupby(slips, key=lambda slip: (slip.occurred_at, slip.person_id)))


def _slip(told: Told, slip: Any, *others: Any) -> str:
    what = step_name(told, slip.name) if slip.kind == "phase" else one_line(slip.name)
    facts = {"what": what, "before": say_date(slip.before, told.say), "reason": one_line(slip_reason(told, slip), REASON_SHOWN)}
    if slip.after is None:
        line = told.say("reminders.slip_open", **facts)
    else:
        word = "slip_one" if slip.working_days == 1 else "slip"
        line = told.say(f"reminders.{word}", **facts, after=say_date(slip.after, told.say), days=f"{slip.working_days:,}")
    return f"{line} {told.say('reminders.slip_others', count=len(others))}" if others else line


def _named(told: Told, people: Iterable[str]) -> str:
    return ", ".join(person_name(told, one) for one in people) or told.say("reminders.no_owner")


def _people(told: Told, people: Iterable[str]) -> list[Data]:
    return [{"id": one, "name": person_name(told, one)} for one in people]
