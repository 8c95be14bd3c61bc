"""What ranking, consulting and printing need: tables, a budget, what was really earned, rules of consults, a story."""

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
CONDITIONS = """CREATE TABLE conditions (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    decision TEXT NOT NULL CHECK (length("decision") BETWEEN 1 AND 64),
    text TEXT NOT NULL CHECK (length("text") <= 1000),
    owner TEXT NOT NULL CHECK (length("owner") <= 200),
    done TEXT CHECK ("done" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("done", '+0 days') = "done"),
    PRIMARY KEY (id),
    FOREIGN KEY(decision) REFERENCES decisions (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT"""
LOOKS = """CREATE TABLE looks (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    who TEXT NOT NULL CHECK (length("who") <= 200),
    "when" TEXT NOT NULL CHECK (length("when") <= 40),
    seen INTEGER NOT NULL CHECK ("seen" BETWEEN 0 AND 1000000000000),
    PRIMARY KEY (id)
)
 STRICT"""
AGREEMENTS = """CREATE TABLE agreements (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    version INTEGER NOT NULL CHECK ("version" BETWEEN 1 AND 100000),
    longest_increment_weeks INTEGER NOT NULL CHECK ("longest_increment_weeks" BETWEEN 1 AND 104),
    longest_silence_weeks INTEGER NOT NULL CHECK ("longest_silence_weeks" BETWEEN 1 AND 104),
    budget TEXT NOT NULL CHECK (length("budget") <= 8000),
    timetable TEXT NOT NULL CHECK (length("timetable") <= 8000),
    counting TEXT NOT NULL CHECK (length("counting") <= 8000),
    board TEXT NOT NULL CHECK (length("board") <= 8000),
    measures TEXT NOT NULL CHECK (length("measures") <= 1000000 AND ("measures" GLOB '[[]*]')),
    data_access INTEGER NOT NULL CHECK ("data_access" BETWEEN 0 AND 4),
    data_words TEXT NOT NULL CHECK (length("data_words") <= 8000),
    it_people INTEGER NOT NULL CHECK ("it_people" BETWEEN 0 AND 1000),
    marketing_people INTEGER NOT NULL CHECK ("marketing_people" BETWEEN 0 AND 1000),
    people_words TEXT NOT NULL CHECK (length("people_words") <= 8000),
    PRIMARY KEY (id)
)
 STRICT"""
SIGNATURES = """CREATE TABLE signatures (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    agreement TEXT NOT NULL CHECK (length("agreement") BETWEEN 1 AND 64),
    side TEXT NOT NULL CHECK ("side" IN ('cio', 'cmo')),
    who TEXT NOT NULL CHECK (length("who") <= 200),
    "when" TEXT NOT NULL CHECK (length("when") <= 40),
    PRIMARY KEY (id),
    FOREIGN KEY(agreement) REFERENCES agreements (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT"""
TERMS = """CREATE TABLE terms (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    word TEXT NOT NULL CHECK (length("word") <= 200),
    meaning TEXT NOT NULL CHECK (length("meaning") <= 1000),
    passed_over INTEGER NOT NULL CHECK ("passed_over" BETWEEN 0 AND 1),
    PRIMARY KEY (id)
)
 STRICT"""
PURCHASES = """CREATE TABLE purchases (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    what TEXT NOT NULL CHECK (length("what") <= 200),
    day TEXT NOT NULL CHECK ("day" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date("day", '+0 days') = "day"),
    vendor TEXT NOT NULL CHECK (length("vendor") <= 200),
    cost INTEGER CHECK ("cost" BETWEEN 0 AND 1000000000000000),
    needed_for TEXT NOT NULL CHECK (length("needed_for") <= 1000),
    PRIMARY KEY (id)
)
 STRICT"""
BASELINES = """CREATE TABLE baselines (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    seq INTEGER NOT NULL CHECK ("seq" BETWEEN 1 AND 1000000000000),
    "when" TEXT NOT NULL CHECK (length("when") <= 40),
    who TEXT NOT NULL CHECK (length("who") <= 200),
    PRIMARY KEY (id)
)
 STRICT"""
