"""Hearing: a recogniser of speech, and its words compared with those of a text."""
