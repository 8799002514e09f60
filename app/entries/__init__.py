"""Entries: a team's robot in one division, from the spreadsheet to the start list."""
