"""A hall of model tablets beside one server: what they make, how they lose it, and what must hold whatever happens."""
