"""What leaves the project as files: records, templates."""
