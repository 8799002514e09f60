"""Escalations: a judge at a field calls the chief judge, who says that they are coming and what came of it."""
