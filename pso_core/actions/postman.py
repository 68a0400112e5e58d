"""Sends everybody's digest when it is due, and never twice.

A mail is claimed in the database before it is sent and settled after. Whatever ends the program in between leaves the
claim, and a claim is never sent again: rather no mail than two. Such a mail is reported as unknown. Only when the server
surely did not take it, it is tried again, after growing pauses.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pso_core.actions.letters import digest_letter, trial_letter
from pso_core.actions.mail import MailServer, fit_address, mail_server, note_trouble, require_configure
from pso_core.actions.mail_delivery import Patience, Undelivered, deliver
from pso_core.domain.people import Person
from pso_core.domain.rhythm import Choice, still_waiting, wait_after, wanted_at
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.text.phrases import Phrases

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()  # of this process, the only one that has the database
TRIAL = Patience(taken=60.0)  # somebody sits before the page and waits


@dataclass(frozen=True)
class Posted:
    """What became of one person's mail: sent · nothing (to tell) · waiting · refused · unknown. `reason` says why not."""

    person_id: str
    day: date
    state: str
    reason: Undelivered | None = None

    @property
    def code(self) -> str:
        return self.reason.code if self.reason else ""


class Postman:
    """Remembers between rounds how long to leave a server alone that does not answer. Any thread may send it on a round."""

    def __init__(self, office: Office, patience: Patience = Patience()):
        self._office, self._patience = office, patience
        self._failures = 0
        self._resting_until: datetime | None = None

    def round(self) -> tuple[Posted, ...]:
        """Everything that is due now. Without a server, or while it is left alone, nothing."""
        with _one_at_a_time:
            now, server = self._office.clock(), mail_server(self._office)
            if server is None or still_waiting(self._resting_until, now):
                return ()
            if lost := self._office.store.sent_mail.abandon():
                _log.warning("mails cut off while being sent, not sent again: %s", lost)
            return tuple(self._deliveries(server, now))

    def _deliveries(self, server: MailServer, now: datetime) -> Iterator[Posted]:
        for choice, day in _wanted(self._office, now):
            if attempt := self._office.store.sent_mail.claim(choice.person_id, day, now):
                yield self._send(server, choice, day, attempt)
            if still_waiting(self._resting_until, now):  # the others would only wait for the same silence
                return

    def _send(self, server: MailServer, choice: Choice, day: date, attempt: int) -> Posted:
        """The claim is settled unless something unforeseen happens: then it stays, and the mail counts as lost."""
        person = self._office.store.people.get(choice.person_id)
        letter = digest_letter(self._office, server, person, choice, day)
        if letter is None:
            return self._settled(choice, day, "nothing")
        try:
            deliver(server, letter, self._patience)
        except Undelivered as reason:
            return self._not_sent(choice, day, attempt, reason)
        self._failures, self._resting_until = 0, None
        return self._settled(choice, day, "sent")

    def _not_sent(self, choice: Choice, day: date, attempt: int, reason: Undelivered) -> Posted:
        note_trouble(self._office, choice.person_id, reason)
        if reason.about == "server":
            self._failures += 1
            self._resting_until = self._office.clock() + wait_after(self._failures)
        if reason.about == "address" and reason.lasting:
            self._office.store.mail_choices.note_refused(choice, reason.facts["number"])
        state = "unknown" if not reason.certain else "refused" if reason.lasting else "waiting"
        return self._settled(choice, day, state, reason, attempt)

    def _settled(self, choice: Choice, day: date, state: str, reason: Undelivered | None = None, attempt: int = 0) -> Posted:
        now = self._office.clock()
        next_at = now + wait_after(attempt) if state == "waiting" else None
        self._office.store.sent_mail.settle(choice.person_id, day, state, now, next_at)
        return Posted(choice.person_id, day, state, reason)


def still_to_go(office: Office) -> tuple[str, ...]:
    """Whose mail has its hour behind it and was not sent, nor given up."""
    return tuple(choice.person_id for choice, day in _wanted(office, office.clock()) if office.store.sent_mail.may_go(choice.person_id, day))


def _wanted(office: Office, now: datetime) -> Iterator[tuple[Choice, date]]:
    """Whose mail has its hour behind it, and of which day it is; not where the address was refused for good."""
    for choice in office.store.mail_choices.all():
        if not choice.refused and (moment := wanted_at(choice, now)):
            yield choice, moment.date()


def send_test(office: Office, actor: Person, to: str, say: Phrases) -> None:
    """A message to see whether the settings work. Refuses not_allowed, mail_unset, mail_address_unfit, and as `deliver` does."""
    require_configure(actor)
    server = mail_server(office)
    if server is None:
        raise PsoError("mail_unset")
    deliver(server, trial_letter(office, server, say, fit_address(to)), TRIAL)
