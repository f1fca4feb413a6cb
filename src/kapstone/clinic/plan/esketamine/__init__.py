"""Esketamine as records: certificate, enrolment and kits; and what of them stops a dose."""
