"""Opens PDFs (ISO 32000) in a process of its own, and tells the facts about them: words with places, tags, metadata.

That process imports only this room: whatever else it imported, every PDF would wait for.
"""
