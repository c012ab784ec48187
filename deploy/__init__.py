"""Replicas of the dashboard behind nginx, and what checks them. Start with `deploy/README.md`."""
