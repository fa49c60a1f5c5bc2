"""News formats: NewsML, NITF and ninjs."""
