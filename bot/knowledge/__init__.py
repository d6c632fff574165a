"""The knowledge file: what a curator writes about one article, read, verified and measured."""
