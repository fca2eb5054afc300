"""Stock, requests, loans and their plans."""
