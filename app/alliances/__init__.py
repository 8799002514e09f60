"""Alliance selection in front of the hall: captains pick partners, teams decline, backups are called in later."""
