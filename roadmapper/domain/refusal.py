"""Refused: the one error that carries a sentence a user can read."""


class Refused(ValueError):
    """Something that cannot be done, said in one sentence: what is wrong, where, and what to do."""


class Overtaken(Refused):
    """Somebody else changed the plan since it was read: it has to be read again."""


class Unwritten(Refused):
    """What was asked for is right, but cannot be written down now; *why* says so in a few words, to be put into one."""

    def __init__(self, sentence: str, why: str) -> None:
        super().__init__(sentence)
        self.why = why
