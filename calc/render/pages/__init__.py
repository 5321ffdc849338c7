"""Pages and tables that are made whole from what calc knows, as MyST."""
