"""The organiser's desk: server-rendered pages over the same commands and states as everything else."""
