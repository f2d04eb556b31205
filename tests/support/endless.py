"""What never comes to an end by itself."""

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT max(i) FROM n"
"""A statement that SQLite is busy with until it is interrupted."""
