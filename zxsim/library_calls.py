"""How the library is called: options checked before any work, help that names them, errors in words."""

import functools
import inspect
import os
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar, get_args

from zxsim.core.messages import nearest
from zxsim.core.options import RANGES, number_of
from zxsim.errors import Message, UsageError, ZxsimError
from zxsim.library_options import sentences
from zxsim.report.wording import coded

P = ParamSpec("P")
T = TypeVar("T")

DEFAULTS: Mapping[str, object] = {"results": "results", "solver": "highs", "gap": 0.0, "events": False}
"""Of the options that are gathered in ``**options``; of the others the default is ``None``."""

MEANINGS: Mapping[str, str] = {
    "results": "Folder of the runs.",
    "solver": "Who solves: ``highs``, ``highs-ipm``, ``cbc`` or another of PuLP.",
    "iterations": "Limit on iterations a solve.",
    "nodes": "Limit on nodes in choosing projects and rounding.",
    "gap": "Relative distance from the best choice of projects at which a search may end.",
    "seed": "Seed of the simulation; the scenario's if not given.",
    "replications": "Replications at most; as the scenario says if not given.",
    "precision": "Half-width of the 95 % interval of a target's probability that is good enough.",
    "workers": "Processes; one a processor if not given.",
    "cluster": "Address of a Dask scheduler.",
    "events": "Write the table of events too.",
}
"""What ``help`` says of them, in this order."""

KINDS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    **dict.fromkeys(("simulate", "events"), (bool, "true_or_false")),
    **dict.fromkeys(("results", "to", "mapping"), ((str, os.PathLike), "a_path")),
    **dict.fromkeys(
        ("solver", "cluster", "sheet", "table", "form", "place", "project", "clause", "x", "y", "name"),
        (str, "a_word"),
    ),
}
"""Of each option that is no number: its type, and that in words."""

LANGUAGES = ("zh", "en")


def worded(work: Callable[P, T]) -> Callable[P, T]:
    """Check what a function of the library is given, and let what it raises carry its sentences as notes.

    Python prints notes below the error. They are in the language that ``ZXSIM_LANG`` names, Chinese
    otherwise, as on the command line. A keyword that it does not take is a :class:`TypeError`, also where it
    takes options; a value that an option does not take is a :class:`~zxsim.errors.UsageError`.
    """
    signature, gathered = _signature(work)

    @functools.wraps(work)
    def told(*arguments: P.args, **options: P.kwargs) -> T:
        if gathered:
            _require_known(work, options, signature)
        try:
            given = signature.bind(*arguments, **options)
        except TypeError:
            return work(*arguments, **options)  # which says it in Python's own words
        try:
            given.arguments.update(_checked(given.arguments, signature))
            return work(*given.args, **given.kwargs)
        except ZxsimError as error:
            _tell(error)
            raise

    vars(told)["__signature__"] = signature
    if gathered:
        told.__doc__ = inspect.cleandoc(work.__doc__ or "") + _parameters(gathered)
    return told


def _tell(error: ZxsimError) -> None:
    """Let the text of an error be its codes and fields, and its notes its sentences, each once."""
    error.args = ("\n".join(coded(message) for message in error.messages),)
    for text in sentences(error.messages, "en" if os.environ.get("ZXSIM_LANG") == "en" else "zh"):
        if text not in getattr(error, "__notes__", ()):
            error.add_note(text)


def _signature(work: Callable[..., object]) -> tuple[inspect.Signature, list[str]]:
    """Return what a function takes with the options of its ``**options`` by name, and these names."""
    signature = inspect.signature(work)
    *others, last = signature.parameters.values() or [None]
    if last is None or last.kind is not last.VAR_KEYWORD:
        return signature, []
    (options,) = get_args(last.annotation)  # Unpack of a TypedDict: only type checkers look into it
    kinds = options.__annotations__
    gathered = [name for name in MEANINGS if name in kinds]
    named = [
        inspect.Parameter(name, last.KEYWORD_ONLY, default=DEFAULTS.get(name), annotation=kinds[name])
        for name in gathered
    ]
    return signature.replace(parameters=[*others, *named]), gathered


def _require_known(
    work: Callable[..., object], options: Mapping[str, object], signature: inspect.Signature
) -> None:
    known = [name for name in signature.parameters if name != "self"]
    for name in options:
        if name not in known:
            near = nearest(name, known)
            hint = f"did you mean {near!r}?" if near else f"it takes {', '.join(known)}"
            raise TypeError(f"{work.__qualname__}() got an unexpected keyword argument {name!r}; {hint}")


def _checked(given: Mapping[str, Any], signature: inspect.Signature) -> dict[str, float]:
    """Check the options among what a function is given; return the numbers among them as plain ones."""
    numbers = {}
    for name, value in given.items():
        if value is None and signature.parameters[name].default is None:
            continue
        if name in RANGES:
            numbers[name] = number_of(name, value)
        elif name == "language" and value not in LANGUAGES:
            fields = {"option": name, "given": repr(value), "allowed": LANGUAGES}
            raise UsageError([Message("option_not_allowed", fields)])
        elif name in KINDS and not isinstance(value, KINDS[name][0]):
            fields = {"option": name, "given": repr(value), "kind": KINDS[name][1]}
            raise UsageError([Message("option_of_other_kind", fields)])
    return numbers


def _parameters(names: list[str]) -> str:
    """Write the section on options for the end of a docstring."""
    lines = [f"{name} : default {DEFAULTS.get(name)!r}{_range(name)}\n    {MEANINGS[name]}" for name in names]
    return "\n\nParameters\n----------\n" + "\n".join(lines)


def _range(name: str) -> str:
    if name not in RANGES:
        return ""
    least, most = RANGES[name].ends
    return f", {least} to {most}" if most else f", at least {least}"
