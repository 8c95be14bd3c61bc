"""Identity: who works here and as what, remembered on this computer - a courtesy and evidence, not a lock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from roadmapper.domain.entity import TITLE_LENGTH, check_text
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr

FILE = "identity.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """A name, which decisions and the journal carry, and what its bearer does with a roadmap."""

    name: str
    role: Role = Role.PLANNER

    def __post_init__(self) -> None:
        check_text(self.name, tr("Your name"), TITLE_LENGTH, empty=False)
        if "\n" in self.name or "\t" in self.name:
            raise Refused(tr("Your name has to stand on one line: type it again."))


def identity_in(data: Path) -> Identity | None:
    """Return who was introduced in the data folder; None while nobody was, or where that cannot be read."""
    try:
        told = json.loads((data / FILE).read_text(encoding="utf-8"))
        return Identity(str(told["name"]), Role(told["role"]))
    except (OSError, ValueError, TypeError, LookupError, Refused):
        return None


def remember(data: Path, identity: Identity) -> None:
    """Keep who works here; raises Refused where that cannot be written."""
    told = json.dumps({"name": identity.name, "role": identity.role}, ensure_ascii=False)
    try:
        data.mkdir(parents=True, exist_ok=True)
        temporary = data / f".{FILE}.part"
        temporary.write_text(told, encoding="utf-8")
        temporary.replace(data / FILE)
    except OSError as error:
        raise Refused(
            tr("Who you are could not be kept in “{folder}”: {why}.").format(folder=data, why=error.strerror)
        ) from error
