"""The words that clauses may use, as the installed rooms declare them (filled in by `config` at start)."""

from guiju.rulebook.vocabulary import Vocabulary

_installed: list[Vocabulary] = []


def install(words: Vocabulary) -> None:
    """Make `words` the vocabulary of this process."""
    _installed[:] = [words]


def vocabulary() -> Vocabulary:
    """The vocabulary of this installation; an error if nothing was installed."""
    if not _installed:
        raise RuntimeError("the vocabulary is installed when Django starts: call django.setup() first")
    return _installed[0]
