"""The book's own data: claims, checks, homes, releases, glossary."""
