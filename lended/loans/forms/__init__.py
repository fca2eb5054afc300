"""Forms about loans and stock."""
