"""An agency's own Word template, filled in with a case by a process of its own."""

from __future__ import annotations

import json
import logging
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pso_core.documents import template_names
from pso_core.documents.about import About
from pso_core.documents.apart import Limits, run
from pso_core.documents.case import Case
from pso_core.documents.clean import for_property
from pso_core.documents.digits import FOREIGN
from pso_core.documents.same_bytes import same_bytes
from pso_core.documents.template_data import template_data
from pso_core.errors import PsoError
from pso_core.text.thaidate import thai_digits

CHILD = Path(__file__).with_name("template_child.py").resolve()  # imported by nobody: what it needs stays in its process
LARGEST = 32 * 2**20  # bytes of the filled-in file
LIMITS = Limits(memory=2**30, work=20, answer=LARGEST)
TRIAL = Limits(memory=2**30, work=10, answer=LARGEST)  # stricter: what was taken once must go on working
SECONDS, TRIAL_SECONDS = 60.0, 30.0
AT_ONCE = 2

_turns = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


def filled(template: Path, case: Case, about: About, digits: bool) -> bytes:
    """The template with this case in it, as a .docx file; equal content is equal bytes. About a second.

    `digits`: Thai ones where the template asks for them. Refuses template_too_slow, template_too_large (most, in megabytes),
    template_names_unknown (names), template_wrong_sentence, template_forbidden, template_reaches_out, template_value_missing,
    template_fails, template_misplaced (text each), template_broken, file_not_what_it_says (ending), content_missing.
    """
    return _made(template, about, [template_data(case)], digits, LIMITS, SECONDS)


def tried(template: Path, case: Case, about: About) -> None:
    """Whether it can be filled in, with this case and with one in which every name is there; refuses as `filled`."""
    _made(template, about, [template_names.specimen(), template_data(case)], True, TRIAL, TRIAL_SECONDS)


def _made(template: Path, about: About, contexts: Sequence[Mapping[str, Any]], digits: bool, limits: Limits, seconds: float) -> bytes:
    order = {"contexts": contexts, "digits": [FOREIGN.pattern, thai_digits("0123456789")] if digits else None, "properties": _properties(about), "largest": LARGEST}
    said = json.dumps(order).encode()
    with _turns, tempfile.TemporaryFile() as source:
        source.write(len(said).to_bytes(8, "big") + said + _read(template))
        source.seek(0)
        ended = run(CHILD, (), source, limits, seconds)
    if ended.how == "slow":
        raise PsoError("template_too_slow")
    if ended.how != "well":
        _log.warning("a template was not filled in: its process ended badly")
        raise PsoError("template_broken")
    if ended.answer.startswith(b"PK"):
        return same_bytes(ended.answer)
    raise _refusal(json.loads(ended.answer))


def _read(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as fault:
        raise PsoError("content_missing") from fault


def _refusal(said: Mapping[str, Any]) -> PsoError:
    most = {"most": LARGEST // 2**20} if said["code"] == "template_too_large" else {}
    return PsoError(said["code"], **said["facts"], **most)


def _properties(about: About) -> dict[str, str]:
    return {
        "title": for_property(about.title), "author": for_property(about.author), "language": {"th": "th-TH", "en": "en-US"}[about.language],
        "identifier": about.mark, "made_at": about.made_at.isoformat(),
    }  # fmt: skip
