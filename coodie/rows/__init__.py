"""Rows across the driver boundary: their shape, their codecs, and documents in and out of them."""
