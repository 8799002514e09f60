"""The chief judge's rooms: sheets, runs, protests, calls, paper."""
