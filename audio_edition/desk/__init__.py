"""Desk: issues are made in the browser, on the maker's own computer, from a folder of plain files.

Nothing is kept elsewhere, and the same calls as the command line's do the work. Pages are made of links and forms that
need no script. Whatever a document says is shown as text.
"""
