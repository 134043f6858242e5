-- The whole of the method's nouns. Days are ISO dates in the cycle's time zone, times UTC ISO 8601 with a Z;
-- scores are whole tenths (0 to 10); order is by id, never by clock.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id      INTEGER PRIMARY KEY,
    handle  TEXT NOT NULL UNIQUE CHECK (length(handle) BETWEEN 1 AND 40),
    name    TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    login   TEXT NOT NULL UNIQUE CHECK (length(login) BETWEEN 1 AND 64),
    active  INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    admin   INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1)),
    at      TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- path holds the ids from the root down, "/1/4/9/", so that "this team or any below" is a range of one index.
CREATE TABLE team (
    id                INTEGER PRIMARY KEY,
    slug              TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 40),
    name              TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    parent_id         INTEGER REFERENCES team,
    path              TEXT NOT NULL UNIQUE,
    function          TEXT NOT NULL DEFAULT '' CHECK (length(function) <= 40),
    steady            INTEGER NOT NULL DEFAULT 0 CHECK (steady IN (0, 1)),
    due_weekday       INTEGER NOT NULL DEFAULT 4 CHECK (due_weekday BETWEEN 0 AND 6),
    individual        TEXT NOT NULL DEFAULT 'off' CHECK (individual IN ('off', 'selective')),
    individual_reason TEXT NOT NULL DEFAULT '' CHECK (length(individual_reason) <= 10000),
    archived          INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    at                TEXT NOT NULL,
    version           INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX team_parent ON team (parent_id);
CREATE UNIQUE INDEX team_one_root ON team (parent_id IS NULL) WHERE parent_id IS NULL;

CREATE TABLE membership (
    person_id INTEGER NOT NULL REFERENCES person,
    team_id   INTEGER NOT NULL REFERENCES team,
    role      TEXT NOT NULL CHECK (role IN ('lead', 'member')),
    at        TEXT NOT NULL,
    PRIMARY KEY (person_id, team_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_team ON membership (team_id, role, person_id);

CREATE TABLE deputy (
    id        INTEGER PRIMARY KEY,
    team_id   INTEGER NOT NULL REFERENCES team,
    lead_id   INTEGER NOT NULL REFERENCES person,
    person_id INTEGER NOT NULL REFERENCES person CHECK (person_id <> lead_id),
    until     TEXT NOT NULL CHECK (until LIKE '____-__-__'),
    at        TEXT NOT NULL,
    UNIQUE (team_id, lead_id, person_id)
) STRICT;
CREATE INDEX deputy_person ON deputy (person_id);

CREATE TABLE cycle (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 40),
    starts  TEXT NOT NULL CHECK (starts LIKE '____-__-__'),
    ends    TEXT NOT NULL CHECK (ends LIKE '____-__-__' AND ends >= starts),
    zone    TEXT NOT NULL DEFAULT 'UTC',
    phase   TEXT NOT NULL DEFAULT 'drafting' CHECK (phase IN ('drafting', 'running', 'scoring', 'closed')),
    at      TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE objective (
    id           INTEGER PRIMARY KEY,
    cycle_id     INTEGER NOT NULL REFERENCES cycle,
    team_id      INTEGER NOT NULL REFERENCES team,
    title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    why          TEXT NOT NULL DEFAULT '' CHECK (length(why) <= 10000),
    ambition     TEXT NOT NULL DEFAULT 'aspirational' CHECK (ambition IN ('committed', 'aspirational')),
    state        TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'withdrawn')),
    reason       TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 10000),
    author_id    INTEGER NOT NULL REFERENCES person,
    origin_id    INTEGER REFERENCES objective,
    text_number  INTEGER NOT NULL DEFAULT 1,
    at           TEXT NOT NULL,
    published_at TEXT,
    version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX objective_team ON objective (cycle_id, team_id);
CREATE INDEX objective_origin ON objective (origin_id) WHERE origin_id IS NOT NULL;

