"""Tables to statements: what may be said."""
