-- The history is the state: rows are only ever added to these tables (redaction empties one body and is itself recorded).
-- No foreign keys and no secondary indexes: DuckDB is safest insert-only. `occurred_at` is UTC.
CREATE TABLE change (
    project_id  VARCHAR   NOT NULL,
    seq         BIGINT    NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    person_id   VARCHAR   NOT NULL,
    action      VARCHAR   NOT NULL,
    session_id  VARCHAR   NOT NULL,
    reason      VARCHAR   NOT NULL,
    digest      VARCHAR   NOT NULL,
    PRIMARY KEY (project_id, seq)
);

-- The primary key is the compare-and-swap: of two people saving the same row, one finds the revision taken.
-- `body` is canonical JSON; empty when the row was removed or the body was redacted.
CREATE TABLE revision (
    project_id VARCHAR NOT NULL,
    entity_id  VARCHAR NOT NULL,
    revision   BIGINT  NOT NULL,
    seq        BIGINT  NOT NULL,
    kind       VARCHAR NOT NULL,
    removed    BOOLEAN NOT NULL,
    body       VARCHAR NOT NULL,
    body_hash  VARCHAR NOT NULL,
    PRIMARY KEY (project_id, entity_id, revision)
);

-- Which bodies were emptied on purpose, and by which change.
CREATE TABLE redaction (
    project_id VARCHAR NOT NULL,
    entity_id  VARCHAR NOT NULL,
    revision   BIGINT  NOT NULL,
    seq        BIGINT  NOT NULL,
    PRIMARY KEY (project_id, entity_id, revision)
);
