"""Packs over the web: a download for whoever signed in, and nothing for anybody else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from pso_core.actions.sign_in import begin_session
from pso_core.documents.manifest import verify
from pso_core.domain.people import ROLES
from pso_core.press.build import make, order
from pso_core.store.packs import Pack
from pso_core.web.cookies import SESSION
from pso_core.web.packs import path_of
from tests.building import an_office, lampang, person
from tests.servers import Server, running
from tests.web.visitor import Visitor


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Pack, str, dict[str, str]]]:
    """A server, a pack of one project, the id of another project, and a session of each role."""
    database = tmp_path_factory.mktemp("office") / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        project, other = lampang(office), lampang(office)
        pack = make(office, person("head"), order(office, person("head"), project, "th", False))
        tokens = {role: begin_session(office, person(role).id) for role in ROLES}
    with running(database) as server:
        yield server, pack, other, tokens


@pytest.mark.parametrize("role", ROLES)
def test_whoever_signed_in_saves_the_pack_under_its_name(served, role):
    server, pack, _, tokens = served
    answer = Visitor(server.url, {SESSION: tokens[role]}).ask(path_of(pack.project_id, pack.id))
    assert (answer.status, answer.headers["content-type"], answer.headers["x-content-type-options"]) == (200, "application/zip", "nosniff")
    assert unquote(answer.headers["content-disposition"]) == f"attachment; filename*=UTF-8''{pack.name.removesuffix('.zip')} ชุดที่ 1.zip"
    assert verify(io.BytesIO(answer.content)).digest == pack.digest


@pytest.mark.parametrize("path", ["", "x", "{project}", "{project}/nothing", "{other}/{pack}", "{project}/{pack}/x", "../file", "%00/{pack}"])
def test_any_other_address_holds_nothing(served, path):
    server, pack, other, tokens = served
    address = "/pack/" + path.format(project=pack.project_id, pack=pack.id, other=other)
    assert Visitor(server.url, {SESSION: tokens["head"]}).ask(address).status in (400, 404)


def test_who_has_not_signed_in_is_sent_to_the_door(served):
    server, pack, *_ = served
    answer = Visitor(server.url).ask(path_of(pack.project_id, pack.id))
    assert (answer.status in (303, 401, 403), b"PK" in answer.content) == (True, False)
