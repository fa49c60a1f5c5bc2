"""Editions: the stages in order, and edition.json, which is written and read here."""
