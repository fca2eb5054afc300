"""An invented LendED to look around in."""
