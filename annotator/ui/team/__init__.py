"""Several annotators: how far they agree, and what becomes gold."""
