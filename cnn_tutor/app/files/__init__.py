"""Projects, gradebooks and pictures as files: opened, saved, exported."""
