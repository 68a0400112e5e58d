"""The administration page: an example that becomes an office's own database."""

from __future__ import annotations

import io

import pytest

from pso_core.actions.first_start import EXAMPLE, is_example
from pso_core.actions.people import add_person
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import person
from tests.pages.conftest import errors, fault, press, shown


@pytest.fixture
def open_to_all(office, example):
    office.store.settings.set(EXAMPLE, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_ends_once_somebody_has_a_password(office, open_to_all, visit, language):
    at, say = visit("settings", role="administrator", language=language), phrases(language)
    press(at, say("page_settings.end_example_yes"))
    assert (errors(at), is_example(office)) == ([say("refusals.last_administrator")], True)
    add_person(office, person("administrator"), login="real", name="ตัวจริง", password="ข้าวเหนียวมะม่วง", role="administrator")
    press(at, say("page_settings.end_example_yes"))
    assert (fault(at), is_example(office)) == ([], False)


def test_an_office_of_its_own_is_not_offered_to_end_the_example(office, example, visit):
    assert phrases("th")("page_settings.end_example_purpose") not in shown(visit("settings", role="administrator"))


def test_a_backup_tells_of_the_attached_files(office, example, visit):
    kept = [office.store.contents.put(io.BytesIO(name), 2**20).sha256 for name in (b"a", b"b")]
    rows = [Write(f"attachment:a:{n}", "attachment", 0, {"sha256": sha256}) for n, sha256 in enumerate(kept)]
    office.store.commit(example, rows, person_id="p-member", action="attach")
    office.store.contents.drop(kept[0])
    at, say = visit("settings", role="administrator", language="en"), phrases("en")
    press(at, say("page_settings.back_up"))
    (folder,) = (office.store.engine.path.parent / "backups").glob("*.files")
    assert say("page_settings.backed_up_files", files=1, folder=folder.name) in shown(at)
    assert [warning.value for warning in at.warning] == [say("page_settings.files_missing", count=1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_it_is_for(office, example, visit, language):
    assert f"<p class='purpose'>{phrases(language)('page_settings.purpose')}</p>" in shown(visit("settings", role="administrator", language=language))
