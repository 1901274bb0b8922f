"""The living documentation: what the features say, with the evidence of what happened, in one HTML file.

`plugin` records a pytest run as Cucumber Messages; `render` makes the page; `statement_log` is the part that a
separate process (a demo's server) imports. This package imports nothing by itself.
"""