CREATE TABLE objective_text (
    objective_id INTEGER NOT NULL REFERENCES objective,
    number       INTEGER NOT NULL,
    title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    why          TEXT NOT NULL CHECK (length(why) <= 10000),
    ambition     TEXT NOT NULL,
    author_id    INTEGER NOT NULL REFERENCES person,
    at           TEXT NOT NULL,
    PRIMARY KEY (objective_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation (
    id            INTEGER PRIMARY KEY,
    objective_id  INTEGER NOT NULL REFERENCES objective,
    team_id       INTEGER REFERENCES team,
    person_id     INTEGER REFERENCES person,
    state         TEXT NOT NULL DEFAULT 'open'
                  CHECK (state IN ('open', 'accepted', 'pushed_back', 'released', 'unanswered')),
    straight_line TEXT NOT NULL DEFAULT '' CHECK (length(straight_line) <= 10000),
    accepted_text INTEGER,
    accepted_by   INTEGER REFERENCES person,
    accepted_at   TEXT,
    need          TEXT NOT NULL DEFAULT ''
                  CHECK (need IN ('', 'role_not_covered', 'accountability', 'growth_and_outcome')),
    need_words    TEXT NOT NULL DEFAULT '' CHECK (length(need_words) <= 10000),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1,
    CHECK ((team_id IS NULL) <> (person_id IS NULL)),
    UNIQUE (objective_id, team_id),
    UNIQUE (objective_id, person_id)
) STRICT;
CREATE INDEX invitation_team ON invitation (team_id, state);
CREATE INDEX invitation_person ON invitation (person_id, state) WHERE person_id IS NOT NULL;

CREATE TABLE invitation_seen (
    invitation_id INTEGER NOT NULL REFERENCES invitation,
    person_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    PRIMARY KEY (invitation_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pushback (
    id            INTEGER PRIMARY KEY,
    invitation_id INTEGER NOT NULL REFERENCES invitation,
    round         INTEGER NOT NULL,
    reason        TEXT NOT NULL
                  CHECK (reason IN ('does_not_apply', 'wrong_altitude', 'not_ours_to_move', 'cannot_measure')),
    words         TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 10000),
    state         TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'taken_back', 'unanswered')),
    answer        TEXT CHECK (answer IN ('reworded', 'split', 'explained', 'released')),
    answer_words  TEXT NOT NULL DEFAULT '' CHECK (length(answer_words) <= 10000),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    answered_by   INTEGER REFERENCES person,
    answered_at   TEXT,
    UNIQUE (invitation_id, round)
) STRICT;
CREATE INDEX pushback_open ON pushback (invitation_id) WHERE state = 'open';

CREATE TABLE pushback_split (
    pushback_id  INTEGER NOT NULL REFERENCES pushback,
    objective_id INTEGER NOT NULL REFERENCES objective,
    PRIMARY KEY (pushback_id, objective_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_result (
    id              INTEGER PRIMARY KEY,
    invitation_id   INTEGER NOT NULL REFERENCES invitation,
    statement       TEXT NOT NULL CHECK (length(statement) BETWEEN 1 AND 200),
    kind            TEXT CHECK (kind IN ('increase', 'decrease', 'maintain', 'milestone', 'binary', 'establish')),
    unit            TEXT NOT NULL DEFAULT '' CHECK (length(unit) <= 40),
    baseline        REAL,
    target          REAL,
    low             REAL,
    high            REAL,
    done_means      TEXT NOT NULL DEFAULT '' CHECK (length(done_means) <= 10000),
    measure         TEXT NOT NULL DEFAULT '' CHECK (length(measure) <= 10000),
    baseline_due    TEXT,
    established     INTEGER NOT NULL DEFAULT 0 CHECK (established IN (0, 1)),
    weight          REAL NOT NULL DEFAULT 1 CHECK (weight >= 0),
    control         TEXT CHECK (control IN ('ours', 'shared', 'not_ours')),
    shared_team_id  INTEGER REFERENCES team,
    week_nine       TEXT NOT NULL DEFAULT '' CHECK (length(week_nine) <= 10000),
    owner_id        INTEGER REFERENCES person,
    state           TEXT NOT NULL DEFAULT 'idea'
                    CHECK (state IN ('idea', 'draft', 'proposed', 'agreed', 'parked', 'dropped', 'not_agreed')),
    parked_from     TEXT CHECK (parked_from IN ('idea', 'draft', 'proposed')),
    reason          TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 10000),
    amendment       TEXT CHECK (amendment IN ('asked', 'agreed', 'questioned')),
    author_id       INTEGER NOT NULL REFERENCES person,
    imported_by     INTEGER REFERENCES person,
    adopted_by      INTEGER REFERENCES person,
    adopted_at      TEXT,
    origin_id       INTEGER REFERENCES key_result,
    guidance_low    TEXT NOT NULL DEFAULT '' CHECK (length(guidance_low) <= 10000),
    guidance_middle TEXT NOT NULL DEFAULT '' CHECK (length(guidance_middle) <= 10000),
    guidance_high   TEXT NOT NULL DEFAULT '' CHECK (length(guidance_high) <= 10000),
    at              TEXT NOT NULL,
    proposed_at     TEXT,
    agreed_at       TEXT,
    agreed_by       INTEGER REFERENCES person,
    agreed_text     INTEGER,
    -- While an amendment is open: the text that stands again when the team takes it back.
    amended_from    INTEGER,
    text_number     INTEGER NOT NULL DEFAULT 1,
    -- What the last check-ins said, kept here by the service so that a room or a tree never reads the history.
    value           REAL,
    confidence      INTEGER CHECK (confidence BETWEEN 0 AND 10),
    fell            INTEGER NOT NULL DEFAULT 0 CHECK (fell IN (0, 1)),
    progress        REAL CHECK (progress BETWEEN 0 AND 1),
    checked_week    INTEGER,
    trend           TEXT NOT NULL DEFAULT '[]',
    version         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX key_result_invitation ON key_result (invitation_id, state);
CREATE INDEX key_result_owner ON key_result (owner_id, state);
CREATE INDEX key_result_origin ON key_result (origin_id) WHERE origin_id IS NOT NULL;

CREATE TABLE key_result_step (
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    position      INTEGER NOT NULL,
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    weight        REAL NOT NULL DEFAULT 1 CHECK (weight >= 0),
    PRIMARY KEY (key_result_id, position),
    UNIQUE (key_result_id, name)
) STRICT, WITHOUT ROWID;

-- Every text a key result has had: number 1 is the first, agreed_text on the key result is the original of scoring.
CREATE TABLE key_result_text (
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    number        INTEGER NOT NULL,
    statement     TEXT NOT NULL,
    numbers       TEXT NOT NULL,
    side          TEXT NOT NULL CHECK (side IN ('team', 'leadership', 'reader', 'import')),
    reason        TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 10000),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    PRIMARY KEY (key_result_id, number)
) STRICT, WITHOUT ROWID;

-- A question of the writing checks that its team answered: "We know, because ...".
CREATE TABLE key_result_quiet (
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    rule          TEXT NOT NULL CHECK (length(rule) BETWEEN 1 AND 40),
    because       TEXT NOT NULL CHECK (length(because) BETWEEN 1 AND 10000),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    PRIMARY KEY (key_result_id, rule)
) STRICT, WITHOUT ROWID;

-- side is its author's when it was made, so that a text which takes it can say who typed the words first.
CREATE TABLE suggestion (
    id            INTEGER PRIMARY KEY,
    objective_id  INTEGER REFERENCES objective,
    key_result_id INTEGER REFERENCES key_result,
    field         TEXT NOT NULL,
    before        TEXT NOT NULL DEFAULT '',
    proposed      TEXT NOT NULL CHECK (length(proposed) <= 10000),
    words         TEXT NOT NULL DEFAULT '' CHECK (length(words) <= 10000),
    side          TEXT NOT NULL CHECK (side IN ('team', 'leadership', 'reader')),
    state         TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'declined')),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    decided_by    INTEGER REFERENCES person,
    decided_at    TEXT,
    reason        TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 10000),
    CHECK ((objective_id IS NULL) <> (key_result_id IS NULL))
) STRICT;
CREATE INDEX suggestion_objective ON suggestion (objective_id) WHERE objective_id IS NOT NULL;
CREATE INDEX suggestion_key_result ON suggestion (key_result_id) WHERE key_result_id IS NOT NULL;

