"""Starts CNN Tutor, or says in one line why this Python cannot.

Python 3.6 must still be able to read this file, or who has an old Python sees only a traceback.
"""

import sys


def main(argv: "list[str] | None" = None) -> int:
    """Run the program with ``argv`` (``sys.argv[1:]`` if None) and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # any Python can be tried on a checkout
        found = ".".join(map(str, sys.version_info[:3]))
        remedy = (
            "python3.11 -m venv --clear .venv && .venv/bin/python -m pip install . "
            "&& .venv/bin/cnn-tutor"
        )
        if sys.platform == "win32":
            remedy = (
                r"py -3 -m venv --clear .venv && .venv\Scripts\python -m pip install . "
                r"&& .venv\Scripts\cnn-tutor"
            )
        needs = f"CNN Tutor needs Python 3.11 or newer; this is Python {found}."
        sys.stderr.write(f"{needs} Run: {remedy}\n")
        return 3
    from cnn_tutor.app.cli import exit_codes, preflight

    lacking = preflight.lacking_packages()
    if lacking:
        return exit_codes.fault(lacking, exit_codes.EXIT_CANNOT_START)
    try:
        from cnn_tutor.app.cli.command_line import run
    except ImportError as error:
        return exit_codes.fault(preflight.broken_packages(error), exit_codes.EXIT_CANNOT_START)
    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
