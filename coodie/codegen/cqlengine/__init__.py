"""Models and queries of cqlengine, turned into coodie's: syntax tree in, source out, and what is left for a person."""
