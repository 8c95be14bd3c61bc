"""Logo: reads the picture for the head of each page, or says why it cannot be one."""

from __future__ import annotations

from pathlib import Path

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.pages import Box, Page, Picture
from roadmapper.reports.strokes import check_pictures
from roadmapper.ui.paper.form import Logo

MOST_LOGO = 10_000_000
"""Bytes: a page with more of it takes a printer minutes."""


def read_logo(path: Path) -> Logo:
    """Return the logo in a file; raises Refused where it is too large, cannot be read, or is no picture."""
    try:
        if path.stat().st_size > MOST_LOGO:
            raise Refused(tr("“{file}” is too large for a logo: choose one of less than 10 MB.").format(file=path.name))
        data = path.read_bytes()
    except OSError as error:
        raise Refused(tr("“{file}” cannot be read: {why}.").format(file=path.name, why=error.strerror)) from error
    picture = Picture(Box(0, 0, 1, 1), data, tr("“{file}”").format(file=path.name))
    check_pictures([Page(1, 1, (picture,), "")])
    return Logo(str(path), data)
