-- Who may come in, and how. Unlike the history these small tables are changed in place; every time is UTC.
-- Names are only here: the history holds ids, so emptying a row of `person` makes all of its history anonymous.
CREATE TABLE person (
    id       VARCHAR NOT NULL PRIMARY KEY,
    login    VARCHAR NOT NULL,
    name     VARCHAR NOT NULL,
    position VARCHAR NOT NULL,
    division VARCHAR NOT NULL,
    role     VARCHAR NOT NULL,
    active   BOOLEAN NOT NULL,
    added_at TIMESTAMP NOT NULL
);

-- Apart from `person`, so that reading people never reads hashes. `login_key` is the login without regard to case.
-- An empty hash: this account cannot sign in with a password (the accounts of the example).
CREATE TABLE credential (
    login_key     VARCHAR NOT NULL PRIMARY KEY,
    person_id     VARCHAR NOT NULL,
    password_hash VARCHAR NOT NULL
);

-- What was done to accounts, by whom; `detail` is JSON without names and passwords. Only ever added to.
CREATE TABLE person_event (
    number      BIGINT    NOT NULL PRIMARY KEY,
    occurred_at TIMESTAMP NOT NULL,
    actor_id    VARCHAR   NOT NULL,
    person_id   VARCHAR   NOT NULL,
    action      VARCHAR   NOT NULL,
    detail      VARCHAR   NOT NULL
);

-- One row per browser signed in. The browser holds a random token; only its SHA-256 is kept.
CREATE TABLE session (
    digest       VARCHAR   NOT NULL PRIMARY KEY,
    person_id    VARCHAR   NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP NOT NULL
);

-- Wrong passwords in a row, per login and per network address ("login:…", "address:…"). Forgotten after a while.
CREATE TABLE sign_in_failure (
    about    VARCHAR   NOT NULL PRIMARY KEY,
    failures BIGINT    NOT NULL,
    last_at  TIMESTAMP NOT NULL
);

CREATE TABLE setting (
    name  VARCHAR NOT NULL PRIMARY KEY,
    value VARCHAR NOT NULL
);

-- Text typed but not yet saved, so that a reload or a lost network does not lose it. One per person and place.
CREATE TABLE draft (
    person_id VARCHAR   NOT NULL,
    place     VARCHAR   NOT NULL,
    body      VARCHAR   NOT NULL,
    saved_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, place)
);
