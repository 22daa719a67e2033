"""The frozen values that the stages hand on to one another.

What lives here: types and the arithmetic that belongs to a single value (an interval, a rounding).
What does not: knowledge about the world (see `catalogue`), reading and writing (see `storage`), and
anything that decides what a sentence means (see `stages`).
"""
