"""The page that opens a pack: from each criterion to its evidence, in any browser, from a stick, without a network."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pso_core.documents.blocks import Picture
from pso_core.documents.case import Case
from pso_core.documents.clean import clean
from pso_core.documents.parts.self_assessment import current_level
from pso_core.domain.evidence import Piece
from pso_core.domain.rows import Row
from pso_core.domain.scoring import Score
from pso_core.domain.standard import Criterion
from pso_core.steps.indicators import conditions_of
from pso_core.steps.naming import amount, shown_value
from pso_core.text.thaidate import say_date

TEMPLATES = Path(__file__).resolve().parents[2] / "data" / "templates" / "pack"
FILES = (("report", "pdf"), ("report", "docx"), ("workbook", "xlsx"), ("missing", "txt"))


def index_page(case: Case, pieces: Iterable[Piece], paths: Mapping[str, str], own_template: bool, charts: Mapping[str, Picture]) -> str:
    """`paths`: {evidence id: where its file is in the pack}, else its place is told. `own_template`: the Word file follows the agency's.
    `charts`: by their path in the pack.
    """
    say = case.say
    files = [(say(f"documents.pack.open.{name}_{ending}"), quote(f"{say(f'documents.pack.{name}')}.{ending}")) for name, ending in FILES]
    if own_template:
        files[1] = (say("documents.pack.open.report_own"), files[1][1])
    drawn = [(Path(path).stem, quote(path), clean(chart.alt)) for path, chart in charts.items()]
    page = _templates().get_template("index.html").render(say=say, files=files, charts=drawn, ask="", **index_facts(case, pieces, paths))
    return plain(page)


def index_facts(case: Case, pieces: Iterable[Piece], paths: Mapping[str, str]) -> dict[str, Any]:
    """What the index says, for its own template and for that of the examiner's view, which include the same criteria.html.

    `script` finds in the page; `script_digest` is its SHA-256, by which a browser lets it run.
    """
    say, pieces = case.say, tuple(pieces)
    totals, script = case.totals, (TEMPLATES / "find.js").read_text("utf-8")
    shown = _Shown(case, pieces, paths, totals)
    return {
        "title": clean(say("documents.title", standard=case.standard.code)),
        "standard": case.standard.name[case.language],
        "agency": clean(case.agency_name),
        "made": say("documents.pack.made", date=say_date(case.review.today, say, "long"), number=case.state.seq, digest=case.digest[:12]),
        "figures": [(say(f"documents.pack.{word}"), amount(score.total, case), amount(totals[0].maximum, case)) for word, score in zip(("claimed", "proven"), totals, strict=True)] if totals else [],
        "criteria": [shown.criterion(criterion) for criterion in case.standard.criteria],
        "script": Markup(script),
        "script_digest": b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }


def plain(page: str) -> str:
    """Without word joiners: a search in the browser would miss what one stands in."""
    return page.replace("\u2060", "")


class _Shown:
    """What the template reads: texts and addresses, nothing else."""

    def __init__(self, case: Case, pieces: tuple[Piece, ...], paths: Mapping[str, str], totals: tuple[Score, Score] | None):
        self.case, self.pieces, self.paths, self.totals = case, pieces, paths, totals

    def criterion(self, criterion: Criterion) -> dict[str, Any]:
        indicators = self.case.state.where("indicator", criterion=criterion.key)
        name = f"{criterion.code} {criterion.name[self.case.language]}"
        return {
            "key": criterion.key, "name": name, "said": self._levels(criterion), "indicators": [self._indicator(one) for one in indicators],
            "others": [self._piece(one) for one in self.pieces if one.row["criterion"] == criterion.key and not self._supported(one)],
        }  # fmt: skip

    def _supported(self, piece: Piece) -> bool:
        """Whether the page shows it under an indicator."""
        return any(self.case.state.get(indicator) for indicator in piece.supports)

    def _levels(self, criterion: Criterion) -> str:
        if self.totals is None or (claimed := self.totals[0].of(criterion.key)).level is None:
            return self.case.say("documents.pack.unscored")
        proven = self.totals[1].of(criterion.key)
        facts = {"weight": claimed.weight, "claimed": claimed.level, "proven": proven.level}
        return self.case.say("documents.pack.levels", **{word: amount(value, self.case) for word, value in facts.items()})

    def _indicator(self, indicator: Row) -> dict[str, Any]:
        score = self.case.review.scores.get(indicator.id)
        level = score["level"] if score else None
        condition = conditions_of(self.case.review.scored_on, indicator.id).get(level)
        supporting = sorted((one for one in self.pieces if indicator.id in one.supports), key=lambda one: -one.supports[indicator.id])
        return {
            "name": clean(indicator["name"]),
            "level": current_level(self.case, indicator),
            "condition": clean((condition and condition["text"]) or ""),
            "rationale": clean((score and score["rationale"]) or ""),
            "pieces": [self._piece(one, one.supports[indicator.id]) for one in supporting],
        }

    def _piece(self, piece: Piece, level: int | None = None) -> dict[str, str]:
        row, say = piece.row, self.case.say
        facts = [say("documents.pack.supports", level=level) if level is not None else "", say(f"choices.evidence_state.{piece.state}"), self._place(piece)]
        facts += [say("documents.evidence.file_lost")] if piece.files and row.id not in self.paths else []
        facts += [shown_value(self.case, "evidence", name, row[name]) for name in ("dated", "owner", "note") if row[name]]
        href = quote(self.paths[row.id]) if row.id in self.paths else ""
        return {"code": clean(row["code"]), "title": clean(row["title"]), "href": href, "said": clean(" · ".join(fact for fact in facts if fact))}

    def _place(self, piece: Piece) -> str:
        if piece.paper:
            return f"{piece.paper['place'] or ''} {piece.paper['file_code']}".strip()
        return piece.row["address"] or ""


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
