"""What really happened: verdicts, reasons, decisions, stories."""
