"""The virtual clinic: invented people who ask, answer, are dosed and write, all through the rooms' own actions."""

from .build import Built, build
from .digest import clinical_digest

__all__ = ["Built", "build", "clinical_digest"]
