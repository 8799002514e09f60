"""Tests of competitions made from a seed."""
