"""Pack answer: reads what a review pack's form made, out of a file or out of a mail, and checks what it answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from zlib import crc32

from roadmapper.domain import consult
from roadmapper.domain.consult import Decision
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import TEXT_LENGTH, TITLE_LENGTH, EntityId, check_id, check_text
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import takes_place
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text

FORMAT = "roadmapper-answer"
VERSION = 1
MOST_BYTES = 2_000_000
OLDEST_YEAR = 2000
ROLE = "reviewer"
_KEYS = ("roadmap", "checkpoint", "seen", "head", "picture", "answer", "comment", "name", "when")
_ALL = frozenset({"format", "version", *_KEYS, "check"})
_QUOTE = re.compile(r"^[ \t]*(?:[>|][ \t]?)*", re.MULTILINE)
_BLOCK = re.compile(r"\{[^{}]*\}")
_HASH = re.compile(r"[0-9a-f]{64}")
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# What programs that write mails put for plain signs.
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "\u00a0": " ", "\ufeff": None, "\u200b": None})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form of a review pack said.

    *roadmap* is the identity of the roadmap, *seen* the journal row that was shown, *head* its hash, *picture* the
    SHA-256 of what was shown, *when* an instant in UTC by the reviewer's clock.
    """

    roadmap: str
    checkpoint: EntityId
    seen: int
    head: str
    picture: str
    answer: consult.Answer
    comment: str
    name: str
    when: datetime

    @property
    def decision(self) -> EntityId:
        """Return the id of the decision that it becomes: the same for all answers of one pack."""
        words = "\n".join((self.roadmap, self.checkpoint, str(self.seen), self.head, self.picture))
        return EntityId(f"dec-{sha256(words.encode()).hexdigest()[:24]}")


def decoded(data: bytes) -> str:
    """Return the text of a file in whatever a mail or text program saved it."""
    if len(data) > MOST_BYTES:
        raise Refused(tr("This is too long for the answer of a review pack: give the file that its form made."))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read(text: str) -> Answer:
    """Return the answer that stands in *text*, whatever stands around it, quoted or broken into lines.

    Raises Refused where there is none, more than one, or one that is not as the form made it.
    """
    if len(text) > MOST_BYTES:
        raise Refused(tr("This is too long for the answer of a review pack: give the file that its form made."))
    plain = _QUOTE.sub("", text.translate(_PLAIN).replace("\r\n", "\n").replace("\r", "\n"))
    blocks = (found.group() for found in _BLOCK.finditer(plain))
    answers = {_read_block(block) for block in blocks if FORMAT in re.sub(r"\s", "", block)}
    if not answers:
        raise Refused(tr("There is no answer of a review pack in this text: copy it whole, from “{” to “}”."))
    if len(answers) > 1:
        raise Refused(tr("There is more than one answer in this text: give them one by one."))
    return answers.pop()


