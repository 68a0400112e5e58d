"""How a Word document looks: the Thai official frame, its font named for both scripts, and the styles of each block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from pso_core.documents.wordml import TWIPS, el

FONT = "TH Sarabun New"  # the reader's own: the office font since the cabinet resolution of 7 September 2553
LETTER, TABLE, SMALL = 16, 14, 12  # points
INK, QUIET, HEAD_FILL, FILL = "1F2933", "595959", "E8ECF1", "F6F7F9"
PAGE = (11906, 16838)  # A4 in twips
LEFT, RIGHT, TOP, BOTTOM, EDGE = 3, 2, 2.5, 2, 1.25  # centimetres; left and right are those of official letters
WIDTH = PAGE[0] - round((LEFT + RIGHT) * TWIPS)
INDENT = round(2.5 * TWIPS)
BULLETS = 1  # the numbering definition of the paragraphs with bullets


@dataclass(frozen=True)
class Style:
    """One paragraph style. `before`, `after` in points; `first`, `left`, `hanging` in twips."""

    id: str
    name: str
    size: int = LETTER
    bold: bool = False
    color: str = INK
    before: float = 0
    after: float = 0
    jc: str | None = None
    first: int = 0
    left: int = 0
    hanging: int = 0
    level: int | None = None
    new_page: bool = False
    bullets: bool = False
    tab: int = 0
    keep: bool = False
    line: str | None = None


STYLES = (
    Style("Title", "Title", 26, True, before=60, after=12, jc="center"),
    Style("CoverSpace", "Cover space", SMALL, before=30),
    Style("CoverLine", "Cover line", 22, True, after=6, jc="center"),
    Style("Heading1", "heading 1", 22, True, before=0, after=8, level=0, new_page=True),
    Style("Heading2", "heading 2", 18, True, before=14, after=4, level=1),
    Style("Heading3", "heading 3", 16, True, before=10, after=3, level=2),
    Style("TOC1", "toc 1", 16, True, before=4),
    Style("TOC2", "toc 2", 16, left=400),
    Style("Finding", "Finding", 16, True, before=3, after=4, keep=True),
    Style("Remark", "Remark", 14, color=QUIET, before=2, after=4, left=170, line="8A5A00", keep=True),
    Style("ListBullet", "List Bullet", left=560, hanging=280, after=2, bullets=True),
    Style("LetterHead", "Letter head", left=2150, hanging=2150, tab=2150, after=3),
    Style("Signature", "Signature", before=8, left=4200, jc="center"),
    Style("Cell", "Cell", TABLE),
    Style("CellHead", "Cell head", TABLE, True, keep=True),
    Style("CellLabel", "Cell label", TABLE, True),
    Style("CellNumber", "Cell number", TABLE, jc="right"),
    Style("CellTotal", "Cell total", TABLE, True, jc="right"),
    Style("AfterTable", "After table", 6),
    Style("Picture", "Picture", before=6, jc="center", keep=True),
    Style("Caption", "caption", TABLE, color=QUIET, before=3, after=8, jc="center"),
    Style("Header", "header", LETTER, jc="center"),
    Style("Footer", "footer", SMALL, color=QUIET, jc="center"),
)


def dress(document: Document, *, thai: bool, thai_digits: bool) -> None:
    """Give an empty document its page, its language and its styles. `thai`: letter text is spread as Thai is."""
    _replace_styles(document.styles.element, thai)
    _replace_bullets(document.part.numbering_part.element)
    _set_language(document.settings.element)
    _set_page(document.sections[0]._sectPr, thai_digits)
    _drop_unused(document)


def _replace_styles(styles: Any, thai: bool) -> None:
    """Only ours: the template's own name fonts of themes, which Thai does not get."""
    for old in list(styles):
        styles.remove(old)
    letter = Style("Letter", "Letter", first=INDENT, before=6, jc="thaiDistribute" if thai else None)
    defaults = el("docDefaults", el("rPrDefault", _look(LETTER, False, INK)), el("pPrDefault", el("pPr", _spacing(0, 0))))
    styles.append(defaults)
    styles.append(el("style", el("name", val="Normal"), el("qFormat"), type="paragraph", default=1, styleId="Normal"))
    styles.append(el("style", el("name", val="Default Paragraph Font"), el("semiHidden"), type="character", default=1, styleId="DefaultParagraphFont"))
    styles.append(_table_normal())
    styles.append(el("style", el("name", val="No List"), el("semiHidden"), type="numbering", default=1, styleId="NoList"))
    for style in (letter, *STYLES):
        styles.append(_paragraph_style(style))
    styles.append(_table_grid())


