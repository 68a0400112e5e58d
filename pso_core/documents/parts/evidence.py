"""From each criterion to its evidence and the file that holds it, and back from the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pso_core.documents.blocks import Block, Finding, Heading, Line, Remark, Table
from pso_core.documents.case import Case
from pso_core.documents.parts.self_assessment import current_level, level_text
from pso_core.documents.records import figure, file_shown, kind_title, nothing_yet, paragraph, shown, table
from pso_core.domain.evidence import Piece, names
from pso_core.domain.rows import Row
from pso_core.steps.naming import level_name, name_of

COLUMNS = {"indicator": 4, "level": 2.4, "evidence": 5, "files": 4.6}
JUDGED = {"evidence": 3, "judgement": 2, "reason": 3.6, "judged_by": 2.4, "judged_at": 2.2, "digest": 3}
ATTACHMENT = {"evidence": 3, "number": 1.2, "name": 3, "media_type": 2, "bytes": 1.6, "sha256": 3.4, "added_by": 1.8, "added_at": 2}
REGISTER = {"code": 1.6, "title": 4.6, "place": 3.6, "dated": 2, "owner": 2.4, "state": 1.8}


def evidence_index(case: Case) -> Iterator[Block]:
    current, found = case.review.scored_round, case.pieces
    if current is None or not case.state.of("indicator"):
        yield nothing_yet(case, "score")
    else:
        given = case.scores(current.id)
        yield paragraph(case, "evidence.purpose", round=current["name"])
        yield from _findings(case, given, found)
        yield _forward(case, given, found)
        yield from _backward(case, given)
    yield Heading(kind_title(case, "evidence"), 2)
    yield _register(case, found)
    yield from _judgements(case)
    yield from _attachments(case)


def files_named(text: str | None, files: Iterable[Row]) -> tuple[Row, ...]:
    """The files of the register whose code stands in the text as a whole. Codes that are mere numbers are passed over."""
    return tuple(row for row in files if text and not row["file_code"].isdecimal() and names(text, row["file_code"]))


def _findings(case: Case, given: Mapping[str, Row], found: Iterable[Piece]) -> Iterator[Block]:
    """How many indicators name no evidence, and how far the score is proven."""
    supported = {indicator for piece in found for indicator in piece.supports}
    bare = sum(1 for one in case.state.of("indicator") if one.id not in supported and not _evidence(given.get(one.id)))
    yield Finding(case.say("documents.evidence.bare" if bare else "documents.evidence.all", count=bare))
    if totals := case.totals:
        claimed, proven = (figure(case, score.total) for score in totals)
        yield Finding(case.say("documents.evidence.proven", claimed=claimed, proven=proven, maximum=figure(case, totals[0].maximum)))


def _evidence(given: Row | None) -> str | None:
    return given["evidence"] if given else None


def _forward(case: Case, given: Mapping[str, Row], found: Sequence[Piece]) -> Table:
    lines: list[Line] = []
    for criterion in case.standard.criteria:
        indicators = tuple(case.state.where("indicator", criterion=criterion.key))
        lines += [f"{criterion.code} {criterion.name[case.language]}"] if indicators else []
        lines += [_line(case, indicator, given.get(indicator.id), found) for indicator in indicators]
    head = tuple(case.say(f"documents.evidence.columns.{word}") for word in COLUMNS)
    return Table(head, tuple(lines), tuple(COLUMNS.values()))


def _line(case: Case, indicator: Row, given: Row | None, found: Sequence[Piece]) -> tuple[str, ...]:
    supporting = [piece for piece in found if indicator.id in piece.supports]
    said = [_evidence(given), *(_supports(case, piece, piece.supports[indicator.id]) for piece in supporting)]
    named = [*files_named(_evidence(given), case.state.of("file")), *(piece.paper for piece in supporting if piece.paper)]
    places = [f"{row['file_code']} – {shown(case, row, 'place')}" for row in {row.id: row for row in named}.values()]
    evidence = "\n".join(one for one in said if one) or case.say("documents.evidence.none")
    return (indicator["name"], current_level(case, indicator), evidence, "\n".join(places) or case.say("app.nothing"))


def _supports(case: Case, piece: Piece, level: int) -> str:
    state = case.say(f"choices.evidence_state.{piece.state}")
    return case.say("documents.evidence.supports", code=piece.row["code"], title=piece.row["title"], level=level, state=state)


def _register(case: Case, found: Sequence[Piece]) -> Table | Remark:
    """Every piece under its criterion: what it is, where it is, and how it stands."""
    if not found:
        return nothing_yet(case, "evidence")
    head = tuple(case.say(f"documents.evidence.register_columns.{word}") for word in REGISTER)
    lines: list[Line] = []
    for criterion in case.standard.criteria:
        of_criterion = [piece for piece in found if piece.row["criterion"] == criterion.key]
        lines += [f"{criterion.code} {criterion.name[case.language]}"] if of_criterion else []
        lines += [_registered(case, piece) for piece in of_criterion]
    return Table(head, tuple(lines), tuple(REGISTER.values()))


def _registered(case: Case, piece: Piece) -> tuple[str, ...]:
    row = piece.row
    title = [row["title"], row["note"]]
    until = row["valid_until"] and case.say("documents.evidence.until", date=shown(case, row, "valid_until"))
    return (row["code"], _lines(title), _place(case, piece), _lines([shown(case, row, "dated"), until]), shown(case, row, "owner"), case.say(f"choices.evidence_state.{piece.state}"))


def _lines(texts: Iterable[str | None]) -> str:
    return "\n".join(text for text in texts if text)


def _place(case: Case, piece: Piece) -> str:
    """Its form, and wherever it is looked at: the newest file, the address, the cabinet."""
    paper = piece.paper and f"{piece.paper['file_code']} – {shown(case, piece.paper, 'place')}"
    return _lines([shown(case, piece.row, "form"), file_shown(case, piece), piece.row["address"], paper])


def _attachments(case: Case) -> Iterator[Block]:
    """Every version of every file in the order of the codes, with the fingerprint by which it is told from any other."""
    if found := [version for piece in case.pieces for version in reversed(piece.files)]:
        yield Heading(kind_title(case, "attachment"), 2)
        yield table(case, "attachment", found, ATTACHMENT)


def _judgements(case: Case) -> Iterator[Block]:
    """Who judged what, and the fingerprint of what was judged."""
    if found := case.state.of("acceptance"):
        yield Heading(kind_title(case, "acceptance"), 2)
        yield table(case, "acceptance", found, JUDGED)


def _backward(case: Case, given: Mapping[str, Row]) -> Iterator[Block]:
    """Each file that a score names: which indicators stand on it."""
    rows = []
    for file in case.state.of("file"):
        uses = [row for row in given.values() if files_named(row["evidence"], (file,))]
        if uses:
            rows.append((file["file_code"], file["title"], shown(case, file, "place"), "\n".join(_use(case, row) for row in uses)))
    if rows:
        yield Heading(case.say("documents.evidence.back"), 2)
        head = tuple(case.say(f"documents.evidence.back_columns.{word}") for word in ("code", "title", "place", "used"))
        yield Table(head, tuple(rows), (2.4, 4.6, 4, 5))


def _use(case: Case, score: Row) -> str:
    indicator = case.state.get(score["indicator"])
    level = level_name(case, score["level"]) if score["level"] is not None else level_text(case, score)
    return f"{name_of(case, 'criteria', indicator['criterion'])}: {indicator['name']} ({level})"
