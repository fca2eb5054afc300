"""Telling people: an inbox on the site and mail from an outbox."""