-- subject is the ref the thread stands under ("O12", "KR34", "I3"); a check-in's is "KR34 w9".
CREATE TABLE comment (
    id        INTEGER PRIMARY KEY,
    subject   TEXT NOT NULL,
    topic     TEXT NOT NULL DEFAULT 'comment'
              CHECK (topic IN ('comment', 'question', 'answer', 'proposal', 'agreement', 'calibration', 'round',
                               'suggestion', 'taken', 'declined', 'reason', 'defence', 'known')),
    body      TEXT NOT NULL CHECK (length(body) <= 10000),
    quoted    TEXT NOT NULL DEFAULT '',
    author_id INTEGER NOT NULL REFERENCES person,
    at        TEXT NOT NULL,
    struck_at TEXT
) STRICT;
CREATE INDEX comment_subject ON comment (subject, id);

CREATE TABLE mention (
    person_id  INTEGER NOT NULL REFERENCES person,
    comment_id INTEGER NOT NULL REFERENCES comment,
    seen_at    TEXT,
    PRIMARY KEY (person_id, comment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_unseen ON mention (person_id, comment_id) WHERE seen_at IS NULL;

CREATE TABLE dot (
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    person_id     INTEGER NOT NULL REFERENCES person,
    count         INTEGER NOT NULL CHECK (count BETWEEN 1 AND 5),
    PRIMARY KEY (key_result_id, person_id)
) STRICT, WITHOUT ROWID;

-- One a team and cycle; its working time is that of its sittings. box is the second of it at which the time box ends.
CREATE TABLE workshop (
    id        INTEGER PRIMARY KEY,
    team_id   INTEGER NOT NULL REFERENCES team,
    cycle_id  INTEGER NOT NULL REFERENCES cycle,
    state     TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    prompt    TEXT NOT NULL DEFAULT 'day_to_day' CHECK (prompt IN ('day_to_day', 'measure')),
    box       INTEGER CHECK (box > 0),
    keeper_id INTEGER REFERENCES person,
    remark    TEXT NOT NULL DEFAULT '' CHECK (length(remark) <= 10000),
    at        TEXT NOT NULL,
    closed_at TEXT,
    UNIQUE (team_id, cycle_id)
) STRICT;

CREATE TABLE workshop_sitting (
    id          INTEGER PRIMARY KEY,
    workshop_id INTEGER NOT NULL REFERENCES workshop,
    starts_at   TEXT NOT NULL,
    ends_at     TEXT CHECK (ends_at >= starts_at)
) STRICT;
CREATE INDEX workshop_sitting_workshop ON workshop_sitting (workshop_id);
CREATE UNIQUE INDEX workshop_sitting_running ON workshop_sitting (workshop_id) WHERE ends_at IS NULL;

CREATE TABLE workshop_attendance (
    workshop_id INTEGER NOT NULL REFERENCES workshop,
    person_id   INTEGER NOT NULL REFERENCES person,
    way         TEXT NOT NULL CHECK (way IN ('present', 'ticked')),
    at          TEXT NOT NULL,
    PRIMARY KEY (workshop_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE workshop_note (
    id          INTEGER PRIMARY KEY,
    workshop_id INTEGER NOT NULL REFERENCES workshop,
    prompt      TEXT NOT NULL CHECK (prompt IN ('day_to_day', 'measure')),
    body        TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
    author_id   INTEGER NOT NULL REFERENCES person,
    at          TEXT NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX workshop_note_workshop ON workshop_note (workshop_id, prompt, id);

-- Clustered by key result and week: a room with thirteen weeks of history is one range.
CREATE TABLE checkin (
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    week          INTEGER NOT NULL CHECK (week >= 1),
    value         REAL,
    confidence    INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 10),
    context       TEXT NOT NULL DEFAULT '' CHECK (length(context) <= 10000),
    blocker       TEXT NOT NULL DEFAULT '' CHECK (length(blocker) <= 10000),
    next          TEXT NOT NULL DEFAULT '' CHECK (length(next) <= 10000),
    steps         TEXT NOT NULL DEFAULT '[]',
    late          INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (key_result_id, week)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkin_text (
    key_result_id INTEGER NOT NULL,
    week          INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    value         REAL,
    confidence    INTEGER NOT NULL,
    context       TEXT NOT NULL,
    blocker       TEXT NOT NULL,
    next          TEXT NOT NULL,
    steps         TEXT NOT NULL,
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    PRIMARY KEY (key_result_id, week, version),
    FOREIGN KEY (key_result_id, week) REFERENCES checkin
) STRICT, WITHOUT ROWID;

CREATE TABLE priority (
    id        INTEGER PRIMARY KEY,
    team_id   INTEGER NOT NULL REFERENCES team,
    cycle_id  INTEGER NOT NULL REFERENCES cycle,
    week      INTEGER NOT NULL CHECK (week >= 1),
    rank      TEXT NOT NULL CHECK (rank IN ('P1', 'P2')),
    words     TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 200),
    author_id INTEGER NOT NULL REFERENCES person,
    at        TEXT NOT NULL,
    version   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX priority_week ON priority (team_id, cycle_id, week);

CREATE TABLE win (
    id        INTEGER PRIMARY KEY,
    team_id   INTEGER NOT NULL REFERENCES team,
    cycle_id  INTEGER NOT NULL REFERENCES cycle,
    week      INTEGER NOT NULL CHECK (week >= 1),
    words     TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 200),
    author_id INTEGER NOT NULL REFERENCES person,
    at        TEXT NOT NULL,
    version   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX win_week ON win (team_id, cycle_id, week);

CREATE TABLE confidence_round (
    id        INTEGER PRIMARY KEY,
    team_id   INTEGER NOT NULL REFERENCES team,
    cycle_id  INTEGER NOT NULL REFERENCES cycle,
    week      INTEGER NOT NULL CHECK (week >= 1),
    state     TEXT NOT NULL DEFAULT 'sealed' CHECK (state IN ('sealed', 'opened', 'abandoned')),
    author_id INTEGER NOT NULL REFERENCES person,
    at        TEXT NOT NULL,
    opened_at TEXT
) STRICT;
CREATE INDEX confidence_round_team ON confidence_round (team_id, cycle_id);
CREATE UNIQUE INDEX confidence_round_sealed ON confidence_round (team_id, cycle_id) WHERE state = 'sealed';

-- Who takes part, whether or not they have given a number yet.
CREATE TABLE confidence_round_person (
    round_id  INTEGER NOT NULL REFERENCES confidence_round,
    person_id INTEGER NOT NULL REFERENCES person,
    at        TEXT NOT NULL,
    PRIMARY KEY (round_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE confidence_vote (
    round_id      INTEGER NOT NULL REFERENCES confidence_round,
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    person_id     INTEGER NOT NULL REFERENCES person,
    confidence    INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 10),
    PRIMARY KEY (round_id, key_result_id, person_id)
) STRICT, WITHOUT ROWID;

-- The last answer to "would you still argue for this?", and the number of the text it was given on.
CREATE TABLE defence (
    key_result_id INTEGER PRIMARY KEY REFERENCES key_result,
    decision      TEXT NOT NULL CHECK (decision IN ('keep', 'amend', 'drop')),
    argument      TEXT NOT NULL CHECK (length(argument) BETWEEN 1 AND 10000),
    text_number   INTEGER NOT NULL,
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL
) STRICT;

-- A side's score until both are opened. Nothing but the score's own service reads this table.
CREATE TABLE sealed_score (
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    side          TEXT NOT NULL CHECK (side IN ('self', 'manager')),
    value         INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10),
    reasoning     TEXT NOT NULL CHECK (length(reasoning) <= 10000),
    state         TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'in')),
    salt          TEXT NOT NULL,
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (key_result_id, side)
) STRICT, WITHOUT ROWID;
-- What anybody may know of one, without passing its words: how long that takes would tell how long they are.
CREATE INDEX sealed_score_told ON sealed_score (key_result_id, side, state, author_id);

CREATE TABLE score (
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    side          TEXT NOT NULL CHECK (side IN ('self', 'manager')),
    value         INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10),
    first_value   INTEGER NOT NULL CHECK (first_value BETWEEN 0 AND 10),
    reasoning     TEXT NOT NULL CHECK (length(reasoning) <= 10000),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    opened_at     TEXT NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (key_result_id, side)
) STRICT, WITHOUT ROWID;

-- Each proposal of an agreed score; the last one stands. value is null for "no score", which needs a reason.
CREATE TABLE calibration (
    id            INTEGER PRIMARY KEY,
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    value         INTEGER CHECK (value BETWEEN 0 AND 10),
    reason        TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 10000),
    side          TEXT NOT NULL CHECK (side IN ('team', 'leadership')),
    state         TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'confirmed', 'countered')),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    confirmed_by  INTEGER REFERENCES person,
    confirmed_at  TEXT,
    CHECK (value IS NOT NULL OR length(reason) > 0)
) STRICT;
CREATE INDEX calibration_key_result ON calibration (key_result_id, id);

