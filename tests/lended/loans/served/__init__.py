"""Lending over HTTP: a server in a process of its own, many at once, and what ends suddenly."""
