"""The gallery: every demo of the repository, started behind one page."""
