"""The codebook editor: a tree of items, a form for one of them, and what is wrong with the draft."""
