"""A report as a document: built once of computed figures in one language, then written as HTML, PDF or XLSX."""
