"""Reference data and published facts: from the readable files of ``fixtures/`` into the database, again and again."""
