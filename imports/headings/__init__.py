"""What a column holds: what its heading means, whose it is, and what its values say where the heading leaves it open."""
