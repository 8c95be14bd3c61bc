"""Theme: fonts, colours and icons, light, dark or high contrast as the system has it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from roadmapper.chart.painter import FAMILY
from roadmapper.chart.palette import LIGHT, Palette

BASE_PIXELS = 13.0

_STYLE = """
QToolTip {{ color: {text}; background: {surface}; border: 1px solid {strong_line}; padding: 4px; }}
QMenuBar, QMenuBar::item {{ background: {surface}; }}
QMenuBar::item:selected {{ background: {accent_tint}; }}
QStatusBar {{ background: {surface}; color: {secondary}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: none; }}
#head, #inspector, #side, #card {{ background: {surface}; }}
#head {{ border-bottom: 1px solid {line}; }}
#side {{ border-right: 1px solid {line}; }}
#inspector {{ border-left: 1px solid {line}; }}
#head QToolButton, QPushButton {{
    background: {surface}; color: {text}; border: 1px solid {strong_line}; border-radius: {r}px;
    padding: {p}px {q}px;
}}
#head QToolButton:hover, QPushButton:hover {{ background: {accent_tint}; }}
#head QToolButton:checked {{ background: {accent_tint}; border-color: {accent}; }}
#head QToolButton:pressed, QPushButton:pressed {{ border-color: {accent}; }}
#head QToolButton:focus, QPushButton:focus {{ border: 2px solid {accent}; }}
#head QToolButton:disabled, QPushButton:disabled {{ color: {faint}; background: {window}; }}
QPushButton:default:enabled {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
#side QToolButton {{
    border: none; border-radius: {r}px; padding: {p}px; text-align: left; color: {text}; background: {surface};
}}
#side QToolButton:checked {{ background: {accent_tint}; font-weight: 600; }}
#side QToolButton:hover {{ background: {accent_tint}; }}
#side QToolButton:focus {{ border: 2px solid {accent}; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{
    background: {surface}; color: {text}; border: 1px solid {strong_line}; border-radius: {r}px; padding: {h}px {p}px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {window}; color: {secondary}; }}
QComboBox::drop-down {{ border: none; width: {w}px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: {q}px; height: {q}px; }}
QCheckBox::indicator, QTableView::indicator, QListView::indicator {{
    width: {q}px; height: {q}px; border: 1px solid {secondary}; border-radius: {h}px; background: {surface};
}}
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{check}");
}}
QCheckBox::indicator:focus {{ border: 2px solid {accent}; }}
#notice {{ background: {bad_tint}; border: 1px solid {bad}; border-radius: {r}px; }}
#gap {{ background: {bad_tint}; border: 1px solid {bad}; border-radius: {r}px; }}
QTreeView, QTableView, QListView {{ background: {surface}; border: none; outline: none; color: {text}; }}
#chip {{ background: {raised}; color: {text}; border: 1px solid {line}; border-radius: {q}px; padding: {h}px {p}px; }}
#lead {{ background: transparent; color: {text}; border: 1px solid transparent; text-align: left; padding: {h}px 0; }}
#chip:hover, #lead:hover {{ background: {accent_tint}; }}
#chip:focus, #lead:focus {{ border: 2px solid {accent}; border-radius: {r}px; }}
#understood {{
    background: {surface}; color: {text}; border: 1px solid {strong_line}; border-radius: {r}px; padding: {h}px {p}px;
}}
#due {{ border: none; background: transparent; color: {bad}; font-weight: 600; padding: 0 {p}px; }}
#due:hover, #due:focus {{ text-decoration: underline; }}
#problems::item {{ padding: {h}px 0; }}
QHeaderView::section {{
    background: {raised}; color: {secondary}; border: none; border-bottom: 1px solid {strong_line};
    padding: {h}px {p}px;
}}
QScrollBar {{ background: {surface}; border: none; }}
QScrollBar:vertical {{ width: {q}px; }}
QScrollBar:horizontal {{ height: {q}px; }}
QScrollBar::handle {{ background: {strong_line}; border-radius: {h}px; margin: {h}px; }}
QScrollBar::handle:vertical {{ min-height: {w}px; }}
QScrollBar::handle:horizontal {{ min-width: {w}px; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: {surface}; }}
QScrollArea {{ border: none; background: {surface}; }}
"""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours in use, the folder with the icons, and how many pixels a unit of the chart has."""

    palette: Palette
    icons: Path
    unit: float

    def icon(self, name: str) -> QIcon:
        """Return an icon in the colours of the theme."""
        icon = QIcon()
        modes = ((QIcon.Mode.Normal, self.palette.text), (QIcon.Mode.Disabled, self.palette.faint))
        svg = (self.icons / f"{name}.svg").read_bytes()
        for mode, colour in modes:
            # Qt renders SVG's currentColor black: the colour is written into the drawing.
            data = QByteArray(svg.replace(b"currentColor", colour.encode()))
            pixmap = QPixmap()
            pixmap.loadFromData(data, "SVG")
            icon.addPixmap(_scaled(pixmap, round(16 * self.unit)), mode)
        return icon


def _scaled(pixmap: QPixmap, size: int) -> QPixmap:
    if pixmap.isNull():
        return pixmap
    return pixmap.scaled(
        QSize(size, size), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def load_fonts(resources: Path) -> None:
    """Make the shipped fonts known to Qt; needs a QGuiApplication."""
    for path in sorted((resources / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def apply_theme(app: QApplication, resources: Path, palette: Palette = LIGHT) -> Theme:
    """Dress the program in the colours of *palette* and return the theme."""
    load_fonts(resources)
    size = app.font().pointSizeF()
    font = QFont(FAMILY)
    if size > 0:
        font.setPointSizeF(size)
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)
    # In quarters, so that the heights of lanes are whole pixels and the tree beside them stays aligned.
    unit = max(3, round(QFontInfo(font).pixelSize() / BASE_PIXELS * 4)) / 4
    app.setStyle("Fusion")
    app.setPalette(_qt_palette(palette))
    sizes = {
        "r": round(5 * unit),
        "p": round(6 * unit),
        "q": round(12 * unit),
        "h": round(3 * unit),
        "w": round(24 * unit),
    }
    colours = {name: getattr(palette, name) for name in Palette.__slots__ if name != "accents"}
    chevron = (resources / "icons" / "chevron.svg").as_posix()
    dark = QColor(palette.on_accent).lightness() < 128
    check = (resources / "icons" / ("check-dark.svg" if dark else "check.svg")).as_posix()
    app.setStyleSheet(_STYLE.format(**colours, **sizes, chevron=chevron, check=check))
    return Theme(palette, resources / "icons", unit)


def _qt_palette(palette: Palette) -> QPalette:
    role = QPalette.ColorRole
    named = {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.surface,
        role.AlternateBase: palette.raised,
        role.ToolTipBase: palette.surface,
        role.ToolTipText: palette.text,
        role.Text: palette.text,
        role.PlaceholderText: palette.faint,
        role.Button: palette.surface,
        role.ButtonText: palette.text,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.on_accent,
        role.Link: palette.accent,
        role.Mid: palette.strong_line,
    }
    made = QPalette()
    for name, colour in named.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(palette.faint))
    return made
