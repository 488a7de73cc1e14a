"""What a reorganisation would change on every page, and its carrying out."""
