"""The stages an article passes, pure functions over the vocabulary.

Stages do not import one another (the flow joins them) and know no clock, disk or network.
"""
