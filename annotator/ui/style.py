"""The look of everything but the page: one style sheet made from the theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from annotator.ui.theme import Theme


def palette(theme: Theme) -> QPalette:
    """Return the colours for what the style sheet does not name."""
    colours = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.Base: theme.page,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.page,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.page,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.hairline,
    }
    for role, colour in roles.items():
        colours.setColor(role, colour)
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        colours.setColor(QPalette.ColorGroup.Disabled, role, theme.muted)
    return colours


def sheet(theme: Theme) -> str:
    """Return the style sheet of the application."""
    names = {
        "page": theme.page.name(),
        "panel": theme.panel.name(),
        "text": theme.text.name(),
        "muted": theme.muted.name(),
        "accent": theme.accent.name(),
        "hairline": theme.hairline.name(),
        "soft": _blend(theme.accent, theme.panel, 0.16).name(),
        "hover": _blend(theme.text, theme.panel, 0.07).name(),
    }
    css = _SHEET
    for name, colour in names.items():
        css = css.replace(f"@{name}", colour)
    return css


def _blend(over: QColor, under: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        over.redF() * share + under.redF() * (1 - share),
        over.greenF() * share + under.greenF() * (1 - share),
        over.blueF() * share + under.blueF() * (1 - share),
    )


_SHEET = """
* { font-size: 13px; }
QMainWindow, QDialog { background: @panel; color: @text; }
QMenuBar { background: @panel; color: @text; padding: 2px 6px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @page; color: @text; border: 1px solid @hairline; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @soft; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QToolTip { background: @page; color: @text; border: 1px solid @hairline; padding: 4px 6px; }
QSplitter::handle { background: @hairline; }
QFrame#articles, QScrollArea#inspector, QScrollArea#inspector > QWidget > QWidget { background: @panel; }
QListView { background: @panel; border: none; outline: none; }
QFrame#hairline { background: @hairline; border: none; }
QFrame#bar { background: @panel; border: none; border-bottom: 1px solid @hairline; }
QFrame#status { background: @panel; border: none; border-top: 1px solid @hairline; }
QLabel { background: transparent; color: @text; }
QLabel#muted, QLabel#empty { color: @muted; }
QLabel#heading { color: @muted; font-weight: 600; }
QLabel#layer { font-weight: 600; font-size: 15px; }
QLabel#quote { font-size: 15px; }
QLabel#value { font-weight: 600; }
QLabel#problem { color: @text; font-weight: 600; }
QLabel#empty { padding: 16px; }
QLineEdit, QPlainTextEdit {
    background: @page; color: @text; border: 1px solid @hairline; border-radius: 6px; padding: 5px 8px;
    selection-background-color: @accent; selection-color: @page;
}
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid @accent; padding: 4px 7px; }
QPushButton {
    background: transparent; color: @text; border: 1px solid @hairline; border-radius: 6px;
    padding: 4px 9px; min-height: 18px;
}
QPushButton:hover { background: @hover; }
QPushButton:focus { border: 2px solid @accent; padding: 3px 8px; }
QPushButton:disabled { color: @muted; border-color: transparent; }
QPushButton:checked { background: @soft; border-color: @accent; }
QPushButton#layer { border: 1px solid transparent; font-weight: 600; }
QPushButton#layer:checked { background: transparent; }
QPushButton#layer:hover { background: @hover; }
QPushButton#layer:focus { border: 2px solid @accent; padding: 3px 8px; }
QPushButton#primary { background: @accent; color: @page; border-color: @accent; font-weight: 600; }
QPushButton#primary:focus { border: 2px solid @text; }
QPushButton#primary:disabled { background: transparent; color: @muted; border-color: @hairline; }
QPushButton#quiet { border: 1px solid transparent; padding: 4px 7px; color: @muted; }
QPushButton#quiet:hover { color: @text; background: @hover; }
QPushButton#quiet:focus { border: 2px solid @accent; padding: 3px 6px; }
QPushButton#quiet:disabled { color: @hairline; }
QPushButton#link { border: 1px solid transparent; padding: 3px 4px; font-weight: 600; text-align: left; }
QPushButton#link:hover { color: @accent; }
QPushButton#link:focus { border: 2px solid @accent; padding: 2px 3px; }
QPushButton#inline { border: 1px solid transparent; padding: 1px 5px; min-height: 16px; color: @accent; }
QPushButton#inline:focus { border: 2px solid @accent; padding: 0 4px; }
QProgressBar { background: @hairline; border: none; border-radius: 1px; }
QProgressBar::chunk { background: @accent; border-radius: 1px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @hairline; border-radius: 4px; min-height: 32px; margin: 1px; }
QScrollBar::handle:vertical:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; height: 0; }
QScrollBar:horizontal { height: 0; }
QListWidget { background: @page; border: none; outline: none; }
QListWidget::item { padding: 6px 10px; border-radius: 4px; color: @text; }
QListWidget::item:selected { background: @soft; color: @text; }
QLineEdit#title { font-size: 18px; font-weight: 600; }
QTableView:focus { border: none; }
QTreeWidget { background: @page; color: @text; border: none; outline: none; }
QTreeWidget::item { padding: 4px 2px; }
QTreeWidget::item:selected { background: @soft; color: @text; }
QScrollArea#panel, QScrollArea#panel > QWidget > QWidget { background: @panel; }
QListWidget#offers { border: 1px solid @hairline; border-radius: 6px; padding: 1px; }
QListWidget#offers::item { padding: 3px 6px; }
QWidget#panel { background: @panel; }
QDockWidget { color: @muted; font-weight: 600; }
QDockWidget::title { background: @panel; border-top: 1px solid @hairline; padding: 5px 12px; text-align: left; }
QComboBox {
    background: @page; color: @text; border: 1px solid @hairline; border-radius: 6px; padding: 4px 8px; min-height: 18px;
}
QComboBox:hover { border-color: @muted; }
QComboBox:focus { border: 2px solid @accent; padding: 3px 7px; }
QComboBox::drop-down { border: none; width: 16px; }
QComboBox QAbstractItemView {
    background: @page; color: @text; border: 1px solid @hairline; selection-background-color: @soft;
    selection-color: @text; outline: none;
}
QSpinBox, QDoubleSpinBox { min-height: 26px; }
QCheckBox { color: @text; spacing: 6px; padding: 3px; }
QCheckBox:focus { border: 2px solid @accent; border-radius: 6px; padding: 1px; }
QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid @muted; border-radius: 3px; background: @page; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; }
QTableView QScrollBar:horizontal { background: transparent; height: 10px; }
QScrollBar::handle:horizontal { background: @hairline; border-radius: 4px; min-width: 32px; margin: 1px; }
QScrollBar::handle:horizontal:hover { background: @muted; }
QTableView { background: @page; color: @text; border: none; outline: none; selection-background-color: @soft; selection-color: @text; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid @hairline; }
QTableView::item:selected { background: @soft; color: @text; }
QTableView::item:focus { border: 2px solid @accent; padding: 0 6px 1px 6px; }
QTableWidget { background: @page; color: @text; border: none; gridline-color: @hairline; }
QTableWidget::item:selected { background: @soft; color: @text; }
QTabWidget::pane { border: none; border-top: 1px solid @hairline; }
QTabBar::tab { background: transparent; color: @muted; padding: 6px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @accent; }
QLabel#catcher { background: @soft; color: @text; border: 2px solid @accent; border-radius: 6px; padding: 8px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @muted; border: none; padding: 4px 16px 4px 11px; }
QFrame#card { background: @page; border: 1px solid @hairline; border-radius: 8px; }
"""
