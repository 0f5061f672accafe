"""Marks written into a workbook's own XML, so that whatever they don't touch stays as its owner made it."""
