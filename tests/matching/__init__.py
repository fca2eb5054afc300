"""Tests of the matcher: no app, no database."""
