from pathlib import Path

from coodie.livingdoc.collect import step_modules

pytest_plugins = ["coodie.livingdoc.collect", *step_modules(Path(__file__).with_name("steps"))]
