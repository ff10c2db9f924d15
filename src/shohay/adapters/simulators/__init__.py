"""Outside parties that do not exist: each a process of its own, as slow, busy, wrong or gone as it is told to be.

They know the synthetic people from files (world.py), keyed by a hash of the number and read where they lie, so a party
of ten million people starts at once. Synthetic people only.
"""
