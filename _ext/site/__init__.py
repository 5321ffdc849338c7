"""What lies around the pages: permanent addresses, records, metadata."""
