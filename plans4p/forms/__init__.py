"""Forms of the pages: of plans and what belongs around them, of the steps that a plan takes, of files, of reminders."""
