"""The record of answers: a SQLite file, its backups and its repairs."""
