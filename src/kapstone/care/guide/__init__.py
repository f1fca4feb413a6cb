"""What an honest public guide may say."""
