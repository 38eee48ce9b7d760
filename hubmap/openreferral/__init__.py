"""Open Referral UK 3.0: our records in the words of the standard, asked for, written to files, and read from others."""
