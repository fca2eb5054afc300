"""What words mean, beyond being the same word: an encoder, its table, and a thesaurus."""
