"""READ: a scope in, frozen rows out. `filters` holds the one definition that tiles, lists and exports share."""
