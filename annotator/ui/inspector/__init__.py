"""The inspector: the mark under the caret, or the article where there is none."""
