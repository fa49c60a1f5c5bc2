"""Sources: the bytes of documents, from files, addresses and storage, within limits."""
