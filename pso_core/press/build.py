"""Making a pack: of one change of one project, into the store, with a record of it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pso_core.actions.project_file import file_of_rows
from pso_core.actions.schedule import ledger_in
from pso_core.documents.about import About
from pso_core.documents.case import Case
from pso_core.documents.clean import for_file_name
from pso_core.documents.pack import Contents, Member, Packed, members, parts_digests, write_pack
from pso_core.documents.submission import about_of, case_at
from pso_core.documents.word_report import template_path
from pso_core.domain.evidence import pieces
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed, NotFound
from pso_core.office import Office
from pso_core.store.packs import Pack
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import say_date

LARGEST = 2**40  # bytes: the disk is the limit
Tick = Callable[[int, int], None]  # (files done, of how many); whoever wants the making to stop raises


@dataclass(frozen=True)
class Order:
    """Which pack: of which project as it stood after change `seq`, telling of the day `day`, in which language and digits."""

    project_id: str
    seq: int
    day: date
    language: str
    thai_digits: bool


def order(office: Office, actor: Person, project_id: str, language: str, thai_digits: bool) -> Order:
    """A pack of the project as it stands now. Refuses not_allowed, project_not_found."""
    if not may(actor.role, "certify"):
        raise NotAllowed("not_allowed", role=actor.role, verb="certify")
    return Order(project_id, office.store.state(project_id).seq, office.today(), language, thai_digits)


def make(office: Office, actor: Person, wanted: Order, tick: Tick = lambda done, of: None) -> Pack:
    """Make the pack, keep its file among the contents and its record. The same order is the same bytes. Refuses disk_refused, folder_unwritable;
    then nothing of it is kept."""
    with tempfile.TemporaryFile(dir=_folder(office)) as file:
        case, packed = written(office, wanted, file, tick)
        file.seek(0)
        content = office.store.contents.put(file, LARGEST)
    pack = Pack(
        secrets.token_hex(8), wanted.project_id, wanted.seq, wanted.day, office.clock(), actor.id, wanted.language, wanted.thai_digits, name_of_pack(case),
        content.sha256, content.bytes, packed.digest, packed.parts, packed.files,
    )  # fmt: skip
    try:
        office.store.packs.add(pack)
    except BaseException:
        office.store.contents.take_back(content.sha256)
        raise
    return pack


def written(office: Office, wanted: Order, target: BinaryIO, tick: Tick = lambda done, of: None) -> tuple[Case, Packed]:
    """Write the pack into `target`, file after file."""
    case = case_of(office, wanted)
    of = _contents(office, case, wanted.thai_digits)
    return case, write_pack(target, _ticked(case, about_of(case), of, tick), parts_digests(case))


def case_of(office: Office, wanted: Order) -> Case:
    """The project as it stood then, looked at on the day of the order. Refuses project_not_found."""
    state = office.store.as_of(wanted.project_id, wanted.seq)
    return case_at(office, state, wanted.day, wanted.language, partial(ledger_in, office, state))


def name_of_pack(case: Case) -> str:
    agency = for_file_name(case.agency_name, 50)
    return f"{for_file_name(case.say('documents.pack.name', standard=case.standard.code, agency=agency, date=say_date(case.review.today, case.say)), 110)}.zip"


def saved_as(pack: Pack, number: int) -> str:
    """What its file is called where somebody saves it: with its number in the project, for all packs of one day have one name."""
    said = phrases(pack.language)("documents.pack.number", number=number)
    return f"{pack.name.removesuffix('.zip')} {said}.zip"


def file_of(office: Office, actor: Person, project_id: str, pack_id: str) -> tuple[Pack, Path]:
    """A pack and where its file is. Refuses not_allowed, pack_gone."""
    if not may(actor.role, "view"):
        raise NotAllowed("not_allowed", role=actor.role, verb="view")
    pack = office.store.packs.find(project_id, pack_id)
    if pack is None or not office.store.contents.holds(pack.content):
        raise NotFound("pack_gone")
    return pack, office.store.contents.path_of(pack.content)


def let_go(office: Office, actor: Person, project_id: str, pack_id: str) -> None:
    """Free the room of a pack's file; its record stays. Refuses not_allowed, pack_gone."""
    if not may(actor.role, "certify"):
        raise NotAllowed("not_allowed", role=actor.role, verb="certify")
    pack, _ = file_of(office, actor, project_id, pack_id)
    if office.store.packs.let_go(pack):
        office.store.contents.drop(pack.content)


def _contents(office: Office, case: Case, thai_digits: bool) -> Contents:
    found = pieces(case.state, case.review.today, case.review.lost)
    newest = {one.files[0]["sha256"]: one.file_lost for one in found if one.files}
    here: Mapping[str, Path | None] = {sha256: None if lost else office.store.contents.path_of(sha256) for sha256, lost in newest.items()}
    return Contents(found, here.__getitem__, file_of_rows(case.state, case.people, to_examine=True), thai_digits, template_path(office, case.state))


def _ticked(case: Case, about: About, of: Contents, tick: Tick) -> Iterator[Member]:
    found = members(case, about, of)
    whole = len(found) + 1  # the list of them all
    for done, made in enumerate(found):
        tick(done, whole)
        yield made()
    tick(whole, whole)


def _folder(office: Office) -> Path:
    """On the same disk as what is kept."""
    office.store.contents.folder.mkdir(0o700, parents=True, exist_ok=True)
    return office.store.contents.folder
