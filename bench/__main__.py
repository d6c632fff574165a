"""`python -m bench`: print the table."""

from bench.core import rows


def main() -> None:
    """Measure and print, each row as soon as it is known."""
    for row in rows():
        print(row, flush=True)


if __name__ == "__main__":
    main()
