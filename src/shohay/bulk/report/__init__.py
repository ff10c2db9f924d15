"""Writers of reports: a document of shohay.core.report as HTML, PDF or XLSX."""
