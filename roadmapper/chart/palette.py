"""Palette: the colours of the program in light, dark, high contrast and grey, as text that screen and paper share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accent:
    """The colour of a project: *tint* for fills, *deep* for what is done of them, *full* for edges and text."""

    tint: str
    deep: str
    full: str


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours, each as #rrggbb; no translucency, because archival PDF has none."""

    window: str
    surface: str
    raised: str
    line: str
    strong_line: str
    text: str
    secondary: str
    faint: str
    accent: str
    accent_tint: str
    on_accent: str
    good: str
    warning: str
    bad: str
    bad_tint: str
    ghost: str
    weekend: str
    holiday: str
    accents: tuple[Accent, ...]


LIGHT = Palette(
    window="#f6f8fa",
    surface="#ffffff",
    raised="#fbfcfe",
    line="#e9ecf1",
    strong_line="#d5dae3",
    text="#1a2233",
    secondary="#5b6579",
    faint="#626b7e",
    accent="#3868c8",
    accent_tint="#dfe8fb",
    on_accent="#ffffff",
    good="#16794a",
    warning="#985b0c",
    bad="#c2321a",
    bad_tint="#fdeeec",
    ghost="#e4e7ee",
    weekend="#f4f6f9",
    holiday="#e9ecf1",
    accents=(
        Accent("#dfe9fb", "#bcd0f6", "#3465c4"),
        Accent("#d5efea", "#a5d9d0", "#127a6e"),
        Accent("#efe1f7", "#d8bcea", "#8440ad"),
        Accent("#fcecca", "#f1d295", "#96620e"),
        Accent("#fbe0da", "#f3bbae", "#b3412a"),
        Accent("#dceef8", "#b0d8ef", "#1f6f9c"),
        Accent("#e6ecd2", "#cad7a0", "#5c6e17"),
        Accent("#f8dfeb", "#edb8d1", "#aa346e"),
    ),
)
DARK = Palette(
    window="#12161d",
    surface="#181d26",
    raised="#1e2430",
    line="#2a3140",
    strong_line="#3d4659",
    text="#eaeef6",
    secondary="#aab4c6",
    faint="#96a1b5",
    accent="#83a9f7",
    accent_tint="#26365a",
    on_accent="#0e1420",
    good="#5cc98e",
    warning="#e2a64c",
    bad="#ff8a73",
    bad_tint="#41211c",
    ghost="#343d4e",
    weekend="#151a22",
    holiday="#2a3140",
    accents=(
        Accent("#22345a", "#2f4a80", "#86aaf6"),
        Accent("#173d39", "#205a53", "#55c7b8"),
        Accent("#3a2549", "#543769", "#c594e6"),
        Accent("#44351a", "#644e25", "#e0ae56"),
        Accent("#4a2720", "#6b382e", "#f29684"),
        Accent("#183a4d", "#22546f", "#68bbe8"),
        Accent("#333b17", "#4b5722", "#b3c65c"),
        Accent("#482236", "#68314e", "#ec8dbb"),
    ),
)
CONTRAST = Palette(
    window="#000000",
    surface="#000000",
    raised="#000000",
    line="#7a7a7a",
    strong_line="#ffffff",
    text="#ffffff",
    secondary="#ffffff",
    faint="#e0e0e0",
    accent="#ffff00",
    accent_tint="#333300",
    on_accent="#000000",
    good="#4dff88",
    warning="#ffc04d",
    bad="#ff8080",
    bad_tint="#330000",
    ghost="#666666",
    weekend="#0d0d0d",
    holiday="#1f1f1f",
    accents=tuple(
        Accent("#000000", "#333333", full)
        for full in ("#7db3ff", "#4dffe1", "#e0a3ff", "#ffd24d", "#ff9980", "#80d4ff", "#d7f24d", "#ff99cc")
    ),
)

GREY = Palette(
    window="#ffffff",
    surface="#ffffff",
    raised="#fcfcfc",
    line="#e9e9e9",
    strong_line="#d0d0d0",
    text="#1c1c1c",
    secondary="#555555",
    faint="#696969",
    accent="#2b2b2b",
    accent_tint="#e0e0e0",
    on_accent="#ffffff",
    good="#3c3c3c",
    warning="#5e5e5e",
    bad="#141414",
    bad_tint="#f2f2f2",
    ghost="#e4e4e4",
    weekend="#f5f5f5",
    holiday="#e9e9e9",
    accents=tuple(
        Accent(f"#{tint}{tint}{tint}", f"#{deep}{deep}{deep}", f"#{full}{full}{full}")
        for tint, deep, full in (
            ("f0", "cc", "30"),
            ("d4", "b0", "5c"),
            ("e8", "c0", "18"),
            ("c8", "9c", "48"),
            ("f8", "d8", "64"),
            ("dc", "b4", "24"),
            ("ce", "a8", "54"),
            ("e2", "ba", "3c"),
        )
    ),
)
"""For paper without colour: what colours tell is told by shape, dash and mark, and neighbours are of another grey."""

CHOICES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
