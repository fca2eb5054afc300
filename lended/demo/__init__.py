"""An invented LendED to look around in: nobody and nothing in it is real."""
