"""Our declarations of options, as Typer takes them."""

import inspect
import sys
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

import typer

from replayer.cli.options import Argument, Option

F = TypeVar("F", bound=Callable[..., Any])


def spoken(function: F) -> F:
    """The function, its annotations in Typer's terms."""
    function.__annotations__ = _hints(function)
    return function


def _hints(owner: Any) -> dict[str, Any]:
    return {name: _typers(hint) for name, hint in get_type_hints(owner, include_extras=True).items()}


def _typers(hint: Any) -> Any:
    kind, *marks = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
    for mark in marks:
        if isinstance(mark, Option):
            return Annotated[
                kind,
                typer.Option(
                    *mark.names, metavar=mark.metavar, help=mark.help, min=mark.min, show_default=mark.default
                ),
            ]
        if isinstance(mark, Argument):
            return Annotated[kind, typer.Argument(metavar=mark.metavar, help=mark.help, show_default=mark.default)]
    return hint


def command(options: type[Any], name: str, description: str, verb: Callable[[Any], None]) -> Callable[..., None]:
    """A function that Typer takes for one with an argument for each field of `options` (a dataclass): it calls `verb`
    with what was given. `name` and `description` are its own."""
    hints = _hints(options)

    def called(**given: Any) -> None:
        try:
            verb(options(**given))
        except KeyboardInterrupt:
            # Caught here, because the command line library would make status 1 of it.
            print("interrupted", file=sys.stderr)
            raise typer.Exit(130) from None

    parameters = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(options)
    ]
    called.__name__, called.__doc__ = name, description
    # Typer asks inspect for it; to mypy a function has no such attribute.
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {p.name: p.annotation for p in parameters}
    return called
