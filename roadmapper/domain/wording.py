"""How a text finds its language: every sentence a user reads goes through tr()."""

from gettext import NullTranslations


class Wording:
    """The language in use; English, as written in the code, until another one is chosen."""

    def __init__(self) -> None:
        self._catalogue = NullTranslations()

    def speak(self, catalogue: NullTranslations) -> None:
        """Say everything in the language of *catalogue* from now on."""
        self._catalogue = catalogue

    @property
    def language(self) -> str:
        """Return the language in use as PDF and HTML name it, such as ``en`` or ``de-CH``."""
        return self._catalogue.info().get("language", "en").replace("_", "-")

    def tr(self, text: str) -> str:
        """Return *text* in the language in use."""
        return self._catalogue.gettext(text)

    def trn(self, one: str, many: str, count: int, **names: object) -> str:
        """Return the form of the sentence that fits *count*, with ``{n}`` and *names* filled in."""
        return self._catalogue.ngettext(one, many, count).format(n=count, **names)


wording = Wording()
tr = wording.tr
trn = wording.trn
