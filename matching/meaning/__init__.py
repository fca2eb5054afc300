"""What words mean, beyond being the same word: an encoder, and its table."""
