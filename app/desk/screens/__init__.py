"""What the hall sees: screens, notices, ceremonies, the announcer's page."""
