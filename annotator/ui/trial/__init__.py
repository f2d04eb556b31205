"""The window of suggesters: how good they are, and where they slip."""
