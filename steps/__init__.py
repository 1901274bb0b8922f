"""The steps of the executable specification: few sentences, each with its code, grouped by subject."""
