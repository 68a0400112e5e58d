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


@pytest.mark.parametrize(("project", "readers"), [("example", [(role, "th") for role in ROLES]), ("empty", [("head", "en"), ("viewer", "en")])])
def test_everybody_reads_what_it_is_and_who_certifies_brings_one(request, visit, project, readers):
    request.getfixturevalue(project)
    told, expected = {}, {}
    for role, language in readers:
        at, say = opened(visit(PAGE, role=role, language=language)), phrases(language)
        purpose = say("word_template.purpose") in shown(at).replace("\u2060", "")
        told[role] = (fault(at), purpose, say("word_template.starter.download") in downloads(at), [one.label for one in uploader(at)])
        expected[role] = ([], True, True, [say("word_template.file", most=10)] if role in CERTIFIES else [])
    assert told == expected


def test_what_is_in_use_is_told_with_who_and_when_and_a_link_and_taken_out_with_one_press(office, example, visit):
    put(office, example)
    for language in LANGUAGES:
        at, say = visit(PAGE, role="viewer", language=language), phrases(language)
        assert as_html(say("word_template.in_use", name="แบบ & เรา.docx")) in shown(at)
        assert fault(opened(at)) == []
        assert "แบบ &amp; เรา.docx" in shown(at) and f"/file/{example}/word_template" in shown(at)
        assert say("word_template.put_by", who=person("head").name, when="").strip() in shown(at)
        assert say("word_template.remove") not in [button.label for button in at.button]
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


def test_what_is_wrong_with_a_template_is_a_sentence_and_nothing_is_kept_until_one_is_brought_that_is_used(office, example, visit):
    closed = visit(PAGE, role="head")
    assert TH("word_template.purpose") not in shown(closed)  # folded until somebody asks
    at = bring(opened(closed), template("{{ colour }}"))
    assert fault(at) == []
    assert ["colour" in sentence for sentence in errors(at)] == [True]
    assert office.store.state(example).only("word_template") is None
    at = bring(opened(visit(PAGE, role="head")), template("{{ agency.name }}"))
    assert (fault(at), errors(at)) == ([], [])
    assert office.store.state(example).only("word_template")["name"] == "แบบ.docx"


def test_an_approved_step_offers_no_change(office, example, visit):
    all_approved(office, example, ["certification"])
    at = opened(visit(PAGE, role="head"))
    assert (fault(at), uploader(at)) == ([], [])
