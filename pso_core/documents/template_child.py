"""An agency's Word template filled in, or looked over: run as a process of its own, because the template may be hostile.

Reads from its standard input the length of an order (8 bytes), the order as JSON and the template; writes the Word file
or, as JSON, why there is none. Nothing of this program is imported; the limits stand before it begins (`apart_child`).
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment, SecurityError
from lxml import etree
from markupsafe import Markup

LARGEST_PART = 24 * 2**20  # letters of XML in a part that was filled in
FILTERS = frozenset(
    "batch count d default first float groupby int join last length list lower map max min reject rejectattr replace reverse round select selectattr "
    "sort sum trim truncate unique upper".split()
)  # fmt: skip
NOT_TAKEN = (
    nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block, nodes.Macro, nodes.CallBlock, nodes.EvalContextModifier, nodes.ScopedEvalContextModifier,
)  # fmt: skip
TAGS = {nodes.FromImport: "from", nodes.CallBlock: "call", nodes.EvalContextModifier: "autoescape", nodes.ScopedEvalContextModifier: "autoescape"}
OF_LOOP = frozenset("index index0 revindex revindex0 first last length depth previtem nextitem cycle changed".split())
_FIELDS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|RD|MACROBUTTON|DATABASE)\b|\{[{%#]", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WITHOUT_TEXT = frozenset(_W + name for name in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr", "footnote", "footnotes"))
_TAG = re.compile(r"<[^>]+>")
_FOOTNOTES = "wordprocessingml.footnotes+xml"


class Refused(Exception):
    """`code` and `facts` become a refusal of the program that asked."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code, self.facts = code, facts


class Sandbox(SandboxedEnvironment):
    """What a template may do: read the names it is given, go through lists, choose, and shape texts. It calls nothing."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, digits: list[str] | None):
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: way for name, way in self.filters.items() if name in FILTERS}
        self.filters["digits"] = lambda text: in_thai(str(text), *digits) if digits else text

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A name of ours before any method of Python's: a project may well have `items`."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str) and isinstance(obj, LoopContext) and argument in OF_LOOP:
            return getattr(obj, argument)
        if isinstance(argument, str) and isinstance(obj, tuple) and argument in ("grouper", "list"):
            return getattr(obj, argument, self.undefined(hint=argument))
        try:
            return obj[argument]
        except (TypeError, LookupError):
            return self.undefined(hint=str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(getattr(obj, "__self__", None), LoopContext)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A text times a number is a short way to fill the memory, and so is a power."""
        if operator == "**" or not all(isinstance(one, int | float) and abs(one) < 10**12 for one in (left, right)):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


class Template(DocxTemplate):
    """As docxtpl fills it in, but strict: nothing is evaluated twice, repaired in silence, or read from a part not named here."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        filled = jinja_env.from_string(in_lines(src_xml)).render(context)
        if len(filled) > LARGEST_PART:
            raise Refused("template_too_large")
        return sound(self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", filled)))

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """They are ours to write."""

    def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:
        """Once: docxtpl goes through them once for each section, and what was data the first time would be template the second."""
        for part in footnotes_of(self.docx):
            part._blob = self.render_xml_part(self.patch_xml(part.blob.decode("utf-8")), part, context, jinja_env).encode("utf-8")

    def sources(self) -> Iterator[str]:
        """Every part that is filled in, as it is read: the body, headers, footers, footnotes."""
        self.init_docx()
        yield in_lines(self.patch_xml(self.get_xml()))
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield in_lines(self.patch_xml(self.get_part_xml(part)))
        for part in footnotes_of(self.docx):
            yield in_lines(self.patch_xml(part.blob.decode("utf-8")))


def main() -> None:
    order, template = read(sys.stdin.buffer.read())
    try:
        answer = filled(template, order)
        if len(answer) > order["largest"]:
            raise Refused("template_too_large")
    except Refused as refusal:
        answer = json.dumps({"code": refusal.code, "facts": refusal.facts}).encode()
    except MemoryError:
        answer = b'{"code": "template_too_large", "facts": {}}'
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def read(whole: bytes) -> tuple[dict[str, Any], bytes]:
    end = 8 + int.from_bytes(whole[:8], "big")
    return json.loads(whole[8:end]), whole[end:]


def filled(template: bytes, order: dict[str, Any]) -> bytes:
    """With each of the order's contexts in turn; the last one stays."""
    environment, answer = Sandbox(order["digits"]), b""
    for context in order["contexts"]:
        made = opened(template)
        _look_over(made, environment, set(context))
        try:
            made.render(context, environment)
        except UndefinedError as fault:
            raise Refused("template_value_missing", text=shortened(str(fault))) from fault
        except SecurityError as fault:
            raise Refused("template_forbidden", text=shortened(str(fault))) from fault
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, etree.LxmlError) as fault:
            raise Refused("template_fails", text=shortened(str(fault))) from fault
        describe(made.docx.core_properties, order["properties"])
        file = io.BytesIO()
        made.save(file)
        answer = file.getvalue()
    return answer


