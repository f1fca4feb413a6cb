"""What the patient is asked before the first meeting: a task list, one question a page."""
