"""PURE: rows in, the bytes of a workbook out. Headings are Vietnamese, because offices expect them so."""
