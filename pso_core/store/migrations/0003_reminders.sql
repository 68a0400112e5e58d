-- Calendars that a person's own programs read without signing in. Only the SHA-256 of the secret in the address is kept.
-- A revoked one stays, so that a calendar program that goes on asking is not taken for somebody who guesses.
CREATE TABLE calendar_address (
    digest     VARCHAR   NOT NULL PRIMARY KEY,
    person_id  VARCHAR   NOT NULL,
    language   VARCHAR   NOT NULL,
    made_at    TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);

-- Where and when each person wants mail; `weekday` 0 is Monday, `hour` is in Thailand. `refused`: the number with which the
-- mail server refused the address for good, 0 when it did not. Nothing is sent for a moment before `chosen_at`.
CREATE TABLE mail_choice (
    person_id VARCHAR   NOT NULL PRIMARY KEY,
    address   VARCHAR   NOT NULL,
    rhythm    VARCHAR   NOT NULL,
    weekday   INTEGER   NOT NULL,
    hour      INTEGER   NOT NULL,
    language  VARCHAR   NOT NULL,
    chosen_at TIMESTAMP NOT NULL,
    refused   INTEGER   NOT NULL
);

-- One row per person and day, written before anything is sent: whoever finds it there sends nothing. `state`:
-- claimed (being sent) · sent · nothing (nothing was owed) · waiting (could not be sent, is tried again at `next_at`) ·
-- refused · given_up (its time was over first) · unknown (the program or the connection ended while it was being sent).
CREATE TABLE mail_sent (
    person_id VARCHAR   NOT NULL,
    day       VARCHAR   NOT NULL,
    state     VARCHAR   NOT NULL,
    attempts  INTEGER   NOT NULL,
    noted_at  TIMESTAMP NOT NULL,
    next_at   TIMESTAMP,
    PRIMARY KEY (person_id, day)
);
