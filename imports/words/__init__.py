"""The words that rosters use: for what a column holds, and for parents and guardians."""
