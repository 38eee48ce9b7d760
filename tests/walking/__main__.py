"""Compare estimated walks with routed ones, print the tables and write them into the document: ``make walking``."""

from __future__ import annotations

from tests.walking.report import DOCUMENT, put_numbers, real_pairs, write_report


def main() -> None:
    """Compute, print, write."""
    report = write_report(*real_pairs())
    print(report)  # noqa: T201  for the person who asked
    DOCUMENT.write_text(put_numbers(DOCUMENT.read_text(encoding="utf-8"), report), encoding="utf-8")


if __name__ == "__main__":
    main()
