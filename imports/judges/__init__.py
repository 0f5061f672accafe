"""How the values of one column are judged: a whole column at once, with the same answers as for one value in a form."""
