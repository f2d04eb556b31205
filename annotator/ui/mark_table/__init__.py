"""The mark table: marks over an article or the project, filtered, sorted, changed in place or many at once."""
