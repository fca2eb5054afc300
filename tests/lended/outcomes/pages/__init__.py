"""The pages of outcomes, through a client."""
