"""From bytes to documents, paragraphs with roles, and sentences."""
