"""coodie beside the raw driver, measured as ratios within one run: `make bench`."""
