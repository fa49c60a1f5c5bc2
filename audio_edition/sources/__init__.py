"""Sources: the bytes of documents, from files, addresses, storage and archives, within limits."""
