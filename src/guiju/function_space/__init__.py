"""Function space: halls that combine and divide, their diary, and who waits for them."""
