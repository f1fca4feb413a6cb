"""Moving doses with their visits: by staff, by the patient, and for everybody whom an absence touches."""
