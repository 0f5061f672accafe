"""One module for each kind of file: what bounds it has to keep, and how its sheets become grids."""
