"""Search of the directory without a database: words, what they also mean, where they are, and in what order to show."""
