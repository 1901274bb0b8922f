"""The page: the book as one HTML file that needs nothing else, neither a server nor JavaScript."""