def check(
    answer: Answer, plan: Plan, hash_at: Callable[[int], str | None], length: int, now: datetime
) -> tuple[Decision, list[str]]:
    """Return the decision that *answer* is, and what has to be said about it.

    *hash_at* tells the hash of a row of the journal, *length* how many there are. Raises Refused for an answer to
    another roadmap, picture or checkpoint, for a second one of the same pack, and for one that a later answer overtook.

    The hash of the journal row decides which plan was seen: the chain of hashes holds all of it. The digest of the
    picture tells two packs of the same plan apart, by reader or day, and is not worked out again: how a page is worded
    may change with the program while what was seen stays the same.
    """
    if hash_at(1) != answer.roadmap:
        raise Refused(tr("This answer was made for another roadmap: open that one, then read it in again."))
    if hash_at(answer.seen) != answer.head:
        raise Refused(
            tr("This answer was made for another picture of the plan than this file ever had: send a new review pack.")
        )
    checkpoint = plan.checkpoints.get(answer.checkpoint)
    if checkpoint is None:
        raise Refused(tr("The checkpoint that this answers was deleted since: send a review pack for another one."))
    earlier = plan.decisions.get(answer.decision)
    if earlier is not None:
        raise Refused(
            tr("This review pack was answered by {who} already: send a new one for a new decision.").format(
                who=earlier.who
            )
        )
    latest = plan.latest_decisions.get(answer.checkpoint)
    when = min(answer.when, now)  # a clock that is ahead must not overrule what is decided later
    if latest is not None and latest.when >= when:
        raise Refused(
            tr("{who} answered this checkpoint on {day}, after this answer was made: the later one holds.").format(
                who=latest.who, day=day_text(day_of(latest.when))
            )
        )
    notes = []
    if answer.seen != length:
        notes.append(tr("The plan has been changed since: the decision is about the picture that was seen."))
    if not takes_place(plan, checkpoint):
        notes.append(tr("The increment that it is about has been cancelled since."))
    decision = Decision(
        answer.decision, answer.checkpoint, answer.answer, answer.name, when, answer.seen, ROLE, answer.comment
    )
    return decision, notes


def conditions_in(comment: str) -> list[str]:
    """Return the changes that a comment asks for: one on each line."""
    return [line.strip() for line in comment.split("\n") if line.strip()]


def _read_block(block: str) -> Answer:
    """Return the answer in one pair of braces, with the line breaks that a mail program put into its texts undone."""
    for values in _tries(block):
        version = values.get("version")
        if type(version) is int and version > VERSION:
            raise Refused(tr("This answer was made by a newer Roadmapper: bring this one up to date."))
        if version != VERSION or values.keys() != _ALL:
            continue
        told = {name: _plain(values[name]) for name in _KEYS}
        for name in ("roadmap", "head", "picture", "when", "answer"):
            told[name] = re.sub(r"\s+", " " if name == "answer" else "", told[name])
        if f"{crc32(chr(10).join(told[n] for n in _KEYS).encode(errors='replace')):08x}" == values["check"]:
            return _answer(told)
    raise Refused(tr("This answer was altered on its way: ask for the file that the form made, as an attachment."))


def _tries(block: str) -> Iterator[dict[str, Any]]:
    """Yield what the block may have been before its lines were broken."""
    for gap in (" ", ""):
        text = re.sub(r" ?\n", gap, block) if gap else block.replace("\n", "")
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict):
            yield values


def _plain(value: object) -> str:
    """Return a text that was given whole or in pieces, or a number; anything else is no text of ours."""
    if isinstance(value, list) and all(isinstance(piece, str) for piece in value):
        return "".join(value)
    if isinstance(value, str):
        return value
    return str(value) if type(value) is int else "\0"


def _answer(told: dict[str, str]) -> Answer:
    """Return the values as an answer; each is held to what the form can have made."""
    wrong = Refused(tr("This is no answer that a review pack's form makes: ask for a new one."))
    if not all(_HASH.fullmatch(told[name]) for name in ("roadmap", "head", "picture")):
        raise wrong
    if not re.fullmatch(r"[1-9]\d{0,8}", told["seen"], re.ASCII) or not _WHEN.fullmatch(told["when"]):
        raise wrong
    if told["answer"] not in {a.value for a in consult.Answer} or set("\n\t").intersection(told["name"]):
        raise wrong
    try:
        when = datetime.strptime(told["when"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise wrong from error
    if when.year < OLDEST_YEAR:
        raise wrong
    check_id(told["checkpoint"])
    check_text(told["comment"], tr("The comment in the answer"), TEXT_LENGTH)
    check_text(told["name"], tr("The name in the answer"), TITLE_LENGTH, empty=False)
    return Answer(
        told["roadmap"],
        EntityId(told["checkpoint"]),
        int(told["seen"]),
        told["head"],
        told["picture"],
        consult.Answer(told["answer"]),
        told["comment"],
        told["name"],
        when,
    )
