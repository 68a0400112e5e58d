"""Every installed standard is whole; a broken one is named by file and place."""

from __future__ import annotations

import re
import shutil
from dataclasses import FrozenInstanceError

import pytest

from pso_core import standards
from pso_core.domain.rubric import first_number
from pso_core.errors import DamagedFile, NotFound
from pso_core.steps import ALL_STEPS
from pso_core.text.phrases import LANGUAGES

LISTS = ("criteria", "importances", "subjects", "levels", "tiers", "sub_plans", "terms", "checklist", "result_groups")
THAI = re.compile("[\u0e00-\u0e7f]")


@pytest.fixture(params=standards.available())
def standard(request):
    return standards.load(request.param)


def test_pso1101_is_installed_and_the_default():
    assert "pso1101" in standards.available()
    assert standards.load() is standards.load("pso1101")


def test_every_thing_has_a_name_of_its_own_in_both_languages(standard):
    for name in LISTS:
        keys = standard.choices(name)
        assert keys, name
        for language in LANGUAGES:
            words = [standard.name_of(name, key, language) for key in keys]
            assert len(set(words)) == len(keys), (name, language)
            assert all(bool(THAI.search(text)) == (language == "th") for text in words), (name, language)


def test_criteria_differ_in_key_code_and_short_name(standard):
    for said in (lambda c: c.key, lambda c: c.code, lambda c: c.name, lambda c: c.short, lambda c: c.question, lambda c: c.position):
        assert len({said(criterion) for criterion in standard.criteria}) == len(standard.criteria)
    assert standard.choices("criteria") == tuple(c.key for c in standard.criteria)


def test_each_criterion_has_an_importance_and_a_subject_that_exist_and_each_of_these_is_used(standard):
    assert {c.importance for c in standard.criteria} == set(standard.importances)
    assert {c.subject for c in standard.criteria} == set(standard.subjects)


def test_there_is_one_sub_plan_for_each_subject(standard):
    assert standard.sub_plans == standard.subjects


def test_the_quotas_of_the_tiers_make_a_hundred(standard):
    assert sum(tier.quota for tier in standard.tiers) == 100
    assert all(tier.quota > 0 and tier.mode in ("ranked", "equal") for tier in standard.tiers)


def test_levels_run_from_nothing_to_the_top(standard):
    assert standard.choices("levels") == tuple(range(standard.top_level + 1))
    assert standard.maximum == 100 * standard.top_level


def test_every_step_has_its_guide_with_purpose_points_and_days(standard):
    assert [guide.step for guide in standard.guides] == [step.key for step in ALL_STEPS]
    for guide in standard.guides:
        assert 3 <= len(guide.guidance) <= 6, guide.step
        assert guide.days >= 1
        for words in (guide.purpose, guide.example, *guide.guidance, *guide.notices):
            assert THAI.search(words.th) and not THAI.search(words.en), words
            assert "\n" not in words.th + words.en


def test_the_assessment_shows_two_notices_above_the_scores(standard):
    assert len(standard.guide("assessment").notices) == 2


def test_every_criterion_has_a_sample_indicator_with_a_condition_for_each_level(standard):
    for criterion in standard.criteria:
        for sample in standard.sample_indicators_for(criterion.key):
            assert [condition.level for condition in sample.conditions] == list(standard.choices("levels"))
            assert [c.evidence is None for c in sample.conditions] == [True] + [False] * standard.top_level
            assert len({c.text.th for c in sample.conditions}) == len({c.text.en for c in sample.conditions}) == len(sample.conditions)
    assert {sample.criterion for sample in standard.sample_indicators} == set(standard.choices("criteria"))


def test_the_thresholds_of_samples_rise_and_are_the_numbers_in_their_texts(standard):
    for sample in standard.sample_indicators:
        thresholds = [c.threshold for c in sample.conditions]
        assert thresholds[0] is None
        assert thresholds[1:] == sorted(set(thresholds[1:]))
        for condition in sample.conditions[1:]:
            for language in LANGUAGES:
                assert first_number(condition.text[language]) == condition.threshold, condition


def test_a_standard_cannot_be_changed_while_the_program_runs(standard):
    with pytest.raises(FrozenInstanceError):
        standard.top_level = 4
    with pytest.raises(FrozenInstanceError):
        standard.criteria[0].name.th = "อื่น"
    with pytest.raises(TypeError):
        standard.names["criteria"]["coverage"] = standard.name


def test_names_are_asked_for_in_a_known_language(standard):
    with pytest.raises(KeyError):
        standard.name_of("criteria", standard.criteria[0].key, "fr")


