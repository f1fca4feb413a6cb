"""A patient's photo: taken at the desk or the chair, made small, sealed, taken away when the patient says so."""
