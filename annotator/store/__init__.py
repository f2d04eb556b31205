"""One project file: connection, schema, records, the journal and the check. Only this room speaks SQL."""
