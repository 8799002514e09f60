"""Pure rules: rulesets, score sheets, attempts, matches and ranking, with no server, database or clock."""
