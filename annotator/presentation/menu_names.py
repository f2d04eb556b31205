"""The menus of the window, in their order: what is seen before any command is read."""

from __future__ import annotations

MENUS = ("Project", "Edit", "Mark", "Link", "Suggestions", "Article", "View", "Help")
