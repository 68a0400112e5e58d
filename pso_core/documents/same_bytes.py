"""Equal content is equal bytes: an office file is a zip archive, and an archive keeps the time of its making."""

from __future__ import annotations

import io
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest time that an archive can hold


def same_bytes(archive: bytes) -> bytes:
    """The archive again with every member of the same time, maker and rights, in the order it had."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, FIRST_DAY)
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(member, source.read(name))
    return made.getvalue()
