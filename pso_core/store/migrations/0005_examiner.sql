-- Addresses at which outside examiners read one pack without an account. Only the SHA-256 of the secret in the address is kept.
-- `given_to` is whom the head says it was given to. A revoked or expired one stays: its log stays readable.
CREATE TABLE examiner_link (
    link_id    VARCHAR   NOT NULL PRIMARY KEY,
    digest     VARCHAR   NOT NULL,
    project_id VARCHAR   NOT NULL,
    pack_id    VARCHAR   NOT NULL,
    given_to   VARCHAR   NOT NULL,
    made_by    VARCHAR   NOT NULL,
    made_at    TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);

-- What was opened by which of them, and when; only ever added to. `place` is the path of a file in the pack or the id of an
-- inquiry, else ''. Who opened it is not known: no network address and no browser is kept.
CREATE TABLE examiner_access (
    link_id   VARCHAR   NOT NULL,
    number    BIGINT    NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    what      VARCHAR   NOT NULL,
    place     VARCHAR   NOT NULL,
    PRIMARY KEY (link_id, number)
);
