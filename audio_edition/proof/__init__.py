"""Proof: what will be said wrong, before any sound is made, and what was misheard of a finished edition.

Beside `edition.py`, not a stage: it may ask any of them.
"""
