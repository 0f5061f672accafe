"""The people of a table, field by field, each judged as a whole column."""
