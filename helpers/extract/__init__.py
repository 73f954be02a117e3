"""From sentences to mentions: pure functions over plain data."""
