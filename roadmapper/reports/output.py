"""Output: puts a document where it was wanted - as a PDF or as pictures - also from a program without a window."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QGuiApplication

from roadmapper.domain.wording import trn
from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure, unprintable
from roadmapper.reports.pages import Document
from roadmapper.reports.paper import Kind, Options
from roadmapper.reports.pdf import CREATOR, lacking, load_fonts, pdf_of_document
from roadmapper.reports.pictures import png_of, svg_of
from roadmapper.reports.proof import proof_of
from roadmapper.reports.source import Source
from roadmapper.reports.strokes import palette_of
from roadmapper.storage.writing import write_set, write_whole
from roadmapper.workspace.jobs import Progress
from roadmapper.workspace.session import Session
from roadmapper.workspace.workspace import Workspace
from roadmapper.workspace.written import confirmations

PICTURES = (".png", ".svg")
USUAL_DPI = 150
QUIET = "qt.gui.imageio*=false\nqt.svg*=false"
"""What a logo is that cannot be read is said in a sentence, and once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted where: the ending of *path* says whether it is a PNG, an SVG or a PDF."""

    path: Path
    kinds: tuple[Kind, ...] = (Kind.ROADMAP,)
    options: Options = field(default_factory=Options)
    archival: bool = False
    dpi: int = USUAL_DPI


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the files, how many pages, what the proof says, and what the files lack (mostly nothing).

    *older* says which pictures beside them are of another print.
    """

    files: tuple[Path, ...]
    pages: int
    proof: tuple[str, ...]
    lacking: str = ""
    older: str = ""


def print_wish(work: Workspace, file: Path, wish: Wish, session: Session) -> Written:
    """Write what is wanted of the plan of *work*, which *file* holds, from a program that has no window.

    Raises Refused when that cannot be done; no half file is left.
    """
    with application():
        load_fonts(session.resources)
        head = work.hash_at(work.length) or ""
        source = Source(work.plan, head, session.today(), wish.options, FontMeasure(), file.name, work.plan_at)
        if Kind.BOARD_PACK in wish.kinds:
            confirmed = confirmations(work.plan.paragraphs, work.steps(), work.delta)
            source = replace(source, confirmed=confirmed)
        return printed(source, wish)


def printed(source: Source, wish: Wish) -> Written:
    """Write what is wanted of *source*; raises Refused, without a half file, when that cannot be done."""
    document = checked(document_of(source, wish.kinds))
    files = write_document(document, wish.path, archival=wish.archival, dpi=wish.dpi)
    words = "" if is_picture(wish.path) else lacking()
    proof = proof_of(document, source.measure).sentences
    return Written(files, len(document.pages), proof, words, older_text(older_beside(wish.path, files)))


def checked(document: Document) -> Document:
    """Return a document that says which of its signs no font has; needs the fonts."""
    return replace(document, left_out=(*document.left_out, *unprintable(document)))


def write_document(
    document: Document, path: Path, *, archival: bool = False, dpi: int = USUAL_DPI, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write a document by the ending of *path* and return the files: pictures of several pages are numbered.

    Raises Refused when that cannot be done, and Cancelled where *progress* says so: then none of the files is left,
    and those that were there stay as they were.
    """
    if not is_picture(path):
        write_whole(path, pdf_of_document(document, archival=archival, progress=progress))
        return (path,)
    files = names_of(path, len(document.pages))
    palette = palette_of(document)
    png = path.suffix.lower() == ".png"

    def painted() -> Iterator[tuple[Path, bytes]]:
        for n, (page, file) in enumerate(zip(document.pages, files, strict=True), 1):
            yield file, png_of(page, dpi, palette) if png else svg_of(page, palette)
            if progress is not None:
                progress(n, len(files))

    write_set(painted())
    return files


def is_picture(path: Path) -> bool:
    """Return whether the ending of a file asks for pictures."""
    return path.suffix.lower() in PICTURES


def names_of(path: Path, pages: int) -> tuple[Path, ...]:
    """Return the files for the pictures of so many pages: NAME.png, or NAME-1.png, NAME-2.png …"""
    if pages == 1:
        return (path,)
    return tuple(path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, pages + 1))


def older_beside(path: Path, files: Collection[Path]) -> tuple[Path, ...]:
    """Return the pictures beside *files* that are named as pages of *path*, but are not of this print.

    They are left where they are: nobody knows who wrote them.
    """
    if not is_picture(path):
        return ()
    named = re.compile(re.escape(path.stem) + r"(-(?P<n>[1-9]\d*))?" + re.escape(path.suffix))
    known = {file.name for file in files}
    try:
        beside = [(match, file) for file in path.parent.iterdir() if (match := named.fullmatch(file.name))]
    except OSError:  # a folder that takes files, but shows none
        return ()
    beside.sort(key=lambda found: int(found[0]["n"] or 0))
    return tuple(file for _, file in beside if file.name not in known)


def older_text(older: Sequence[Path]) -> str:
    """Return what is to be said of pictures of another print, nothing where there are none."""
    if not older:
        return ""
    return trn(
        "“{file}” beside it is of another print.",
        "“{file}” and others beside it, {n} files, are of another print.",
        len(older),
        file=older[0].name,
    )


@contextmanager
def application() -> Iterator[None]:
    """Hold a QGuiApplication, made here when there is none, off screen when there is no screen."""
    if QGuiApplication.instance() is not None:
        yield
        return
    screenless = sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY")
    if screenless:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    held = QGuiApplication([CREATOR])
    QLoggingCategory.setFilterRules(QUIET)
    yield
    del held
