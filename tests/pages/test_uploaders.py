"""Wherever one file is chosen, its label says how large it may be: what the browser refuses refers to the size that is told."""

from __future__ import annotations

import pytest

from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import write
from tests.pages.conftest import fault


def section(at, name: str):
    return next(one for one in at.button_group if one.key == "certification/section").set_value(name).run()


def in_projects(visit, office, project, language):
    return visit("projects", language=language)


def in_settings(visit, office, project, language):
    return visit("settings", role="administrator", language=language)


def in_a_piece_of_evidence(visit, office, project, language):
    piece = write(office, project, "evidence", criterion="speed", code="9-91", title="ผล", form="file").ids[0]
    at = visit("evidence", language=language)
    at.button(key=f"open/{piece}").click().run()
    return at


def in_the_scan(visit, office, project, language):
    write(office, project, "certificate", "certificate", number="1", valid_from="2026-01-05", valid_to="2028-01-04")
    return section(visit("step_9_certification", language=language, role="head"), "outcome")


def in_the_check_of_a_pack(visit, office, project, language):
    return section(visit("step_9_certification", language=language), "pack")


PLACES = (
    (in_projects, "projects/file", "page_projects.file"), (in_settings, "holidays/", "page_holidays.file"),
    (in_a_piece_of_evidence, "evidence/attach/", "page_evidence.attach"), (in_the_scan, "certificate/scan/file", "page_certification.scan.file"),
    (in_the_check_of_a_pack, "packs/check", "page_packs.drop"),
)  # fmt: skip


@pytest.mark.parametrize(("opened", "key", "label"), PLACES, ids=[key for _, key, _ in PLACES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_names_the_size_that_the_browser_refuses(visit, office, empty, opened, key, label, language):
    at = opened(visit, office, empty, language)
    [box] = [one for one in at.file_uploader if one.key.startswith(key)]
    most, name = box.proto.max_upload_size_mb, phrases(language)
    told = name(label, most=most)
    assert (fault(at), box.label, f"{most} " in told) == ([], told, True)
