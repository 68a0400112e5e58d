"""A pack straight into a folder, for the command line: no record is kept, the file is the administrator's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pso_core.actions.projects import find_project
from pso_core.domain.people import COMMAND_LINE
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.press.build import case_of, name_of_pack, order, written
from pso_core.store import files


def to_folder(office: Office, folder: Path, project: str, language: str, thai_digits: bool) -> dict[str, Any]:
    """Write the pack of a project as it stands into `folder`; one of the same name is replaced when the new one is whole.

    Answers project, file, bytes, change, digest (of the list in it), files. Refuses as `order` does, and folder_unwritable, disk_refused, project_not_found.
    """
    wanted = order(office, COMMAND_LINE, find_project(office, project), language, thai_digits)
    target = folder / name_of_pack(case_of(office, wanted))
    if folder.exists() and not folder.is_dir():
        raise PsoError("folder_unwritable", folder=folder.name)
    with files.written(target) as part, part.open("wb") as file:
        _, packed = written(office, wanted, file)
    return {
        "project": wanted.project_id, "file": str(target), "bytes": target.stat().st_size, "change": wanted.seq, "digest": packed.digest, "files": len(packed.files),
    }  # fmt: skip
