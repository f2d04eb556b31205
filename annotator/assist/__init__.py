"""Suggesters that propose marks; spaCy is loaded only when first asked for."""
