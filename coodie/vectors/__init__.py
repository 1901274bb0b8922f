"""Vectors of floats: packed and checked in one step, taken from and given to Python in four forms."""
