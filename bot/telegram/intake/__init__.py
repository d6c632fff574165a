"""Updates in: acknowledged after they are handled, never before."""
