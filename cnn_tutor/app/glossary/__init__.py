"""The glossary window."""
