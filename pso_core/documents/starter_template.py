"""A template to begin from: the report in the names that a template may use, for an officer to lay out in Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time

from pso_core.documents.about import About
from pso_core.documents.blocks import Block, Facts, Heading, Paragraph, Remark, Table
from pso_core.documents.word import word_file
from pso_core.steps import ALL_STEPS
from pso_core.steps.naming import Reader, field_label

NUMBERS = {step.key: step.number for step in ALL_STEPS}


def starter_template(reader: Reader, today: date) -> bytes:
    """A .docx that works with every project, in the language of the reader."""
    say = reader.say
    foot = f"{{{{ agency.name }}}} · {say('documents.cover.change_number', number='{{ change|digits }}')}"
    about = About(say("word_template.starter.title"), "", say.language, datetime.combine(today, time()), foot, "")
    return word_file(_blocks(reader), about, thai_digits=False)


def _blocks(reader: Reader) -> Iterator[Block]:
    yield from _front(reader)
    yield from _direction(reader)
    yield from _scores(reader)
    yield from _plan(reader)
    yield from _proof(reader)
    yield from _end(reader)


def _front(reader: Reader) -> Iterator[Block]:
    yield Heading("{{ title }}", 1)
    yield Remark(f"{{#p {reader.say('word_template.starter.how')} #}}")  # a comment: gone once it is filled in
    facts = [(field_label(reader, "agency", name), f"{{{{ agency.{name} }}}}") for name in ("name", "province", "advisor", "agreement_date")]
    yield Facts((*facts, (reader.say("documents.cover.made_on"), "{{ today|digits }}"), (reader.say("documents.cover.digest"), "{{ digest }}")))
    yield from _when("agency.legal_mandate", Heading(field_label(reader, "agency", "legal_mandate"), 2), Paragraph("{{ agency.legal_mandate }}"))


def _direction(reader: Reader) -> Iterator[Block]:
    yield _step(reader, "vision")
    yield from _when("vision.text", Paragraph("{{ vision.text }}"), otherwise=_nothing(reader, "vision"))
    yield _step(reader, "mission")
    goal = Paragraph("• {{ goal.text }} {{ goal.target }}")
    yield from _for("mission in missions", Heading("{{ mission.code }} {{ mission.text }}", 3), *_for("goal in mission.goals", goal))
    yield _step(reader, "tasks")
    tasks = _rows(reader, "task", "task in tier.tasks", {"code": 1.6, "name": 8, "division": 4, "points": 2})
    yield from _for("tier in tiers", Heading("{{ tier.name }} ({{ tier.points }}/{{ tier.quota }})", 3), *_when("tier.tasks", tasks, otherwise=_nothing(reader, "task")))


def _scores(reader: Reader) -> Iterator[Block]:
    """The sum, criterion by criterion; then why each indicator has its level."""
    say, words = reader.say, ("weight", "level", "weighted", "target", "gap")
    yield _step(reader, "assessment")
    yield Facts(tuple((say(f"word_template.name.totals.{name}"), f"{{{{ totals.{name} }}}}") for name in ("current", "maximum", "proven", "target")))
    head = (say("documents.assessment.columns.criterion"), *(say(f"documents.assessment.columns.{word}") for word in words))
    line = ("{{ one.code }} {{ one.name }}", *(f"{{{{ one.{name} }}}}" for name in ("weight", "current", "weighted", "target", "gap")))
    yield Table(head, _looped("one in criteria", line), (6, 2, 2, 2, 2, 2), frozenset(range(1, 6)))
    scored = _rows(reader, "score", "one in criterion.indicators", {"indicator": 4, "level": 2.4, "rationale": 5.6, "evidence": 4}, named={"indicator": "name"})
    yield from _for("criterion in criteria", Heading("{{ criterion.code }} {{ criterion.name }}", 3), *_when("criterion.indicators", scored, otherwise=_nothing(reader, "indicator")))


def _plan(reader: Reader) -> Iterator[Block]:
    yield _step(reader, "plan")
    say = reader.say
    head = (field_label(reader, "activity", "name"), field_label(reader, "activity", "owner"), say("documents.plan.columns.when"), say("documents.progress.columns.percent"))
    line = tuple(f"{{{{ one.{name} }}}}" for name in ("name", "owner", "period", "percent"))
    plan = Table(head, _looped("one in part.activities", line), (7, 3.6, 3.4, 2), frozenset({3}))
    yield from _for("part in sub_plans", Heading("{{ part.name }}", 3), *_when("part.activities", plan, otherwise=_nothing(reader, "activity")))


def _proof(reader: Reader) -> Iterator[Block]:
    """The register of evidence, and the files on paper."""
    say = reader.say
    yield Heading(say("fields.evidence.many").capitalize(), 2)
    head = tuple(say(f"documents.evidence.register_columns.{word}") for word in ("code", "title", "place", "state"))
    line = tuple(f"{{{{ one.{name} }}}}" for name in ("code", "title", "place", "state"))
    yield from _when("evidence", Table(head, _looped("one in evidence", line), (2, 7, 4.6, 2.4)), otherwise=_nothing(reader, "evidence"))
    yield Heading(say("fields.file.many").capitalize(), 2)
    yield from _when("files", _rows(reader, "file", "one in files", {"file_code": 2.4, "title": 7, "place": 4.2, "dated": 2.4}), otherwise=_nothing(reader, "file"))


def _end(reader: Reader) -> Iterator[Block]:
    say = reader.say
    yield Heading(say("fields.result.many").capitalize(), 2)
    results = _rows(reader, "result", "one in group.results", {"before": 8, "after": 8})
    yield from _for("group in result_groups", Heading("{{ group.name }}", 3), *_when("group.results", results, otherwise=_nothing(reader, "result")))
    yield Heading(say("documents.completeness.gaps"), 2)
    yield from _for("part in missing", Heading("{{ part.step }}", 3), *_for("said in part.gaps + part.warnings", Paragraph("• {{ said|digits }}")))


def _step(reader: Reader, step: str) -> Heading:
    return Heading(reader.say("documents.step", number=NUMBERS[step], name=reader.say(f"steps.{step}.name")), 2)


def _nothing(reader: Reader, kind: str) -> Remark:
    return Remark(reader.say("documents.nothing_yet", kind=reader.say(f"fields.{kind}.many")))


def _rows(reader: Reader, kind: str, loop: str, widths: Mapping[str, float], named: Mapping[str, str] | None = None) -> Table:
    """A table with a line for each item of the loop. `named`: columns whose name in the data is another than the field's."""
    item = loop.partition(" ")[0]
    line = tuple(f"{{{{ {item}.{(named or {}).get(name, name)} }}}}" for name in widths)
    return Table(tuple(field_label(reader, kind, name) for name in widths), _looped(loop, line), tuple(widths.values()))


def _looped(loop: str, line: tuple[str, ...]) -> tuple[tuple[str, ...] | str, ...]:
    return (f"{{%tr for {loop} %}}", line, "{%tr endfor %}")


def _for(loop: str, *inside: Block) -> Iterable[Block]:
    return (Paragraph(f"{{%p for {loop} %}}"), *inside, Paragraph("{%p endfor %}"))


def _when(asked: str, *inside: Block, otherwise: Block | None = None) -> Iterable[Block]:
    other = (Paragraph("{%p else %}"), otherwise) if otherwise else ()
    return (Paragraph(f"{{%p if {asked} %}}"), *inside, *other, Paragraph("{%p endif %}"))
