"""The knowledge file: what a curator writes about one article, read and verified."""
