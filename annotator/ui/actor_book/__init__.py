"""The actor book: its entries, the mentions still open, merging and splitting."""
