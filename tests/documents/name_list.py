"""The list of names in the guide to templates, written from the program: `python -m tests.documents.name_list`."""

from __future__ import annotations

from pso_core.documents.template_names import names
from pso_core.steps.naming import Told
from pso_core.text.phrases import phrases
from tests.tree import ROOT

GUIDE = ROOT / "docs" / "word-template.md"
BEGIN, END = "<!-- names: begin -->\n", "<!-- names: end -->\n"


def written(guide: str) -> str:
    """The guide with the list as it must be."""
    before, _, rest = guide.partition(BEGIN)
    after = rest.partition(END)[2]
    thai, english = (names(Told(phrases(language))) for language in ("th", "en"))
    lines = [f"| `{path}` | {thai[path]} | {english[path]} |\n" for path in thai]
    table = "| ชื่อ · Name | ความหมาย | Meaning |\n|---|---|---|\n" + "".join(lines).replace("\u2060", "")
    return f"{before}{BEGIN}{table}{END}{after}"


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text("utf-8")), "utf-8")
