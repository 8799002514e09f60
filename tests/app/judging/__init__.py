"""Tests of judged projects."""
