"""Finishing: gives a PDF that Qt wrote its bookmarks, page labels, links, language and metadata, with pikepdf."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from roadmapper.domain.wording import tr
from roadmapper.reports.pages import Anchor, Document, Link, Page

CREATOR = "Roadmapper"
_CMYK = ("/CSpcmyk", "/PCSpcmyk")


def finished(data: bytes, document: Document, *, archival: bool) -> bytes:
    """Return the PDF with everything that a reader finds beside the pages; the same document gives the same bytes."""
    with Pdf.open(BytesIO(data)) as pdf:
        _describe(pdf, document, archival=archival)
        _bookmark(pdf, document)
        _label(pdf, document)
        _link(pdf, document)
        _mend(pdf)
        if "/ID" in pdf.trailer:  # Qt draws it by lot
            del pdf.trailer["/ID"]
        out = BytesIO()
        pdf.save(
            out,
            min_version="1.4",
            force_version="1.4",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            fix_metadata_version=False,
        )
        return out.getvalue()


def _describe(pdf: Pdf, document: Document, *, archival: bool) -> None:
    """Say title, author, language and the journal's head, alike in both places where a PDF may say them."""
    journal = tr("journal {hash}").format(hash=document.journal) if document.journal else ""
    producer = str(pdf.docinfo.get("/Producer", ""))
    day = document.today
    stamp = f"D:{day.isoformat().replace('-', '')}000000Z"
    told = {
        "/Title": document.title,
        "/Author": document.author,
        "/Subject": document.subject,
        "/Keywords": journal,
        "/Creator": CREATOR,
        "/Producer": producer,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for key, words in told.items():
        if words:
            pdf.docinfo[key] = String(_printable(words))
    root = pdf.Root
    root.Lang = String(document.language or "en")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    packet = _xmp(told, day, archival=archival).encode()
    root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    if "/Names" in root and not root.Names.keys():
        del root.Names


def _xmp(told: dict[str, str], day: date, *, archival: bool) -> str:
    """Return the packet that says the same as the document information, in the words of XMP."""
    values = {key: escape(_printable(words)) for key, words in told.items()}
    time = f"{day.isoformat()}T00:00:00Z"
    parts = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{values["/Title"]}</rdf:li></rdf:Alt></dc:title>',
        f"<xmp:CreatorTool>{values['/Creator']}</xmp:CreatorTool>",
        f"<pdf:Producer>{values['/Producer']}</pdf:Producer>",
        *(f"<xmp:{name}>{time}</xmp:{name}>" for name in ("CreateDate", "ModifyDate", "MetadataDate")),
    ]
    if values["/Author"]:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{values['/Author']}</rdf:li></rdf:Seq></dc:creator>")
    if values["/Subject"]:
        words = f'<rdf:li xml:lang="x-default">{values["/Subject"]}</rdf:li>'
        parts.append(f"<dc:description><rdf:Alt>{words}</rdf:Alt></dc:description>")
    if values["/Keywords"]:
        parts.append(f"<pdf:Keywords>{values['/Keywords']}</pdf:Keywords>")
    if archival:
        parts.append("<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>")
    names = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    )
    inner = "\n".join(parts)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {names}>\n{inner}\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n'
        '<?xpacket end="w"?>'
    )


def _bookmark(pdf: Pdf, document: Document) -> None:
    """Make the tree of bookmarks from the anchors that have words; a level that is left out is none."""
    with pdf.open_outline() as outline:
        open_: list[tuple[int, OutlineItem]] = []
        for n, page, anchor in _anchors(document):
            if not anchor.bookmark:
                continue
            item = OutlineItem(_printable(anchor.bookmark), _place(pdf, n, page, anchor))
            while open_ and open_[-1][0] >= anchor.level:
                open_.pop()
            (open_[-1][1].children if open_ else outline.root).append(item)
            open_.append((anchor.level, item))
        if outline.root:
            pdf.Root.PageMode = Name.UseOutlines


