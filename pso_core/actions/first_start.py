"""The first start: an empty database becomes an office of one's own, or the example to try."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from pso_core.actions.passwords import hashed
from pso_core.actions.people import keep_administrator, new_person
from pso_core.actions.sign_in import begin_session, visiting
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office

EXAMPLE_PEOPLE = Path(__file__).resolve().parents[2] / "data" / "examples" / "lampang" / "people.toml"
EXAMPLE = "example"  # the setting that marks a database as an example: everybody may be anybody in it

_one_at_a_time = threading.Lock()  # else another browser that chooses would leave the example without its people

ImportExample = Callable[[Office, Person], object]


def begin_own(office: Office, *, login: str, name: str, position: str, password: str) -> str:
    """The first administrator's token. Refuses already_started and whatever makes a bad account."""
    _refuse_if_started(office)
    person = new_person(login=login, name=name, position=position, role="administrator")
    password_hash = hashed(password, person.login)
    with _one_at_a_time:
        _refuse_if_started(office)
        office.store.people.add([person], person.id, office.clock(), password_hash=password_hash, check=_refuse_if_not_first(1))
    return begin_session(office, person.id)


def begin_example(office: Office, import_example: ImportExample) -> str:
    """The facilitator's token, in a database filled with the example."""
    return begin_session(office, fill_with_example(office, import_example).id)


def fill_with_example(office: Office, import_example: ImportExample) -> Person:
    """The facilitator of a database marked as an example. `import_example(office, facilitator)` writes the project.

    The project comes first: should writing it fail, nobody exists yet and the choice can be made again.
    """
    people = example_people()
    facilitator = next(person for person in people if person.role == "facilitator")
    with _one_at_a_time:
        _refuse_if_started(office)
        import_example(office, facilitator)
        only_these = _refuse_if_not_first(len(people))
        office.store.people.add(people, facilitator.id, office.clock(), check=only_these, settings={EXAMPLE: True})
    return facilitator


def example_people() -> tuple[Person, ...]:
    """The example's people. They have no password, and exist only in a database begun as the example."""
    rows = tomllib.loads(EXAMPLE_PEOPLE.read_text("utf-8"))["people"]
    return tuple(Person(**{"active": True, **row}) for row in rows)


def is_example(office: Office) -> bool:
    return office.store.settings.get(EXAMPLE) is True


def open_accounts(office: Office) -> tuple[Person, ...]:
    """Whom anybody may become without a password: the example's people, nobody in any other database."""
    if not is_example(office):
        return ()
    closed = office.store.people.have_password()
    return tuple(person for person in office.store.people.all() if person.active and person.id not in closed)


def become(office: Office, token: str, person_id: str) -> str:
    """Be another of the example's people: this session when it lives, else a new one. Refuses not_an_example."""
    if person_id not in {person.id for person in open_accounts(office)}:
        raise NotAllowed("not_an_example")
    if visiting(office, token):
        office.store.sessions.hand_over(token, person_id, office.clock())
        return token
    return begin_session(office, person_id)


def end_example(office: Office, actor: Person) -> None:
    """From now on everybody here signs in with a password: accounts without one are closed, their visits ended.

    Refuses not_allowed, not_an_example, and last_administrator while no administrator has a password.
    """
    if not may(actor.role, "manage_people"):
        raise NotAllowed("not_allowed", role=actor.role, verb="manage_people")
    if not is_example(office):
        raise NotAllowed("not_an_example")
    office.store.people.close_without_password(actor.id, office.clock(), keep_administrator, {EXAMPLE: False})


def _refuse_if_started(office: Office) -> None:
    if office.store.people.exist():
        raise PsoError("already_started")


def _refuse_if_not_first(expected: int) -> Callable[[Iterable[Person]], None]:
    """Two browsers may choose at the same moment: only one of them finds nobody before."""

    def check(everybody: Iterable[Person]) -> None:
        if len(tuple(everybody)) != expected:
            raise PsoError("already_started")

    return check
