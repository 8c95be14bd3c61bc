"""File names: what a title is called in a folder, on any system - one name, and never a way out of the folder."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
MOST_BYTES = 200
_NEVER = re.compile(r'[<>:"/\\|?*]+')
_BETWEEN = re.compile(rf"(?<=\w){_NEVER.pattern}(?=\w)")
# What Windows takes for a device, whatever suffix follows it.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)


def safe_name(title: str, suffix: str = "", otherwise: str = "roadmap") -> str:
    """Return a name for a file after *title*, with *suffix*; *otherwise* where nothing is left of it.

    Signs that some system does not take become hyphens between letters; signs that nobody sees, such as those that turn
    the direction of writing, are left out; so are dots at the ends, with which a name is hidden or leads elsewhere.
    """
    composed = unicodedata.normalize("NFC", title)
    spaced = "".join(" " if c.isspace() else c for c in composed)
    seen = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn"))
    plain = " ".join(_NEVER.sub(" ", _BETWEEN.sub("-", seen)).split()).lstrip(" .~")[:LONGEST]
    plain = plain.encode()[:MOST_BYTES].decode(errors="ignore").rstrip(" .")
    if not plain.strip("-_ ."):
        plain = otherwise
    return (f"_{plain}" if _DEVICE.match(plain) else plain) + suffix
