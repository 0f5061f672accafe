"""Where things stand on a sheet: its tables, their headers, and what each row below them is."""