CREATE TABLE close_decision (
    key_result_id INTEGER PRIMARY KEY REFERENCES key_result,
    decision      TEXT NOT NULL CHECK (decision IN ('keep', 'change', 'drop', 'defer', 'done')),
    words         TEXT NOT NULL DEFAULT '' CHECK (length(words) <= 10000),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL
) STRICT;

CREATE TABLE learning (
    objective_id INTEGER PRIMARY KEY REFERENCES objective,
    words        TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 10000),
    author_id    INTEGER NOT NULL REFERENCES person,
    at           TEXT NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What a cycle was closed over, by whom.
CREATE TABLE left_open (
    id        INTEGER PRIMARY KEY,
    cycle_id  INTEGER NOT NULL REFERENCES cycle,
    team_id   INTEGER REFERENCES team,
    kind      TEXT NOT NULL,
    ref       TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person,
    at        TEXT NOT NULL
) STRICT;
CREATE INDEX left_open_cycle ON left_open (cycle_id);

CREATE TABLE initiative (
    id        INTEGER PRIMARY KEY,
    team_id   INTEGER NOT NULL REFERENCES team,
    cycle_id  INTEGER NOT NULL REFERENCES cycle,
    title     TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    owner_id  INTEGER REFERENCES person,
    status    TEXT NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'doing', 'done', 'stopped', 'dropped')),
    author_id INTEGER NOT NULL REFERENCES person,
    at        TEXT NOT NULL,
    version   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX initiative_team ON initiative (cycle_id, team_id);

