"""Refused: the one error that carries a sentence a user can read."""


class Refused(ValueError):
    """Something that cannot be done, said in one sentence: what is wrong, where, and what to do."""


class Overtaken(Refused):
    """Somebody else changed the plan since it was read: it has to be read again."""
