"""What has to be in place before LendED can start, written with the standard library alone."""