CREATE TABLE initiative_key_result (
    initiative_id INTEGER NOT NULL REFERENCES initiative,
    key_result_id INTEGER NOT NULL REFERENCES key_result,
    PRIMARY KEY (initiative_id, key_result_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX initiative_key_result_back ON initiative_key_result (key_result_id);

CREATE TABLE commitment (
    id            INTEGER PRIMARY KEY,
    cycle_id      INTEGER NOT NULL REFERENCES cycle,
    person_id     INTEGER NOT NULL REFERENCES person,
    kind          TEXT NOT NULL CHECK (kind IN ('contribution', 'development', 'stretch')),
    words         TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 10000),
    key_result_id INTEGER REFERENCES key_result,
    initiative_id INTEGER REFERENCES initiative,
    state         TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'let_go')),
    at            TEXT NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX commitment_person ON commitment (person_id, cycle_id);
CREATE INDEX commitment_cycle ON commitment (cycle_id);
CREATE INDEX commitment_key_result ON commitment (key_result_id) WHERE key_result_id IS NOT NULL;
CREATE INDEX commitment_initiative ON commitment (initiative_id) WHERE initiative_id IS NOT NULL;

CREATE TABLE link (
    id            INTEGER PRIMARY KEY,
    child         TEXT NOT NULL,
    parent        TEXT NOT NULL CHECK (parent <> child),
    kind          TEXT NOT NULL CHECK (kind IN ('contributes', 'supports')),
    author_id     INTEGER NOT NULL REFERENCES person,
    at            TEXT NOT NULL,
    consented_by  INTEGER REFERENCES person,
    consented_at  TEXT,
    UNIQUE (child, parent)
) STRICT;
CREATE INDEX link_parent ON link (parent);

