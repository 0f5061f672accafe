"""PURE: rows in, the bytes of a workbook or a printed document out. Headings are Vietnamese, because offices expect them so."""
