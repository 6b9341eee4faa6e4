"""What happens to an error that nobody caught: the log, the report, the guards."""