-- The keys by which people come over SSH; one that was switched off stays, for the history. blob is base64; added_by is
-- NULL for the operator of the file. A code lets one key in, once: of it the digest is kept, and used_at is set when it was
-- used, or closed.
CREATE TABLE ssh_key (
    id          INTEGER PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person,
    type        TEXT NOT NULL CHECK (length(type) BETWEEN 1 AND 60),
    blob        TEXT NOT NULL CHECK (length(blob) BETWEEN 1 AND 6000),
    fingerprint TEXT NOT NULL UNIQUE CHECK (fingerprint GLOB 'SHA256:*' AND length(fingerprint) = 50),
    comment     TEXT NOT NULL DEFAULT '' CHECK (length(comment) <= 200),
    added_by    INTEGER REFERENCES person,
    at          TEXT NOT NULL,
    off_at      TEXT,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX ssh_key_person ON ssh_key (person_id);

CREATE TABLE ssh_code (
    id        INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person,
    digest    TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    expires   TEXT NOT NULL,
    added_by  INTEGER REFERENCES person,
    at        TEXT NOT NULL,
    used_at   TEXT
) STRICT;
CREATE INDEX ssh_code_person ON ssh_code (person_id);

-- The audit log, the activity feed and the announcements. payload is JSON {"before": …, "after": …}; its digest is
-- salted and stays when redaction blanks the payload and its salt, so that the chain still holds and nobody can try
-- short texts against the digest.
CREATE TABLE event (
    id         INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    person_id  INTEGER REFERENCES person,
    side       TEXT NOT NULL DEFAULT '',
    deputy_for INTEGER REFERENCES person,
    alone      INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)),
    way        TEXT NOT NULL,
    verb       TEXT NOT NULL,
    ref        TEXT NOT NULL,
    cycle_id   INTEGER,
    team_id    INTEGER,
    private    INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)),
    payload    TEXT,
    salt       TEXT NOT NULL,
    digest     TEXT NOT NULL,
    chain      TEXT NOT NULL
) STRICT;
CREATE INDEX event_ref ON event (ref, id);
CREATE INDEX event_team ON event (team_id, id);
CREATE INDEX event_person ON event (person_id, id);
CREATE INDEX event_at ON event (at);

CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN
    SELECT raise(ABORT, 'events are never deleted');
END;

CREATE TRIGGER event_is_final BEFORE UPDATE ON event
WHEN NOT (
    NEW.payload IS NULL
    AND NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.person_id IS OLD.person_id AND NEW.side = OLD.side
    AND NEW.deputy_for IS OLD.deputy_for AND NEW.alone = OLD.alone AND NEW.way = OLD.way AND NEW.verb = OLD.verb
    AND NEW.ref = OLD.ref AND NEW.cycle_id IS OLD.cycle_id AND NEW.team_id IS OLD.team_id
    AND NEW.private = OLD.private AND NEW.salt = '' AND NEW.digest = OLD.digest AND NEW.chain = OLD.chain
)
BEGIN
    SELECT raise(ABORT, 'events are never changed');
END;

-- Search: a full-text index for each kind of words, newest last by its rowid. None keeps a copy of the words, which are
-- read from their table by way of a view, parted(x) as `okrtui.store.migrations.parted` says; the triggers keep the two in
-- step: what is changed is taken out before and put in after. `okrtui.store.search` asks them, and builds them anew.

