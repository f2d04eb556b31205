"""The options a user can choose, for the window: it knows the settings only through here."""

from annotator.settings.options import (
    BY_NAME,
    MARKING,
    OPTIONS,
    READING,
    YOU,
    Choice,
    Face,
    Number,
    Option,
    Text,
    YesNo,
)

__all__ = [
    "BY_NAME",
    "MARKING",
    "OPTIONS",
    "READING",
    "YOU",
    "Choice",
    "Face",
    "Number",
    "Option",
    "Text",
    "YesNo",
]
