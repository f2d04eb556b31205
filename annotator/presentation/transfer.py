"""Import and export from the desk: run beside the reading, told in a report."""
