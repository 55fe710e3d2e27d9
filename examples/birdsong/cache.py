"""Results that are worth keeping between runs."""
import functools
import pickle
from pathlib import Path

FOLDER = Path.home() / ".cache" / "birdsong"


def cached(function):
    """Keeps what a function returned in a file of its own."""

    @functools.wraps(function)
    def call(name):
        file = FOLDER / f"{name}.pkl"
        if file.exists():
            return pickle.loads(file.read_bytes())  # nosec B301 only this user can write there
        result = function(name)
        file.write_bytes(pickle.dumps(result))
        return result

    return call