def test_pso1101_holds_what_its_first_user_wrote_down():
    standard = standards.load("pso1101")
    assert {tier.key: (tier.quota, tier.mode) for tier in standard.tiers} == {
        "main": (60, "ranked"),
        "secondary": (30, "equal"),
        "support": (10, "ranked"),
    }
    assert {c.key: (c.code, c.importance, c.subject) for c in standard.criteria} == {
        "coverage": ("1", "high", "data"),
        "accuracy": ("2", "high", "data"),
        "reliability": ("3", "high", "system"),
        "speed": ("4", "medium", "system"),
        "linkage": ("5", "medium", "system"),
        "currency": ("6", "medium", "data"),
        "participation": ("7", "medium", "people"),
        "access": ("8", "low", "people"),
        "verifiability": ("9", "low", "people"),
    }
    assert (standard.code, standard.clause, standard.certificate_years, standard.maximum) == ("P.S.O. 1101", "11", 3, 300)
    assert standard.choices("terms") == ("short", "medium", "long")
    assert standard.choices("result_groups") == ("public", "officials", "agency", "management")
    assert len(standard.checklist) == 13


@pytest.mark.parametrize("key", ["pso1102", "", "../pso1101", "pso1101/", "PSO1101/../pso1101", None])
def test_an_unknown_standard_is_refused(key):
    with pytest.raises(NotFound) as refused:
        standards.load(key)
    assert refused.value.code == "standard_unknown"


@pytest.fixture
def copy(tmp_path):
    """A copy of P.S.O. 1101 that a test may break."""
    return shutil.copytree(standards.FOLDER / "pso1101", tmp_path / "broken")


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("tiers.toml", "quota = 60", "quota = 61", "tiers.toml › tier"),
        ("tiers.toml", "quota = 60", 'quota = "60"', "tiers.toml › tier 1 › quota"),
        ("tiers.toml", "quota = 60", "quota = true", "tiers.toml › tier 1 › quota"),
        ("tiers.toml", 'mode = "equal"', 'mode = "even"', "tiers.toml › tier 2 › mode"),
        ("tiers.toml", 'key = "secondary"', 'key = "main"', "tiers.toml › tier 2 › key"),
        ("criteria.toml", 'key = "accuracy"', 'key = "a/b"', "criteria.toml › criterion 2 › key"),
        ("criteria.toml", 'subject = "people"', 'subject = "persons"', "criteria.toml › criterion 7 › subject"),
        ("criteria.toml", 'en = "Coverage" }', 'en = " " }', "criteria.toml › criterion 1 › name › en"),
        ("criteria.toml", 'code = "2"', "", "criteria.toml › criterion 2 › code"),
        ("criteria.toml", "[[criterion]]", "[[criterion", "criteria.toml"),
        ("standard.toml", "certificate_years = 3", "certificate_years = 0", "standard.toml › certificate_years"),
        ("standard.toml", "{criterion}-{number:02}", "{criterion}-{place}", "standard.toml › evidence_code"),
        ("standard.toml", "{criterion}-{number:02}", "-{number:02}", "standard.toml › evidence_code"),
        ("plan.toml", "[[term]]", "[[terms]]", "plan.toml › term"),
        ("checklist.toml", "computed = true", "computed = 1", "checklist.toml › part 1 › computed"),
        ("steps.toml", 'step = "vision"', 'step = "profile"', "steps.toml › step 3 › step"),
        ("steps.toml", 'after = "vision"', 'after = "plan"', "steps.toml › step 4 › after"),
        ("steps.toml", "overlap = 5", "overlap = -1", "steps.toml › step 6 › overlap"),
        ("standard.toml", "decision_days = 45", "decision_days = -45", "standard.toml › decision_days"),
        ("steps.toml", "guidance = [", "points = [", "steps.toml › step 1 › guidance"),
        ("sample_indicators.toml", "level = 3", "level = 4", "sample_indicators.toml › indicator 1 › condition"),
        ("sample_indicators.toml", 'criterion = "speed"', 'criterion = "pace"', "sample_indicators.toml › indicator 4 › criterion"),
    ],
)
def test_a_damaged_standard_is_refused_by_file_and_place(copy, file, old, new, place):
    text = (copy / file).read_text("utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DamagedFile) as refused:
        standards.read(copy)
    assert (refused.value.code, refused.value.facts) == ("standard_damaged", {"standard": "broken", "place": place})


@pytest.mark.parametrize("file", ["standard.toml", "criteria.toml", "tiers.toml", "plan.toml", "checklist.toml", "steps.toml", "sample_indicators.toml"])
def test_a_missing_file_of_a_standard_is_named(copy, file):
    (copy / file).unlink()
    with pytest.raises(DamagedFile) as refused:
        standards.read(copy)
    assert refused.value.facts["place"] == file


def test_a_file_that_is_not_text_is_named(copy):
    (copy / "plan.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DamagedFile) as refused:
        standards.read(copy)
    assert refused.value.facts["place"] == "plan.toml"
