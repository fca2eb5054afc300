"""Running LendED: serving, the clock, health, backup and checks."""
