"""Which touch a patient has agreed to: asked with a clear head, taken back at any moment."""
