"""The drug register of a clinic: every controlled drug by its container, with witnesses and counts."""
