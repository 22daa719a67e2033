"""Tallyhouse: from statistics in prose to rows that people can trust.

Start reading at `pipelines.flow`: it tells the way of an article on one screen.
"""

__version__ = "0.1.0"