def _paragraph_style(style: Style) -> Any:
    follows = None if style.level is None else el("next", val="Letter")
    return el(
        "style", el("name", val=style.name), el("basedOn", val="Normal"), follows, el("qFormat"), _frame(style),
        _look(style.size, style.bold, style.color), type="paragraph", styleId=style.id,
    )  # fmt: skip


def _frame(style: Style) -> Any:
    heading = style.level is not None
    return el(
        "pPr",
        el("keepNext") if heading or style.keep else None,
        el("keepLines") if heading else None,
        el("pageBreakBefore") if style.new_page else None,
        el("numPr", el("numId", val=BULLETS)) if style.bullets else None,
        el("pBdr", el("left", val="single", sz=12, space=6, color=style.line)) if style.line else None,
        el("tabs", el("tab", val="left", pos=style.tab)) if style.tab else None,
        _spacing(style.before, style.after),
        _indent(style),
        el("jc", val=style.jc) if style.jc else None,
        el("outlineLvl", val=style.level) if heading else None,
    )


def _indent(style: Style) -> Any:
    if style.hanging:
        return el("ind", left=style.left, hanging=style.hanging)
    return el("ind", left=style.left, firstLine=style.first) if style.left or style.first else None


def _spacing(before: float, after: float) -> Any:
    return el("spacing", before=round(before * 20), after=round(after * 20), line=240, lineRule="auto")


def _look(size: int, bold: bool, color: str) -> Any:
    """Word takes the second of each pair for Thai, which it counts among the complex scripts."""
    return el(
        "rPr",
        el("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT),
        *((el("b"), el("bCs")) if bold else ()),
        el("color", val=color),
        el("sz", val=size * 2),
        el("szCs", val=size * 2),
        el("lang", val="en-US", eastAsia="en-US", bidi="th-TH"),
    )


def _table_normal() -> Any:
    margins = el("tblCellMar", *(el(side, w=wide, type="dxa") for side, wide in (("top", 0), ("left", 85), ("bottom", 0), ("right", 85))))
    about = el("tblPr", el("tblInd", w=0, type="dxa"), margins)
    return el("style", el("name", val="Normal Table"), el("semiHidden"), about, type="table", default=1, styleId="TableNormal")


def _table_grid() -> Any:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = el("tblBorders", *(el(side, val="single", sz=4, space=0, color="8C97A3") for side in sides))
    return el(
        "style", el("name", val="Table Grid"), el("basedOn", val="TableNormal"), el("tblPr", borders), type="table", styleId="TableGrid"
    )


def _replace_bullets(numbering: Any) -> None:
    for old in list(numbering):
        numbering.remove(old)
    point = el("lvl", el("start", val=1), el("numFmt", val="bullet"), el("lvlText", val="\u2022"), el("lvlJc", val="left"), ilvl=0)
    numbering.append(el("abstractNum", el("multiLevelType", val="singleLevel"), point, abstractNumId=0))
    numbering.append(el("num", el("abstractNumId", val=0), numId=BULLETS))


def _set_language(settings: Any) -> None:
    """Thai as the complex script; and the layout of today's Word, not that of 2010."""
    mode = next(one for one in settings.iter(qn("w:compatSetting")) if one.get(qn("w:name")) == "compatibilityMode")
    mode.set(qn("w:val"), "15")
    language = settings.find(qn("w:themeFontLang"))
    for name in list(language.attrib):
        del language.attrib[name]
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")


def _set_page(section: Any, thai_digits: bool) -> None:
    for old in list(section):
        section.remove(old)
    margins = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT, "header": EDGE, "footer": EDGE / 2}
    section.append(el("pgSz", w=PAGE[0], h=PAGE[1]))
    section.append(el("pgMar", **{side: round(size * TWIPS) for side, size in margins.items()}, gutter=0))
    if thai_digits:
        section.append(el("pgNumType", fmt="thaiNumbers"))
    section.append(el("cols", space=720))
    section.append(el("titlePg"))


def _drop_unused(document: Document) -> None:
    """The template carries a second set of styles, a picture of itself and an empty bibliography."""
    for part in (document.part, document.part.package):
        for name, link in list(part.rels.items()):
            if link.reltype.rsplit("/", 1)[-1] in ("stylesWithEffects", "thumbnail", "customXml"):
                del part.rels[name]
