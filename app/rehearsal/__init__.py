"""Large competitions made from a seed: to rehearse a day with, to try pages at their real size."""
