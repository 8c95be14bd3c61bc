"""What ranking investments needs: criteria, pairwise answers, investments, a budget; what an increment really earned."""

from alembic import op

revision = "0003"
down_revision = "0002"

CRITERIA = """CREATE TABLE criteria (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    worst REAL NOT NULL CHECK ("worst" BETWEEN -1000000000000000 AND 1000000000000000),
    best REAL NOT NULL CHECK ("best" BETWEEN -1000000000000000 AND 1000000000000000),
    unit TEXT NOT NULL CHECK (length("unit") <= 200),
    worst_words TEXT NOT NULL CHECK (length("worst_words") <= 200),
    best_words TEXT NOT NULL CHECK (length("best_words") <= 200),
    bends TEXT NOT NULL CHECK (length("bends") <= 1000000 AND ("bends" GLOB '[[]*]')),
    cio INTEGER CHECK ("cio" BETWEEN 0 AND 1000000000000000),
    cmo INTEGER CHECK ("cmo" BETWEEN 0 AND 1000000000000000),
    agreed INTEGER CHECK ("agreed" BETWEEN 0 AND 1000000000000000),
    position INTEGER NOT NULL CHECK ("position" BETWEEN 0 AND 100000),
    PRIMARY KEY (id),
    CHECK (worst <> best)
)
 STRICT"""
JUDGEMENTS = """CREATE TABLE judgements (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    voice TEXT NOT NULL CHECK ("voice" IN ('cio', 'cmo', 'agreed')),
    first TEXT NOT NULL CHECK (length("first") BETWEEN 1 AND 64),
    second TEXT CHECK (length("second") BETWEEN 1 AND 64),
    ratio REAL NOT NULL CHECK ("ratio" BETWEEN 0.1111111111111111 AND 9),
    PRIMARY KEY (id),
    CHECK ("second" IS NULL OR "first" <> "second"),
    FOREIGN KEY(first) REFERENCES criteria (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(second) REFERENCES criteria (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT"""
INVESTMENTS = """CREATE TABLE investments (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    sentence TEXT NOT NULL CHECK (length("sentence") <= 1000),
    owner TEXT NOT NULL CHECK (length("owner") <= 200),
    revenue_low INTEGER CHECK ("revenue_low" BETWEEN 0 AND 1000000000000000),
    revenue INTEGER CHECK ("revenue" BETWEEN 0 AND 1000000000000000),
    revenue_high INTEGER CHECK ("revenue_high" BETWEEN 0 AND 1000000000000000),
    efforts TEXT NOT NULL CHECK (length("efforts") <= 1000000 AND ("efforts" GLOB '[[]*]')),
    cost INTEGER CHECK ("cost" BETWEEN 0 AND 1000000000000000),
    confidence INTEGER NOT NULL CHECK ("confidence" BETWEEN 0 AND 100),
    estimated TEXT CHECK ("estimated" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("estimated", '+0 days') = "estimated"),
    ratings TEXT NOT NULL CHECK (length("ratings") <= 1000000 AND ("ratings" GLOB '[[]*]')),
    needs TEXT NOT NULL CHECK (length("needs") <= 1000000 AND ("needs" GLOB '[[]*]')),
    stage TEXT NOT NULL CHECK ("stage" IN ('idea', 'chosen', 'on the roadmap', 'delivered', 'dropped')),
    project TEXT CHECK (length("project") BETWEEN 1 AND 64),
    position INTEGER NOT NULL CHECK ("position" BETWEEN 0 AND 100000),
    PRIMARY KEY (id),
    FOREIGN KEY(project) REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT"""
STATEMENTS = [
    """ALTER TABLE roadmaps ADD COLUMN budget_pw REAL CHECK ("budget_pw" BETWEEN 0 AND 1000000)""",
    """ALTER TABLE roadmaps ADD COLUMN budget_money INTEGER CHECK ("budget_money" BETWEEN 0 AND 1000000000000000)""",
    """ALTER TABLE roadmaps ADD COLUMN shelf_months INTEGER DEFAULT 6 NOT NULL
    CHECK ("shelf_months" BETWEEN 1 AND 240)""",
    """ALTER TABLE roadmaps ADD COLUMN yardstick INTEGER DEFAULT 10000000 NOT NULL
    CHECK ("yardstick" BETWEEN 1 AND 1000000000000000)""",
    """ALTER TABLE increments ADD COLUMN actual_per_month INTEGER
    CHECK ("actual_per_month" BETWEEN -1000000000000000 AND 1000000000000000)""",
    CRITERIA,
    JUDGEMENTS,
    INVESTMENTS,
]


def upgrade() -> None:
    """Add the columns and the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