def opened(template: bytes) -> Template:
    found = Template(io.BytesIO(template))
    try:
        found.init_docx()
    except MemoryError:
        raise
    except Exception as fault:  # python-docx has no word for "no Word file"
        raise Refused("file_not_what_it_says", ending="docx") from fault
    let_go_of_other_files(found.docx)
    return found


def let_go_of_other_files(document: Any) -> None:
    """A Word file may have been begun from another template, which Word would fetch; anything else outside is refused."""
    for part in document.part.package.iter_parts():
        for rid, relation in list(part.rels.items()):
            kind = relation.reltype.rpartition("/")[2]
            if not relation.is_external or kind == "hyperlink":
                continue
            if kind != "attachedTemplate":
                raise Refused("template_reaches_out", text=shortened(str(relation.target_ref)))
            for element in part.element.findall(f"{_W}attachedTemplate") if hasattr(part, "element") else ():
                part.element.remove(element)
            del part.rels[rid]


def _look_over(template: Template, environment: Sandbox, names: set[str]) -> None:
    unknown: set[str] = set()
    for source in template.sources():
        codes = "".join(found.replace("&quot;", '"') for found in re.findall(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", source) for found in found)
        if field := _FIELDS.search(codes):
            raise Refused("template_reaches_out", text=field[0])
        tree = parsed(environment, source)
        if forbidden := next(not_taken(tree, environment), None):
            raise Refused("template_forbidden", text=shortened(forbidden))
        unknown |= meta.find_undeclared_variables(tree) - names
    if unknown:
        raise Refused("template_names_unknown", names=shortened(", ".join(sorted(unknown))))


def parsed(environment: Sandbox, source: str) -> nodes.Template:
    try:
        return environment.parse(source)
    except TemplateSyntaxError as fault:
        line = _TAG.sub("", source.split("\n")[fault.lineno - 1]).strip()
        left_open = re.search(r"needs to be closed is '(\w+)'", str(fault))
        said = f"{{% {left_open[1]} … %}}" if left_open else line
        raise Refused("template_wrong_sentence", text=shortened(said)) from fault


def not_taken(tree: nodes.Template, environment: Sandbox) -> Iterator[str]:
    """What a template says that it may not, in its own words as far as they are known."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, NOT_TAKEN):
            yield TAGS.get(type(node), type(node).__name__.lower())
        elif isinstance(node, nodes.Call) and not of_loop(node.node):
            yield f"{said(node.node)}()"
        elif isinstance(node, nodes.Filter) and node.name not in environment.filters:
            yield f"|{node.name}"
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield said(node)
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and str(node.arg.value).startswith("_"):
            yield str(node.arg.value)


def of_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr in ("cycle", "changed") and isinstance(node.node, nodes.Name) and node.node.name == "loop"


def said(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{said(node.node)}.{node.attr}".lstrip(".")
    return node.name if isinstance(node, nodes.Name) else ""


def in_lines(xml: str) -> str:
    """A paragraph begins a line, so that a fault has a line to be told by."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def sound(xml: str) -> str:
    """The part again, if Word would open it: tags that close what they open, and no text where none may stand."""
    try:
        tree = etree.fromstring(xml.encode("utf-8"), etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as fault:
        raise Refused("template_broken") from fault
    for element in tree.iter(*_WITHOUT_TEXT):
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                raise Refused("template_misplaced", text=shortened(text.strip()))
    return xml


def footnotes_of(document: Any) -> list[Any]:
    return [part for part in document.part.package.iter_parts() if part.content_type.endswith(_FOOTNOTES)]


def describe(properties: Any, given: dict[str, str]) -> None:
    """What the file says of itself, not what the template said."""
    properties.created = properties.modified = datetime.fromisoformat(given["made_at"])
    properties.last_modified_by, properties.comments, properties.keywords, properties.subject, properties.category = "", "", "", "", ""
    properties.title, properties.author, properties.language, properties.identifier = (given[name] for name in ("title", "author", "language", "identifier"))
    properties.revision = 1


def in_thai(text: str, foreign: str, digits: str) -> Markup | str:
    """As `digits.in_thai_digits`, which gives the pattern of what keeps its own and the ten digits."""
    table = str.maketrans("0123456789", digits)
    return "".join(part if place % 2 else part.translate(table) for place, part in enumerate(re.split(foreign, text)))


def shortened(text: str, most: int = 200) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


if __name__ == "__main__":
    main()
