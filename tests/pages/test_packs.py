"""Packs on step 9: made in the background, listed with what they are of, compared, let go."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from datetime import timedelta

from pso_core import standards
from pso_core.domain.people import ROLES
from pso_core.press.build import make, order, saved_as
from pso_core.press.jobs import Job
from pso_core.press.jobs import press as printing
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import person, write
from tests.pages.conftest import fault, press, shown

TH = phrases("th")
HEAD = person("head")


def section(at):
    return next(one for one in at.button_group if one.key == "certification/section").set_value("pack").run()


def built(office, project: str):
    return make(office, HEAD, order(office, HEAD, project, "th", False))


def test_who_certifies_is_offered_to_make_one(example, visit):
    offered = {}
    for role, language in [*((role, "th") for role in ROLES), ("head", "en")]:
        at, say = section(visit("step_9_certification", role=role, language=language)), phrases(language)
        assert (role, fault(at), say("page_packs.none") in shown(at)) == (role, [], True)
        offered[role, language] = say("page_packs.make") in [button.label for button in at.button]
    assert [who for who, may in offered.items() if may] == [("administrator", "th"), ("facilitator", "th"), ("head", "th"), ("head", "en")]


def test_a_pack_is_made_while_the_page_goes_on_is_then_listed_and_let_go_and_its_record_stays(office, example, visit):
    at = section(visit("step_9_certification", role="head"))
    press(at, TH("page_packs.make"))
    assert fault(at) == []
    for _ in range(600):
        if not printing.newest(example).open:
            break
        time.sleep(0.1)
    at.run()
    (pack,) = office.store.packs.of(example)
    assert (fault(at), f"/pack/{example}/{pack.id}" in shown(at), pack.digest[:12] in shown(at)) == ([], True, True)
    press(at, TH("page_packs.let_go"))
    assert (fault(at), TH("page_packs.gone") in shown(at), office.store.contents.holds(pack.content)) == ([], True, False)


def compared(visit, language: str = "th"):
    """The page with two packs beside each other."""
    at = section(visit("step_9_certification", role="viewer", language=language))
    at.session_state["packs/compare"] = True
    return at.run()


def test_packs_of_one_minute_are_told_apart_by_number_saved_under_different_names_and_compared_part_by_part(office, example, visit):
    first = built(office, example)
    before = saved_as(first, office.store.packs.number(first))
    write(office, example, "goal", office.store.state(example).of("goal")[0].id, text="เป้าหมายใหม่")
    second = built(replace(office, clock=lambda: office.clock() + timedelta(seconds=1)), example)
    names = [saved_as(one, office.store.packs.number(one)) for one in (first, second)]
    assert (first.name == second.name, names) == (True, [before, before.replace("ชุดที่ 1.zip", "ชุดที่ 2.zip")])
    at = compared(visit)
    assert (fault(at), [name in shown(at) for name in names]) == ([], [True, True])
    earlier, later = (next(one for one in at.selectbox if one.key == f"packs/{name}") for name in ("earlier", "later"))
    assert ([earlier.value, later.value], [option.split(" ")[1] for option in earlier.options]) == ([first.id, second.id], ["2", "1"])
    assert TH("page_packs.changed_since", count=1) in shown(at)
    assert TH("page_packs.changed", name="ส่วนที่ 5 วิสัยทัศน์ พันธกิจ เป้าหมาย และภารกิจ") in shown(at)


def test_the_parts_that_differ_stand_in_the_order_of_the_report_with_its_numbers(office, example, visit):
    """By their keys they would stand otherwise: agency_profile, direction … scoring_method, self_assessment, working_group."""
    earlier = built(office, example)
    changed = {key: "0" * 64 for key in earlier.parts}
    office.store.packs.add(replace(earlier, id="later", made_at=earlier.made_at + timedelta(1), digest="d" * 64, parts=changed))
    for language in LANGUAGES:
        at, say = compared(visit, language), phrases(language)
        checklist = standards.load().checklist
        headings = [say("documents.part", number=number, name=part.name[language]) for number, part in enumerate(checklist, 1) if part.key in changed]
        told = shown(at).replace("\\", "").replace("\u2060", "")
        places = [told.find(say("page_packs.changed", name=heading)) for heading in headings]
        assert (language, fault(at), len(places), -1 in places, places) == (language, [], 13, False, sorted(places))


def test_whoever_stopped_one_is_told_that_it_is_stopping(office, example, visit, monkeypatch):
    job = Job("j", order(office, HEAD, example, "th", False), "p-head", "running", 1, 71)
    monkeypatch.setattr(printing, "newest", lambda project_id: job)
    at = section(visit("step_9_certification", role="head"))
    press(at, TH("page_packs.stop"))
    assert (fault(at), next(one for one in at.button if one.key == "packs/stop/j").disabled, job.stopping.is_set()) == ([], True, True)
    assert TH("page_packs.stopping") in [one.proto.text for one in at.get("progress")]


def checked(visit, data: bytes):
    at = section(visit("step_9_certification", role="viewer"))
    return at.file_uploader(key="packs/check").upload("ชุด.zip", data, "application/zip").run()


def test_green_is_only_a_whole_pack_that_is_recorded_here(office, example, visit, monkeypatch):
    pack = built(office, example)
    data = office.store.contents.path_of(pack.content).read_bytes()
    at = checked(visit, data)
    assert (fault(at), len(at.success), len(at.warning)) == ([], 1, 0)
    printed = zipfile.ZipFile(io.BytesIO(data)).read("pack.json").decode().split('"digest": "')[1][:12]
    assert f"รหัสข้อมูล {printed}" in shown(at)
    assert f"รหัสชุดเอกสาร {pack.digest[:12]}" in shown(at)
    at = checked(visit, data + b"x" * 1234)
    assert (fault(at), len(at.success), TH("page_packs.stray", bytes="1,234") in shown(at)) == ([], 0, True)
    flipped = bytearray(data)
    flipped[data.index(b"%PDF-") + 100] ^= 1
    at = checked(visit, bytes(flipped))
    assert (fault(at), len(at.success), TH("page_packs.changed", name="รายงาน.pdf") in shown(at)) == ([], 0, True)
    assert ("รายการในชุดเป็นของชุดที่" in shown(at), "ตรงกับชุดที่" in shown(at)) == (True, False)  # only the list is ours
    monkeypatch.setattr(type(office.store.packs), "with_digest", lambda self, digest: None)
    at = checked(visit, data)
    said = "".join(one.value for one in at.warning).replace("\\", "").replace("\u2060", "")
    assert (fault(at), len(at.success), TH("page_packs.unknown", digest=pack.digest[:12]) in said) == ([], 0, True)