def _label(pdf: Pdf, document: Document) -> None:
    """Let readers call the pages what the pages call themselves."""
    ranges = Array()
    runs = groupby(enumerate(page.number for page in document.pages), key=lambda found: _run(*found))
    for (prefix, counted, _), members in runs:
        first, number = next(members)
        label = Dictionary()
        if prefix:
            label.P = String(prefix)
        if counted:
            label.S = Name.D
            start = int(number[len(prefix) :])
            if start != 1:
                label.St = start
        ranges.append(first)
        ranges.append(label)
    pdf.Root.PageLabels = Dictionary(Nums=ranges)


def _run(place: int, number: str) -> tuple[str, bool, int]:
    """Return what pages in a row share: what stands before their count, whether they count, and from where."""
    digits = len(number) - len(number.rstrip("0123456789"))
    count = number[len(number) - digits :]
    if not count or str(int(count)) != count or not count.isascii() or int(count) < 1:
        return number, False, 0
    return number[: len(number) - digits], True, int(count) - place


def _link(pdf: Pdf, document: Document) -> None:
    """Let what links to an anchor lead there; a link to nowhere is none, and none ever leaves the file."""
    places = {anchor.name: (n, page, anchor) for n, page, anchor in reversed(list(_anchors(document)))}
    for n, page in enumerate(document.pages):
        notes = Array()
        for item in page.items:
            if isinstance(item, Link) and item.to in places:
                notes.append(pdf.make_indirect(_note(pdf, n, page, item, _place(pdf, *places[item.to]))))
        target = pdf.pages[n].obj
        if len(notes):
            target.Annots = notes
        elif "/Annots" in target:
            del target.Annots


def _note(pdf: Pdf, n: int, page: Page, link: Link, place: Array) -> Dictionary:
    box, (across, down) = link.box, _scale(pdf, n, page)
    high = float(pdf.pages[n].mediabox[3])
    corners = (box.left * across, high - box.bottom * down, box.right * across, high - box.top * down)
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(corner, 2) for corner in corners]),
        Border=Array([0, 0, 0]),
        F=4,  # printed, as archival PDF wants it: there is nothing to see
        A=Dictionary(S=Name.GoTo, D=place),
    )


def _place(pdf: Pdf, n: int, page: Page, anchor: Anchor) -> Array:
    """Return the place of an anchor: its page, and how far up; the zoom stays as it is."""
    target = pdf.pages[n].obj
    top = float(pdf.pages[n].mediabox[3]) - anchor.y * _scale(pdf, n, page)[1]
    return Array([target, Name.XYZ, 0, round(top, 2), 0])


def _scale(pdf: Pdf, n: int, page: Page) -> tuple[float, float]:
    """Return what a point of the page is in the file, whose pages are whole points large."""
    wide, high = (float(side) for side in pdf.pages[n].mediabox[2:4])
    return wide / page.width, high / page.height


def _anchors(document: Document) -> Iterator[tuple[int, Page, Anchor]]:
    for n, page in enumerate(document.pages):
        for item in page.items:
            if isinstance(item, Anchor):
                yield n, page, item


def _mend(pdf: Pdf) -> None:
    """Mend what Qt writes against the letter of the standard: colours never used, and fonts of two names."""
    for page in pdf.pages:
        spaces = page.obj.get("/Resources", Dictionary()).get("/ColorSpace", Dictionary())
        for name in _CMYK:
            if name in spaces:
                del spaces[name]
    for found in list(pdf.objects):
        if isinstance(found, Dictionary) and found.get("/Type") == Name.Font and "/DescendantFonts" in found:
            _rename(found)


def _rename(font: Object) -> None:
    """Let a subset of a font carry the same name everywhere."""
    for part in font.DescendantFonts:
        name = part.FontDescriptor.FontName
        part.BaseFont = name
        font.BaseFont = name


def _printable(words: str) -> str:
    """Return words without what no line of text holds, such as the characters that XML forbids."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in words).split())
