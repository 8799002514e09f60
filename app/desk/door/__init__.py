"""Tables at the door: who is here, inspections, badges and labels."""
