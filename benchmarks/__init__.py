"""coodie beside the raw driver, measured as ratios within one run: `make bench`."""

import sys
from pathlib import Path

# The programs run in other environments too, so they find each other by their folder, not by this package.
sys.path.insert(0, str(Path(__file__).with_name("programs")))
