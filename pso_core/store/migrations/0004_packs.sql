-- One row for each submission pack that was made, and kept when its file is let go. `seq` is the change it was made after,
-- `day` the day it tells of; `content` is the SHA-256 of the file, '' once that was let go; `digest` that of the list in it.
-- `parts` and `files` are JSON: {part of the report: SHA-256 of its text}, {path in the pack: SHA-256}.
CREATE TABLE pack (
    pack_id     VARCHAR   NOT NULL PRIMARY KEY,
    project_id  VARCHAR   NOT NULL,
    seq         BIGINT    NOT NULL,
    day         VARCHAR   NOT NULL,
    made_at     TIMESTAMP NOT NULL,
    person_id   VARCHAR   NOT NULL,
    language    VARCHAR   NOT NULL,
    thai_digits BOOLEAN   NOT NULL,
    name        VARCHAR   NOT NULL,
    content     VARCHAR   NOT NULL,
    bytes       BIGINT    NOT NULL,
    digest      VARCHAR   NOT NULL,
    parts       VARCHAR   NOT NULL,
    files       VARCHAR   NOT NULL
);
