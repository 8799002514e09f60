"""Teams: lists that are imported, one team by hand, who withdraws, who takes part."""
