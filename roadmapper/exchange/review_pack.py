"""Review pack: what a checkpoint shows, as one HTML file with a form whose answer comes back as a small text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

from roadmapper.domain.consult import Answer
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import SENTENCE_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from roadmapper.domain.file_name import safe_name
from roadmapper.domain.measure import Measure
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.changes import ChangeKind
from roadmapper.planning.consults.picture import Picture
from roadmapper.planning.consults.saying import holds_text, meaning_text
from roadmapper.planning.consults.scoreboard import Standing
from roadmapper.planning.phrases import day_text

FOLDER = "pack"
WIDE, HIGH = 200, 48


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a pack comes from.

    *identity* is the hash of the journal's first row, *seen* the number of the row after which the plan stood as it is
    shown, *head* the hash of that row.
    """

    identity: str
    seen: int
    head: str


def pack(picture: Picture, origin: Origin, roadmap: str, resources: Path) -> str:
    """Return the page: it asks for nothing from elsewhere, and every text of the plan stands in it as text.

    *roadmap* is the roadmap's title; style and script come from *resources*. Raises Refused where these are missing.
    """
    style, script = (_resource(resources, name) for name in ("style.css", "answer.js"))
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    shown = _shown(picture)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_escaped(picture.heading)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *shown,
            *_form(picture, origin, sha256("\n".join(shown).encode()).hexdigest()),
            f'<p class="note">{_user(roadmap)}</p>',
            "</main>",
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _resource(resources: Path, name: str) -> str:
    path = resources / FOLDER / name
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        raise Refused(tr("“{file}” is missing: install Roadmapper again.").format(file=path)) from error


def _escaped(text: str) -> str:
    """Return *text* for an element or a quoted attribute; a mark of direction or a null cannot leave its element."""
    return escape(text.replace("\0", ""), quote=True)


def _user(text: str) -> str:
    """Return a text of the plan: its direction is its own, and its lines are kept."""
    return f'<span class="user" dir="auto">{_escaped(text)}</span>'


def _shown(picture: Picture) -> list[str]:
    """Return what is shown; its SHA-256 is the digest of the picture."""
    parts = [
        f"<h1>{_user(picture.heading)}</h1>",
        f'<p class="about">{_user(picture.about)}</p>',
        *_ready(picture),
    ]
    if picture.terms:
        rows = [f"<div><dt>{_user(t.word)}</dt><dd>{_user(t.meaning)}</dd></div>" for t in picture.terms]
        parts += _titled(tr("Words used here"), ['<div class="words"><dl>', *rows, "</dl></div>"])
    parts += _titled(_since(picture), _changes(picture))
    if picture.measures:
        cards = [_measure(s) for s in picture.measures]
        parts += _titled(tr("Our shared measures"), ['<ul class="measures">', *cards, "</ul>"])
    return [*parts, *_titled(tr("The question"), [f"<p>{_user(picture.question)}</p>"])]


def _titled(title: str, inside: Iterable[str]) -> list[str]:
    return ["<section>", f"<h2>{_escaped(title)}</h2>", *inside, "</section>"]


def _ready(picture: Picture) -> list[str]:
    rows = [f"<li><strong>{_user(i.title)}</strong><br>{_user(i.usable_outcome)}</li>" for i in picture.ready]
    nothing = f'<p class="note">{_escaped(tr("Nothing of this project has been delivered yet."))}</p>'
    found = _titled(tr("What you can use now"), ['<ul class="ready">', *rows, "</ul>"] if rows else [nothing])
    if picture.ahead is not None:
        found += _titled(tr("What this will let you do"), [f"<p>{_user(picture.ahead.usable_outcome)}</p>"])
    return found


def _since(picture: Picture) -> str:
    if picture.looked is None:
        return tr("What changed")
    return tr("What changed since you last looked, {day}").format(day=day_text(day_of(picture.looked)))


def _changes(picture: Picture) -> list[str]:
    if picture.looked is None:
        return [f'<p class="note">{_escaped(tr("You have not looked before: all of it is new."))}</p>']
    if not picture.changes:
        return [f'<p class="note">{_escaped(tr("Nothing that you have not seen."))}</p>']
    words = {
        ChangeKind.MOVED: tr("moved"),
        ChangeKind.ADDED: tr("added"),
        ChangeKind.REMOVED: tr("removed"),
        ChangeKind.CHANGED: tr("changed"),
        ChangeKind.MONEY: tr("money"),
    }
    rows = [
        f'<li><span class="pill {c.kind.value}">{_escaped(words[c.kind])}</span>'
        f"<strong>{_user(c.title)}</strong>{_user(c.words)}</li>"
        for c in picture.changes
    ]
    return ['<ul class="changes">', *rows, "</ul>"]


