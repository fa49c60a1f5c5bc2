"""Narration: a person's recordings, aligned to a script by listening to them."""
