"""What a richer splitting needs: days off of teams, ramps, compliance dates, gates, lags, release work, a tail."""

from alembic import op

revision = "0002"
down_revision = "0001"

DAYS_OFF = """CREATE TABLE days_off (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    team TEXT NOT NULL CHECK (length("team") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    start TEXT NOT NULL CHECK ("start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("start", '+0 days') = "start"),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("end", '+0 days') = "end"),
    people INTEGER CHECK ("people" BETWEEN 1 AND 10000),
    repeats TEXT NOT NULL CHECK (length("repeats") <= 200),
    PRIMARY KEY (id),
    CHECK ("end" > start),
    FOREIGN KEY(team) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT"""
SCOPE_ITEMS = """CREATE TABLE scope_items (
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
    team TEXT CHECK (length("team") BETWEEN 1 AND 64),
    ramp_months REAL NOT NULL CHECK ("ramp_months" BETWEEN 0 AND 120),
    due TEXT CHECK ("due" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("due", '+0 days') = "due"),
    gate INTEGER NOT NULL CHECK ("gate" BETWEEN 0 AND 1),
    optional INTEGER NOT NULL CHECK ("optional" BETWEEN 0 AND 1),
    lag_days TEXT NOT NULL CHECK (length("lag_days") <= 1000000 AND ("lag_days" GLOB '[[]*]')),
    PRIMARY KEY (id),
    FOREIGN KEY(project) REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(part_of) REFERENCES scope_items (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(increment) REFERENCES increments (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(team) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT"""
# SQLite can add a column, but not a foreign key: the scope items stand aside while their table is made anew. Nothing
# but themselves refers to them, and that is looked at when all is done.
STATEMENTS = [
    """ALTER TABLE roadmaps ADD COLUMN overhead_weeks INTEGER DEFAULT 0 NOT NULL
    CHECK ("overhead_weeks" BETWEEN 0 AND 26 AND "overhead_weeks" < "longest_increment_weeks")""",
    """ALTER TABLE roadmaps ADD COLUMN tail_months INTEGER DEFAULT 12 NOT NULL
    CHECK ("tail_months" BETWEEN 0 AND 240)""",
    DAYS_OFF,
    """ALTER TABLE increments ADD COLUMN ramp_months REAL DEFAULT 0 NOT NULL
    CHECK ("ramp_months" BETWEEN 0 AND 120)""",
    "CREATE TEMPORARY TABLE aside AS SELECT * FROM scope_items",
    "DROP TABLE scope_items",
    SCOPE_ITEMS,
    "INSERT INTO scope_items SELECT *, NULL, 0, NULL, 0, 0, '[]' FROM aside",
    "DROP TABLE aside",
]


def upgrade() -> None:
    """Add the columns and the table."""
    for statement in STATEMENTS:
        op.execute(statement)
