"""What tests share, and is no test: `from support.work import growth`."""
