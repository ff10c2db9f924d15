"""How the files of src/shohay/data were made from their sources (see src/shohay/data/SOURCES.md)."""
