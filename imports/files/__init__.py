"""From the bytes of a file to plain cells: what kind it is, whether it is safe to parse, and what a parser can't say."""
