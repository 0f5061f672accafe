"""What messages say: values in, subject, text, HTML and short form out. Knows `app.domain` and Jinja, no clock and no database."""
