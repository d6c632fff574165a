"""HTTP, client and server, against raw sockets."""
