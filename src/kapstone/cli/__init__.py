"""The `kapstone` command: one file for each verb, the same front door for people, scripts and tests."""