def _measure(standing: Standing) -> str:
    measure = standing.measure
    latest = tr("no reading yet") if standing.latest is None else _amount(standing.latest.value, measure)
    target = tr("target {value}").format(value=_amount(measure.target, measure))
    trend = f" · {tr(standing.trend.value)}" if standing.latest is not None else ""
    return (
        f'<li><p class="note">{_user(measure.title)}</p><p class="figure">{_user(latest)}</p>'
        f'<p class="note">{_user(target + trend)}</p>{_trend(standing)}</li>'
    )


def _amount(value: float, measure: Measure) -> str:
    return f"{value:,.6g} {measure.unit}".rstrip()


def _trend(standing: Standing) -> str:
    """Return the readings as a line over their days, the target dashed; nothing for fewer than two days."""
    readings = standing.readings
    first, last = (readings[0].day, readings[-1].day) if readings else (None, None)
    if first is None or last is None or first == last:
        return ""
    values = [r.value for r in readings] + [standing.measure.target]
    low, high = min(values), max(values)
    span = (high - low) or 1.0

    def y(value: float) -> float:
        return HIGH - 2 - (value - low) / span * (HIGH - 4)

    days = (last - first).days
    points = " ".join(f"{(r.day - first).days / days * WIDE:.1f},{y(r.value):.1f}" for r in readings)
    goal = f"{y(standing.measure.target):.1f}"
    label = _escaped(
        tr("{title}: from {first} to {last}").format(
            title=standing.measure.title,
            first=_amount(readings[0].value, standing.measure),
            last=_amount(readings[-1].value, standing.measure),
        )
    )
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" role="img" aria-label="{label}">'
        f'<line x1="0" x2="{WIDE}" y1="{goal}" y2="{goal}"></line><polyline points="{points}"></polyline></svg>'
    )


def _form(picture: Picture, origin: Origin, digest: str) -> list[str]:
    checkpoint = picture.consult.checkpoint
    told = {
        "roadmap": origin.identity,
        "checkpoint": checkpoint.id,
        "seen": str(origin.seen),
        "head": origin.head,
        "picture": digest,
        "file": safe_name(f"answer-{checkpoint.id}", ".json", "answer"),
        "no-choice": tr("Choose an answer first."),
        "no-comment": tr("Say in a few words what should change, or why not."),
        "no-name": tr("Write your name."),
        "long-line": tr("A change takes at most {n} characters on its line: shorten it.").format(n=SENTENCE_LENGTH),
    }
    data = " ".join(f'data-{name}="{_escaped(value)}"' for name, value in told.items())
    choices = [
        (Answer.APPROVE, tr("Approve")),
        (Answer.APPROVE_WITH_CHANGES, tr("Approve with changes")),
        (Answer.REJECT, tr("Reject")),
    ]
    means = {answer: meaning_text(answer, checkpoint.kind, delivered=picture.delivered) for answer in Answer}
    hint = tr("With changes: each line becomes one thing to be done.")
    final = tr("It is recorded as yours when it is read in: never edited later, only followed by a new one.")
    return [
        f'<form id="answer" novalidate autocomplete="off" {data}>',
        "<fieldset>",
        f"<legend><h2>{_escaped(tr('Your decision'))}</h2></legend>",
        '<div class="choices">',
        *(
            f'<label class="choice"><input type="radio" name="choice" value="{answer.value}">'
            f"<strong>{_escaped(title)}</strong><span>{_escaped(means[answer])}</span></label>"
            for answer, title in choices
        ),
        "</div>",
        f'<p class="hint">{_escaped(tr("Reject"))}: {_user(holds_text(picture.holds))}</p>',
        "</fieldset>",
        f'<label class="field" for="comment">{_escaped(tr("Comment"))}</label>',
        f'<textarea id="comment" name="comment" dir="auto" maxlength="{TEXT_LENGTH}" '
        'aria-describedby="comment-hint problem"></textarea>',
        f'<p class="hint" id="comment-hint">{_escaped(hint)}</p>',
        f'<label class="field" for="who">{_escaped(tr("Your name"))}</label>',
        f'<input type="text" id="who" name="who" dir="auto" maxlength="{TITLE_LENGTH}" aria-describedby="problem">',
        '<p id="problem" role="alert"></p>',
        f'<button type="submit">{_escaped(tr("Make my answer"))}</button>',
        f"<noscript><p>{_escaped(tr('Scripts are off here: send your answer as an ordinary mail.'))}</p></noscript>",
        "</form>",
        '<section class="result" id="result" tabindex="-1" hidden>',
        f"<h2>{_escaped(tr('Send this back'))}</h2>",
        f"<p>{_escaped(tr('Your answer was saved as a file: attach it to a mail, or copy this text into one.'))}</p>",
        f'<label class="field" for="text">{_escaped(tr("Your answer as text"))}</label>',
        '<textarea id="text" readonly spellcheck="false"></textarea>',
        f'<button type="button" id="copy">{_escaped(tr("Copy"))}</button>',
        f'<p id="copied" role="status" data-done="{_escaped(tr("Copied."))}" '
        f'data-failed="{_escaped(tr("Select the text and copy it by hand."))}"></p>',
        f'<p class="note">{_escaped(final)}</p>',
        "</section>",
    ]
