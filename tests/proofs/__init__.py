"""What holds whatever happens: nothing lost, nobody held up, no secret shown. Small in the tests, full by hand.

`python -m tests.proofs` runs everything in full size against the real process.
"""
