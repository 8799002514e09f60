"""Reports: results as files."""
