"""What is written about the project, and the three commands that keep it true."""
