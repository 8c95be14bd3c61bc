"""The first released schema."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = [
    """CREATE TABLE roadmaps (
    title TEXT NOT NULL CHECK (length("title") <= 200),
    start TEXT NOT NULL CHECK ("start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("start", '+0 days') = "start"),
    months INTEGER NOT NULL CHECK ("months" BETWEEN 1 AND 240),
    currency TEXT NOT NULL CHECK (length("currency") <= 3),
    fiscal_year_month INTEGER NOT NULL CHECK ("fiscal_year_month" BETWEEN 1 AND 12),
    longest_increment_weeks INTEGER NOT NULL CHECK ("longest_increment_weeks" BETWEEN 1 AND 104),
    shortest_increment_weeks INTEGER NOT NULL CHECK ("shortest_increment_weeks" BETWEEN 1 AND 104),
    longest_silence_weeks INTEGER NOT NULL CHECK ("longest_silence_weeks" BETWEEN 1 AND 104),
    country TEXT NOT NULL CHECK (length("country") <= 2),
    discount_percent REAL NOT NULL CHECK ("discount_percent" BETWEEN 0 AND 100),
    discounted INTEGER NOT NULL CHECK ("discounted" BETWEEN 0 AND 1),
    owner TEXT NOT NULL CHECK (length("owner") <= 1000),
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    PRIMARY KEY (id),
    CHECK (shortest_increment_weeks <= longest_increment_weeks),
    CHECK (id = 'roadmap')
)
 STRICT""",
    """CREATE TABLE teams (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    people INTEGER CHECK ("people" BETWEEN 1 AND 10000),
    PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE measures (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    unit TEXT NOT NULL CHECK (length("unit") <= 200),
    baseline REAL NOT NULL CHECK ("baseline" BETWEEN -1000000000000000 AND 1000000000000000),
    target REAL NOT NULL CHECK ("target" BETWEEN -1000000000000000 AND 1000000000000000),
    PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE journal (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL CHECK (length("at") <= 40),
    who TEXT NOT NULL CHECK (length("who") <= 200),
    label TEXT NOT NULL CHECK (length("label") <= 1000),
    kind TEXT NOT NULL CHECK ("kind" IN ('start', 'edit', 'undo', 'redo')),
    target INTEGER,
    delta TEXT NOT NULL,
    content TEXT NOT NULL CHECK (length("content") <= 64),
    previous TEXT NOT NULL CHECK (length("previous") <= 64),
    hash TEXT NOT NULL CHECK (length("hash") <= 64),
    PRIMARY KEY (seq),
    FOREIGN KEY(target) REFERENCES journal (seq)
)
 STRICT""",
    """CREATE TABLE projects (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    original_start TEXT NOT NULL CHECK ("original_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("original_start", '+0 days') = "original_start"),
    original_end TEXT NOT NULL CHECK ("original_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("original_end", '+0 days') = "original_end"),
    outcome TEXT NOT NULL CHECK (length("outcome") <= 8000),
    team TEXT CHECK (length("team") BETWEEN 1 AND 64),
    position INTEGER NOT NULL CHECK ("position" BETWEEN -100000 AND 100000),
    accent INTEGER NOT NULL CHECK ("accent" BETWEEN 0 AND 99),
    PRIMARY KEY (id),
    CHECK (original_end > original_start),
    FOREIGN KEY(team) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE TABLE readings (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    measure TEXT NOT NULL CHECK (length("measure") BETWEEN 1 AND 64),
    day TEXT NOT NULL CHECK ("day" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("day", '+0 days') = "day"),
    value REAL NOT NULL CHECK ("value" BETWEEN -1000000000000000 AND 1000000000000000),
    PRIMARY KEY (id),
    FOREIGN KEY(measure) REFERENCES measures (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE TABLE increments (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    project TEXT NOT NULL CHECK (length("project") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    start TEXT NOT NULL CHECK ("start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("start", '+0 days') = "start"),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("end", '+0 days') = "end"),
    usable_outcome TEXT NOT NULL CHECK (length("usable_outcome") <= 1000),
    effort_pw REAL CHECK ("effort_pw" BETWEEN 0 AND 1000000),
    revenue_per_month INTEGER CHECK ("revenue_per_month" BETWEEN -1000000000000000 AND 1000000000000000),
    confidence INTEGER NOT NULL CHECK ("confidence" BETWEEN 0 AND 100),
    status TEXT NOT NULL CHECK ("status" IN ('planned', 'running', 'delivered', 'held', 'cancelled')),
    pinned INTEGER NOT NULL CHECK ("pinned" BETWEEN 0 AND 1),
    team TEXT CHECK (length("team") BETWEEN 1 AND 64),
    PRIMARY KEY (id),
    CHECK ("end" > start),
    FOREIGN KEY(project) REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(team) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE TABLE scope_items (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    project TEXT NOT NULL CHECK (length("project") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    outcome TEXT NOT NULL CHECK (length("outcome") <= 8000),
    effort_pw REAL CHECK ("effort_pw" BETWEEN 0 AND 1000000),
    planned_start TEXT CHECK ("planned_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("planned_start", '+0 days') = "planned_start"),
    planned_days INTEGER CHECK ("planned_days" BETWEEN 1 AND 36600),
    people INTEGER CHECK ("people" BETWEEN 1 AND 10000),
    revenue_per_month INTEGER CHECK ("revenue_per_month" BETWEEN -1000000000000000 AND 1000000000000000),
    usable INTEGER NOT NULL CHECK ("usable" BETWEEN 0 AND 1),
    "after" TEXT NOT NULL CHECK (length("after") <= 1000000 AND ("after" GLOB '[[]*]')),
    part_of TEXT CHECK (length("part_of") BETWEEN 1 AND 64),
    increment TEXT CHECK (length("increment") BETWEEN 1 AND 64),
    position INTEGER NOT NULL CHECK ("position" BETWEEN -100000 AND 100000),
    PRIMARY KEY (id),
    FOREIGN KEY(project) REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(part_of) REFERENCES scope_items (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(increment) REFERENCES increments (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE TABLE links (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    "before" TEXT NOT NULL CHECK (length("before") BETWEEN 1 AND 64),
    "after" TEXT NOT NULL CHECK (length("after") BETWEEN 1 AND 64),
    lag_days INTEGER NOT NULL CHECK ("lag_days" BETWEEN -3660 AND 3660),
    PRIMARY KEY (id),
    CHECK ("before" <> "after"),
    FOREIGN KEY("before") REFERENCES increments (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY("after") REFERENCES increments (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE TABLE checkpoints (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    project TEXT NOT NULL CHECK (length("project") BETWEEN 1 AND 64),
    day TEXT NOT NULL CHECK ("day" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("day", '+0 days') = "day"),
    kind TEXT NOT NULL CHECK ("kind" IN ('kick-off', 'mid-way look', 'go-live decision')),
    question TEXT NOT NULL CHECK (length("question") <= 1000),
    increment TEXT CHECK (length("increment") BETWEEN 1 AND 64),
    PRIMARY KEY (id),
    FOREIGN KEY(project) REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(increment) REFERENCES increments (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE TABLE decisions (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    checkpoint TEXT NOT NULL CHECK (length("checkpoint") BETWEEN 1 AND 64),
    answer TEXT NOT NULL CHECK ("answer" IN ('approve', 'approve with changes', 'reject')),
    who TEXT NOT NULL CHECK (length("who") <= 200),
    "when" TEXT NOT NULL CHECK (length("when") <= 40),
    seen INTEGER NOT NULL CHECK ("seen" BETWEEN 0 AND 1000000000000),
    role TEXT NOT NULL CHECK (length("role") <= 200),
    comment TEXT NOT NULL CHECK (length("comment") <= 8000),
    PRIMARY KEY (id),
    FOREIGN KEY(checkpoint) REFERENCES checkpoints (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE TRIGGER decisions_never_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are only followed, never changed'); END""",
    """CREATE TRIGGER decisions_never_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are only followed, never changed'); END""",
    """CREATE TRIGGER journal_never_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal are only followed, never changed'); END""",
    """CREATE TRIGGER journal_never_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal are only followed, never changed'); END""",
]


def upgrade() -> None:
    """Make all tables and triggers."""
    for statement in STATEMENTS:
        op.execute(statement)
