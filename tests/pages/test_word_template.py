"""The agency's template on step 9: what it is, a starter, what is in use, and taking it out."""

from __future__ import annotations

import io

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.domain.people import ROLES
from pso_core.press.word_template import put_word_template
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.plain import as_html
from tests.actions.signing import all_approved
from tests.building import person
from tests.documents.templates import template
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")
PAGE = "step_9_certification"
CERTIFIES = ("administrator", "facilitator", "head")


def opened(at: AppTest) -> AppTest:
    at.session_state["word_template"] = True
    return at.run()


def put(office, project: str, content: bytes = template("{{ agency.name }}")) -> None:
    put_word_template(office, person("head"), project, "แบบ & เรา.docx", io.BytesIO(content), "th")


def downloads(at: AppTest) -> list[str]:
    return [button.proto.label for button in at.get("download_button")]


def uploader(at: AppTest):
    return at.get("file_uploader")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("project", ["example", "empty"])
def test_everybody_reads_what_it_is_and_who_certifies_brings_one(request, visit, language, role, project):
    request.getfixturevalue(project)
    at, say = opened(visit(PAGE, role=role, language=language)), phrases(language)
    assert fault(at) == []
    assert say("word_template.purpose") in shown(at).replace("\u2060", "")
    assert say("word_template.starter.download") in downloads(at)
    assert [one.label for one in uploader(at)] == ([say("word_template.file", most=10)] if role in CERTIFIES else [])


def test_it_is_folded_until_somebody_asks(example, visit):
    assert TH("word_template.purpose") not in shown(visit(PAGE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_in_use_is_told_with_who_and_when_and_a_link(office, example, visit, language):
    put(office, example)
    at, say = opened(visit(PAGE, role="viewer", language=language)), phrases(language)
    assert fault(at) == []
    assert "แบบ &amp; เรา.docx" in shown(at) and f"/file/{example}/word_template" in shown(at)
    assert say("word_template.put_by", who=person("head").name, when="").strip() in shown(at)
    assert as_html(say("word_template.in_use", name="แบบ & เรา.docx")) in shown(visit(PAGE, role="viewer", language=language))
    assert say("word_template.remove") not in [button.label for button in at.button]


def test_it_is_taken_out_with_one_press(office, example, visit):
    put(office, example)
    at = press(opened(visit(PAGE, role="head")), TH("word_template.remove"))
    assert (fault(at), errors(at), office.store.state(example).only("word_template")) == ([], [], None)
    assert TH("word_template.remove") not in [button.label for button in at.button]


def test_a_lost_content_is_said(office, example, visit):
    put(office, example)
    office.store.contents.drop(office.store.state(example).only("word_template")["sha256"])
    assert TH("word_template.lost") in shown(opened(visit(PAGE)))


def bring(at: AppTest, content: bytes) -> AppTest:
    uploader(at)[0].upload("แบบ.docx", content).run()
    return press(at, TH("word_template.use"))


def test_a_template_is_brought_and_used(office, example, visit):
    at = bring(opened(visit(PAGE, role="head")), template("{{ agency.name }}"))
    assert (fault(at), errors(at)) == ([], [])
    assert office.store.state(example).only("word_template")["name"] == "แบบ.docx"


def test_what_is_wrong_with_it_is_a_sentence_and_nothing_is_kept(office, example, visit):
    at = bring(opened(visit(PAGE, role="head")), template("{{ colour }}"))
    assert fault(at) == []
    assert ["colour" in sentence for sentence in errors(at)] == [True]
    assert office.store.state(example).only("word_template") is None


def test_an_approved_step_offers_no_change(office, example, visit):
    all_approved(office, example, ["certification"])
    at = opened(visit(PAGE, role="head"))
    assert (fault(at), uploader(at)) == ([], [])