PARAGRAPHS = """CREATE TABLE paragraphs (
    id TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 64),
    place TEXT NOT NULL CHECK ("place" IN ('ask', 'why now', 'what we agreed', 'risks', 'business case')),
    title TEXT NOT NULL CHECK (length("title") <= 200),
    text TEXT NOT NULL CHECK (length("text") <= 8000),
    figures TEXT NOT NULL CHECK (length("figures") <= 1000000 AND ("figures" GLOB '[[]*]')),
    position INTEGER NOT NULL CHECK ("position" BETWEEN 0 AND 100000),
    PRIMARY KEY (id)
)
 STRICT"""
JOURNAL = """CREATE TABLE journal (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL CHECK (length("at") <= 40),
    who TEXT NOT NULL CHECK (length("who") <= 200),
    label TEXT NOT NULL CHECK (length("label") <= 1000),
    kind TEXT NOT NULL CHECK ("kind" IN ('start', 'edit', 'undo', 'redo', 'decision')),
    target INTEGER,
    delta TEXT NOT NULL,
    content TEXT NOT NULL CHECK (length("content") <= 64),
    previous TEXT NOT NULL CHECK (length("previous") <= 64),
    hash TEXT NOT NULL CHECK (length("hash") <= 64),
    PRIMARY KEY (seq),
    FOREIGN KEY(target) REFERENCES journal (seq)
)
 STRICT"""
GUARDS = [
    f"CREATE TRIGGER {table}_never_{deed.lower()} BEFORE {deed} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} are only followed, never changed'); END"
    for table in ("journal", "signatures")
    for deed in ("UPDATE", "DELETE")
]
# SQLite cannot change what a column may hold: the journal stands aside, row for row, while its table is made anew with
# one more kind, the decision. Its triggers go with the old table.
STATEMENTS = [
    """ALTER TABLE roadmaps ADD COLUMN budget_pw REAL CHECK ("budget_pw" BETWEEN 0 AND 1000000)""",
    """ALTER TABLE roadmaps ADD COLUMN budget_money INTEGER CHECK ("budget_money" BETWEEN 0 AND 1000000000000000)""",
    """ALTER TABLE roadmaps ADD COLUMN shelf_months INTEGER DEFAULT 6 NOT NULL
    CHECK ("shelf_months" BETWEEN 1 AND 240)""",
    """ALTER TABLE roadmaps ADD COLUMN yardstick INTEGER DEFAULT 10000000 NOT NULL
    CHECK ("yardstick" BETWEEN 1 AND 1000000000000000)""",
    """ALTER TABLE projects ADD COLUMN cadence TEXT DEFAULT '' NOT NULL CHECK (length("cadence") <= 200)""",
    """ALTER TABLE increments ADD COLUMN actual_per_month INTEGER
    CHECK ("actual_per_month" BETWEEN -1000000000000000 AND 1000000000000000)""",
    """ALTER TABLE checkpoints ADD COLUMN by_rule INTEGER DEFAULT 0 NOT NULL CHECK ("by_rule" BETWEEN 0 AND 1)""",
    """ALTER TABLE measures ADD COLUMN direction TEXT DEFAULT 'up' NOT NULL
    CHECK (length("direction") <= 10 AND "direction" IN ('up', 'down'))""",
    """ALTER TABLE measures ADD COLUMN it_owner TEXT DEFAULT '' NOT NULL CHECK (length("it_owner") <= 200)""",
    """ALTER TABLE measures ADD COLUMN marketing_owner TEXT DEFAULT '' NOT NULL
    CHECK (length("marketing_owner") <= 200)""",
    CRITERIA,
    JUDGEMENTS,
    INVESTMENTS,
    CONDITIONS,
    LOOKS,
    AGREEMENTS,
    SIGNATURES,
    TERMS,
    PURCHASES,
    BASELINES,
    PARAGRAPHS,
    "CREATE TEMPORARY TABLE aside AS SELECT * FROM journal",
    "DROP TABLE journal",
    JOURNAL,
    "INSERT INTO journal SELECT * FROM aside ORDER BY seq",
    "DROP TABLE aside",
    *GUARDS,
]


def upgrade() -> None:
    """Add the columns and the tables, and let the journal hold decisions."""
    for statement in STATEMENTS:
        op.execute(statement)
