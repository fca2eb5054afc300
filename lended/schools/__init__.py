"""Schools, trusts and the registers they are read from."""
