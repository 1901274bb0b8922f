"""What the demos share, so that each of them can be about coodie and nothing else."""
