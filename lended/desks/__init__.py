"""The first page of each role: what needs you today."""
