"""What each package of an environment takes on disk, bytecode included; runs inside the image."""

from importlib.metadata import Distribution, distributions

MEGABYTE = 1_000_000


def size(package: Distribution) -> int:
    """Bytes of the files that a package has installed."""
    paths = [package.locate_file(file) for file in package.files or ()]
    return sum(path.stat().st_size for path in paths if path.is_file())  # type: ignore[attr-defined]


def main() -> None:
    """The largest first, and the sum."""
    found = sorted(((size(package), package) for package in distributions()), key=lambda pair: -pair[0])
    for taken, package in found:
        print(f"{taken / MEGABYTE:7.2f} MB  {package.name} {package.version}")
    print(f"{sum(taken for taken, _ in found) / MEGABYTE:7.2f} MB  in {len(found)} packages")


if __name__ == "__main__":
    main()
