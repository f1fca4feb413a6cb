"""HL7 version 2 over MLLP, as bedside monitors speak it: frames, and a bounded server on one socket."""
