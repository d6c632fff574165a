"""`python -m bench`: print the table."""

from itertools import chain

from bench import core, growth, process, telegram


def main() -> None:
    """Measure and print, each row as soon as it is known."""
    for row in chain(core.rows(), growth.rows(), process.rows(), telegram.rows()):
        print(row, flush=True)


if __name__ == "__main__":
    main()
