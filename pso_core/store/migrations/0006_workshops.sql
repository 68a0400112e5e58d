-- What was done in a workshop's room, step by step; only ever added to. Nothing of what people answered is in it.
-- `code`: the six digits that open the room, which its screen shows; `secret`: the same for its QR code, too long to be guessed.
-- Both are '' once it has ended.
CREATE TABLE workshop (
    workshop_id VARCHAR   NOT NULL PRIMARY KEY,
    project_id  VARCHAR   NOT NULL,
    code        VARCHAR   NOT NULL,
    secret      VARCHAR   NOT NULL,
    opened_at   TIMESTAMP NOT NULL
);

CREATE TABLE workshop_event (
    workshop_id VARCHAR   NOT NULL,
    number      BIGINT    NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    person_id   VARCHAR   NOT NULL,
    what        VARCHAR   NOT NULL,
    body        VARCHAR   NOT NULL,
    PRIMARY KEY (workshop_id, number)
);

-- Who is in the room. `digest`: SHA-256 of the token in their browser. `person_id`: '' for a guest. `state`: waiting, in, out.
CREATE TABLE workshop_participant (
    workshop_id    VARCHAR   NOT NULL,
    participant_id VARCHAR   NOT NULL,
    digest         VARCHAR   NOT NULL,
    person_id      VARCHAR   NOT NULL,
    name           VARCHAR   NOT NULL,
    state          VARCHAR   NOT NULL,
    joined_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (workshop_id, participant_id)
);

-- Who has answered a round of a question: not what.
CREATE TABLE workshop_sent (
    workshop_id    VARCHAR NOT NULL,
    question       VARCHAR NOT NULL,
    round          BIGINT  NOT NULL,
    participant_id VARCHAR NOT NULL,
    PRIMARY KEY (workshop_id, question, round, participant_id)
);

-- What was answered: not by whom, and not when. `ballot_key` is drawn from the token that only the participant's browser has.
-- When a round closes its rows are written anew in the order of their keys, so that their place tells nothing either.
CREATE TABLE workshop_ballot (
    workshop_id VARCHAR NOT NULL,
    question    VARCHAR NOT NULL,
    round       BIGINT  NOT NULL,
    ballot_key  VARCHAR NOT NULL,
    body        VARCHAR NOT NULL,
    PRIMARY KEY (workshop_id, question, round, ballot_key)
);
