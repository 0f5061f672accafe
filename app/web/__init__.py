"""The pages: routes with their small forms, the gate that denies by default, and the choice between page and fragment."""
