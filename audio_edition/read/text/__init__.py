"""Plain text, as news agencies, books and PDFs have it."""
