"""Rules of outcomes: when one may be given, what it may claim, who may see which numbers."""