CREATE VIEW objective_words AS
SELECT id, parted(title) AS title, parted(why) AS why
FROM objective;
CREATE VIRTUAL TABLE objective_search USING fts5(
    title, why,
    content='objective_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER objective_search_added AFTER INSERT ON objective BEGIN
    INSERT INTO objective_search (rowid, title, why)
    SELECT id, title, why FROM objective_words WHERE id = NEW.id;
END;
CREATE TRIGGER objective_search_left BEFORE UPDATE OF title, why ON objective BEGIN
    INSERT INTO objective_search (objective_search, rowid, title, why)
    SELECT 'delete', id, title, why FROM objective_words WHERE id = OLD.id;
END;
CREATE TRIGGER objective_search_changed AFTER UPDATE OF title, why ON objective BEGIN
    INSERT INTO objective_search (rowid, title, why)
    SELECT id, title, why FROM objective_words WHERE id = NEW.id;
END;
CREATE TRIGGER objective_search_removed BEFORE DELETE ON objective BEGIN
    INSERT INTO objective_search (objective_search, rowid, title, why)
    SELECT 'delete', id, title, why FROM objective_words WHERE id = OLD.id;
END;

CREATE VIEW key_result_words AS
SELECT id, parted(statement) AS statement, parted(done_means) AS done_means, parted(measure) AS measure, parted(week_nine) AS week_nine
FROM key_result;
CREATE VIRTUAL TABLE key_result_search USING fts5(
    statement, done_means, measure, week_nine,
    content='key_result_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER key_result_search_added AFTER INSERT ON key_result BEGIN
    INSERT INTO key_result_search (rowid, statement, done_means, measure, week_nine)
    SELECT id, statement, done_means, measure, week_nine FROM key_result_words WHERE id = NEW.id;
END;
CREATE TRIGGER key_result_search_left BEFORE UPDATE OF statement, done_means, measure, week_nine ON key_result BEGIN
    INSERT INTO key_result_search (key_result_search, rowid, statement, done_means, measure, week_nine)
    SELECT 'delete', id, statement, done_means, measure, week_nine FROM key_result_words WHERE id = OLD.id;
END;
CREATE TRIGGER key_result_search_changed AFTER UPDATE OF statement, done_means, measure, week_nine ON key_result BEGIN
    INSERT INTO key_result_search (rowid, statement, done_means, measure, week_nine)
    SELECT id, statement, done_means, measure, week_nine FROM key_result_words WHERE id = NEW.id;
END;
CREATE TRIGGER key_result_search_removed BEFORE DELETE ON key_result BEGIN
    INSERT INTO key_result_search (key_result_search, rowid, statement, done_means, measure, week_nine)
    SELECT 'delete', id, statement, done_means, measure, week_nine FROM key_result_words WHERE id = OLD.id;
END;

CREATE VIEW straight_line_words AS
SELECT id, parted(straight_line) AS straight_line
FROM invitation;
CREATE VIRTUAL TABLE straight_line_search USING fts5(
    straight_line,
    content='straight_line_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER straight_line_search_added AFTER INSERT ON invitation BEGIN
    INSERT INTO straight_line_search (rowid, straight_line)
    SELECT id, straight_line FROM straight_line_words WHERE id = NEW.id;
END;
CREATE TRIGGER straight_line_search_left BEFORE UPDATE OF straight_line ON invitation BEGIN
    INSERT INTO straight_line_search (straight_line_search, rowid, straight_line)
    SELECT 'delete', id, straight_line FROM straight_line_words WHERE id = OLD.id;
END;
CREATE TRIGGER straight_line_search_changed AFTER UPDATE OF straight_line ON invitation BEGIN
    INSERT INTO straight_line_search (rowid, straight_line)
    SELECT id, straight_line FROM straight_line_words WHERE id = NEW.id;
END;
CREATE TRIGGER straight_line_search_removed BEFORE DELETE ON invitation BEGIN
    INSERT INTO straight_line_search (straight_line_search, rowid, straight_line)
    SELECT 'delete', id, straight_line FROM straight_line_words WHERE id = OLD.id;
END;

CREATE VIEW comment_words AS
SELECT id, parted(body) AS body
FROM comment;
CREATE VIRTUAL TABLE comment_search USING fts5(
    body,
    content='comment_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER comment_search_added AFTER INSERT ON comment BEGIN
    INSERT INTO comment_search (rowid, body)
    SELECT id, body FROM comment_words WHERE id = NEW.id;
END;
CREATE TRIGGER comment_search_left BEFORE UPDATE OF body ON comment BEGIN
    INSERT INTO comment_search (comment_search, rowid, body)
    SELECT 'delete', id, body FROM comment_words WHERE id = OLD.id;
END;
CREATE TRIGGER comment_search_changed AFTER UPDATE OF body ON comment BEGIN
    INSERT INTO comment_search (rowid, body)
    SELECT id, body FROM comment_words WHERE id = NEW.id;
END;
CREATE TRIGGER comment_search_removed BEFORE DELETE ON comment BEGIN
    INSERT INTO comment_search (comment_search, rowid, body)
    SELECT 'delete', id, body FROM comment_words WHERE id = OLD.id;
END;

-- A check-in has no number of its own: by cycle, week and key result it has one that grows with time. There may be a
-- million of them, so the index knows each one's team ("t12"), too.
CREATE VIEW key_result_place AS
SELECT key_result.id AS key_result_id, cycle_id, 't' || coalesce(invitation.team_id, objective.team_id) AS team
FROM key_result JOIN invitation ON invitation.id = invitation_id JOIN objective ON objective.id = objective_id;
CREATE VIEW checkin_words AS
SELECT (cycle_id * 1024 + week) * 4294967296 + key_result_id AS id, parted(context) AS context, parted(blocker) AS blocker,
    parted(next) AS next, team, key_result_id, week
FROM checkin JOIN key_result_place USING (key_result_id);
CREATE VIRTUAL TABLE checkin_search USING fts5(
    context, blocker, next, team,
    content='checkin_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER checkin_search_added AFTER INSERT ON checkin BEGIN
    INSERT INTO checkin_search (rowid, context, blocker, next, team)
    SELECT id, context, blocker, next, team FROM checkin_words WHERE key_result_id = NEW.key_result_id AND week = NEW.week;
END;
CREATE TRIGGER checkin_search_left BEFORE UPDATE OF context, blocker, next ON checkin BEGIN
    INSERT INTO checkin_search (checkin_search, rowid, context, blocker, next, team)
    SELECT 'delete', id, context, blocker, next, team FROM checkin_words WHERE key_result_id = OLD.key_result_id AND week = OLD.week;
END;
CREATE TRIGGER checkin_search_changed AFTER UPDATE OF context, blocker, next ON checkin BEGIN
    INSERT INTO checkin_search (rowid, context, blocker, next, team)
    SELECT id, context, blocker, next, team FROM checkin_words WHERE key_result_id = NEW.key_result_id AND week = NEW.week;
END;
CREATE TRIGGER checkin_search_removed BEFORE DELETE ON checkin BEGIN
    INSERT INTO checkin_search (checkin_search, rowid, context, blocker, next, team)
    SELECT 'delete', id, context, blocker, next, team FROM checkin_words WHERE key_result_id = OLD.key_result_id AND week = OLD.week;
END;

CREATE VIEW initiative_words AS
SELECT id, parted(title) AS title
FROM initiative;
CREATE VIRTUAL TABLE initiative_search USING fts5(
    title,
    content='initiative_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER initiative_search_added AFTER INSERT ON initiative BEGIN
    INSERT INTO initiative_search (rowid, title)
    SELECT id, title FROM initiative_words WHERE id = NEW.id;
END;
CREATE TRIGGER initiative_search_left BEFORE UPDATE OF title ON initiative BEGIN
    INSERT INTO initiative_search (initiative_search, rowid, title)
    SELECT 'delete', id, title FROM initiative_words WHERE id = OLD.id;
END;
CREATE TRIGGER initiative_search_changed AFTER UPDATE OF title ON initiative BEGIN
    INSERT INTO initiative_search (rowid, title)
    SELECT id, title FROM initiative_words WHERE id = NEW.id;
END;
CREATE TRIGGER initiative_search_removed BEFORE DELETE ON initiative BEGIN
    INSERT INTO initiative_search (initiative_search, rowid, title)
    SELECT 'delete', id, title FROM initiative_words WHERE id = OLD.id;
END;

CREATE VIEW commitment_words AS
SELECT id, parted(words) AS words
FROM commitment;
CREATE VIRTUAL TABLE commitment_search USING fts5(
    words,
    content='commitment_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER commitment_search_added AFTER INSERT ON commitment BEGIN
    INSERT INTO commitment_search (rowid, words)
    SELECT id, words FROM commitment_words WHERE id = NEW.id;
END;
CREATE TRIGGER commitment_search_left BEFORE UPDATE OF words ON commitment BEGIN
    INSERT INTO commitment_search (commitment_search, rowid, words)
    SELECT 'delete', id, words FROM commitment_words WHERE id = OLD.id;
END;
CREATE TRIGGER commitment_search_changed AFTER UPDATE OF words ON commitment BEGIN
    INSERT INTO commitment_search (rowid, words)
    SELECT id, words FROM commitment_words WHERE id = NEW.id;
END;
CREATE TRIGGER commitment_search_removed BEFORE DELETE ON commitment BEGIN
    INSERT INTO commitment_search (commitment_search, rowid, words)
    SELECT 'delete', id, words FROM commitment_words WHERE id = OLD.id;
END;
