"""Applications of teams, as an organiser reads and answers them: terms, documents, consents."""
