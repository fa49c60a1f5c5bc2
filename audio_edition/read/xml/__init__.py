"""XML of unknown kinds."""
