"""Jinja, made safe to run on a stranger's templates: what `templates` uses for all but the simplest.

Jinja's sandbox guards Python's internals but not memory or time. So loops, macros, assignments and calls
of anything unlisted are refused when a template is read, and every operation that can make much of
little (`*`, `**`, `~`, `%`, replace, join, range) is bounded. What remains costs about what it is long.
"""

import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from replayer.templates import LONGEST, Names, TemplateError, Text, is_true

LONGEST_LIST = 20_000
# Where the value of an expression is put. An author who names it finds it unknown.
RESULT = "__result__"
RAW = "for braces meant as they are, write {% raw %}…{% endraw %}"
MOST_BITS = 4096
MOST_NODES = 20_000

# A text's methods that make no more text than they are given.
_TEXT_METHODS = """split rsplit splitlines partition rpartition strip lstrip rstrip removeprefix removesuffix
    startswith endswith lower upper title capitalize find rfind index count isdigit isalpha isalnum isspace
    isupper islower"""
METHODS: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, frozenset(_TEXT_METHODS.split())),
    (dict, frozenset({"items", "keys", "values", "get"})),
    ((list, tuple), frozenset({"index", "count"})),
)
_FILTERS = """abs d default count length first last min max float int list lower upper trim title capitalize
    string sort unique reverse items dictsort select reject selectattr rejectattr urlencode"""
REFUSED_EXPRESSIONS = (
    nodes.MarkSafe,
    nodes.MarkSafeIfAutoescape,
    nodes.EnvironmentAttribute,
    nodes.InternalName,
)
WIDE = re.compile(r"%[^a-zA-Z%]*(\*|\d{4})")


class TooMuch(Exception):
    """A template asks for more than it may."""


def _bounded(text: str) -> str:
    if len(text) > LONGEST:
        raise TooMuch(f"more than {LONGEST:,} characters")
    return text


def _join(values: Iterable[Any], separator: str = "", attribute: str | None = None) -> str:
    parts: list[str] = []
    length = 0
    for value in values:
        part = str(value[attribute] if attribute is not None else value)
        length += len(part) + len(separator)
        if length > LONGEST:
            raise TooMuch(f"more than {LONGEST:,} characters")
        parts.append(part)
    return str(separator).join(parts)


def _replace(text: str, old: str, new: str, count: int = -1) -> str:
    text, old, new = str(text), str(old), str(new)
    if len(text) + text.count(old) * len(new) > LONGEST:
        raise TooMuch(f"more than {LONGEST:,} characters")
    return str(text.replace(old, new, int(count)))


def _range(*bounds: int) -> list[int]:
    numbers = range(*bounds)
    # len() itself fails beyond the machine's word.
    if numbers and (abs(numbers[-1] - numbers[0]) // abs(numbers.step)) >= LONGEST_LIST:
        raise TooMuch(f"a range of more than {LONGEST_LIST:,} numbers")
    return list(numbers)


def _map(values: Iterable[Any], attribute: str) -> list[Any]:
    return [value[attribute] for value in values]


def _re_escape(text: Any) -> str:
    return re.escape(str(text))


class Environment(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "**", "%", "+", "//"})

    def __init__(self) -> None:
        # No text of a scenario can hold these comment signs; `{#` is left to the shell.
        super().__init__(
            undefined=jinja2.StrictUndefined,
            keep_trailing_newline=True,
            comment_start_string="\x00#",
            comment_end_string="#\x00",
            cache_size=0,
        )
        known = self.filters
        self.filters = {name: known[name] for name in _FILTERS.split()}
        self.filters |= {
            "join": _join,
            "replace": _replace,
            "map": _map,
            "bool": is_true,
            "re_escape": _re_escape,
        }
        self.globals = {"range": _range}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return any(isinstance(obj, t) and attr in allowed for t, allowed in METHODS)

    def is_safe_callable(self, obj: Any) -> bool:
        return obj is _range or (
            callable(obj) and self.is_safe_attribute(getattr(obj, "__self__", None), getattr(obj, "__name__", ""), obj)
        )

    def getattr(self, obj: Any, attribute: str) -> Any:
        # A key `items` of an author's mapping is the author's, not Python's.
        if isinstance(obj, Mapping) and attribute in obj:
            return _as_text(obj[attribute])
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return _as_text(super().getitem(obj, argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "*":
            _guard_product(left, right)
        elif operator == "**":
            if isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > MOST_BITS:
                raise TooMuch("a number too large")
        elif operator == "%" and isinstance(left, str):
            if WIDE.search(left):
                raise TooMuch("a field too wide")
            return _bounded(str(left % right))
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, (list, tuple)) and len(result) > LONGEST_LIST:
            raise TooMuch(f"a list of more than {LONGEST_LIST:,} values")
        return _bounded(result) if isinstance(result, str) else result


def _guard_product(left: Any, right: Any) -> None:
    for sequence, times in ((left, right), (right, left)):
        if isinstance(sequence, (str, list, tuple)) and isinstance(times, int):
            most = LONGEST if isinstance(sequence, str) else LONGEST_LIST
            if len(sequence) * times > most:
                raise TooMuch(f"more than {most:,} {'characters' if isinstance(sequence, str) else 'values'}")
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MOST_BITS:
        raise TooMuch("a number too large")


def _as_text(value: Any) -> Any:
    return Text(value) if type(value) is str else value


class _Tamed(NodeTransformer):
    """`a ~ b` goes through our `join`: Jinja's own concatenation has no bound."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        parts = nodes.List([self.visit(n) for n in node.nodes], lineno=node.lineno)
        return nodes.Filter(parts, "join", [], [], None, None, lineno=node.lineno)


ENVIRONMENT = Environment()


class Compiled:
    """A template that has been read. Raises TemplateError if it cannot be."""

    def __init__(self, text: str, expression: bool) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of Python, about escapes in an author's quoted texts
                self._read(text, expression)
        except jinja2.TemplateSyntaxError as error:
            _refuse(_syntax(error, text))
        except TooMuch as error:
            _refuse(f"a template that asks for {error}")
        except RecursionError:
            _refuse("a template that nests too deep")
        except (SyntaxError, ValueError, OverflowError, MemoryError) as error:
            _refuse(f"this template cannot be read: {error}")

    def _read(self, text: str, expression: bool) -> None:
        if len(text) > LONGEST:
            raise TooMuch(f"more than {LONGEST:,} characters")
        if expression:
            if not text:
                _refuse("an empty expression")
            tree = self._expression(text)
        else:
            tree = ENVIRONMENT.parse(text)
        _check(tree, tree.body[0] if expression else None)
        self.names = _names(tree)
        tree = _Tamed().visit(tree)
        template = jinja2.Template.from_code(ENVIRONMENT, ENVIRONMENT.compile(tree), ENVIRONMENT.make_globals(None))
        self._template = template

    def _expression(self, text: str) -> nodes.Template:
        parser = jinja2.parser.Parser(ENVIRONMENT, text, state="variable")
        value = parser.parse_expression()
        if not parser.stream.eos:
            parser.fail("text goes on after the expression")
        value.set_environment(ENVIRONMENT)
        return nodes.Template([nodes.Assign(nodes.Name(RESULT, "store"), value, lineno=1)], lineno=1)

    def render(self, variables: Mapping[str, Any]) -> str:
        def fill() -> str:
            parts = self._template.root_render_func(self._context(variables))
            return _join(parts)

        return str(_guarded(fill))

    def evaluate(self, variables: Mapping[str, Any]) -> Any:
        def find() -> Any:
            context = self._context(variables)
            for _ in self._template.root_render_func(context):
                pass
            value = context.vars[RESULT]
            if isinstance(value, jinja2.Undefined):
                value._fail_with_undefined_error()
            value = _native(value)
            # Still a Text: who asks whether it is true gets the author's answer.
            return _as_text(value)

        return _guarded(find)

    def _context(self, variables: Mapping[str, Any]) -> jinja2.runtime.Context:
        known = {n: _as_text(variables[n]) for n in self.names.all if n in variables}
        return self._template.new_context(known)


def _native(value: Any) -> Any:
    """A value without our Text and Jinja's lazy sequences."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(k): _native(v) for k, v in value.items()}
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Iterable):
        return [_native(v) for v in value]
    raise TooMuch(f"a value of no use here ({type(value).__name__})")


def _guarded(work: Callable[[], Any]) -> Any:
    """What `work` returns; whatever goes wrong in a template's own code is a TemplateError."""
    try:
        return work()
    except jinja2.UndefinedError as error:
        unknown = re.fullmatch(r"'(.+)' is undefined", str(error))
        _refuse(f"unknown variable {unknown[1]!r}" if unknown else str(error))
    except TooMuch as error:
        _refuse(f"a template that asks for {error}")
    except SecurityError as error:
        _refuse(f"not allowed in a template: {error}")
    except TypeError as error:
        _refuse(f"this template does not work: {error} (values are text; for a number write `name|int`)")
    except RecursionError:
        _refuse("a template that nests too deep")
    except Exception as error:  # a template is a program of the author's: its errors are messages
        _refuse(f"this template does not work: {error}")


def _refuse(what: str) -> NoReturn:
    raise TemplateError(what) from None


def _syntax(error: jinja2.TemplateSyntaxError, text: str) -> str:
    message = (error.message or "bad syntax").rstrip(".")
    line = f" (line {error.lineno} of it)" if "\n" in text.strip() else ""
    return f"this template cannot be read: {message}{line}; {RAW}"


def _check(tree: nodes.Node, result: nodes.Node | None) -> None:
    """Refuse what is not known here. Iterative: a template may nest as deep as its author likes."""
    pending: list[nodes.Node] = [tree]
    seen = 0
    while pending:
        node = pending.pop()
        seen += 1
        if seen > MOST_NODES:
            raise TooMuch(f"more than {MOST_NODES:,} parts")
        if isinstance(node, nodes.Stmt) and not isinstance(node, (nodes.Output, nodes.If, nodes.Assign)):
            name = type(node).__name__.lower()
            _refuse(f"{{% {name} %}} is not known here; only {{% if %}} and {{% raw %}} are")
        if isinstance(node, nodes.Assign) and node is not result:
            _refuse("{% set %} is not known here; write it under `vars`")
        if isinstance(node, nodes.Name) and node.name in (
            "self",
            "loop",
            "super",
            "caller",
            "varargs",
            "kwargs",
        ):
            _refuse(f"{node.name!r} is a word of the template language, no variable")
        if isinstance(node, REFUSED_EXPRESSIONS):
            _refuse("this expression is not known here")
        if isinstance(node, nodes.Filter) and node.name not in ENVIRONMENT.filters:
            _refuse(f"unknown filter {node.name!r}; known are: {', '.join(sorted(ENVIRONMENT.filters))}")
        if isinstance(node, nodes.Compare):
            _check_comparison(node)
        if isinstance(node, nodes.Test) and node.name not in ENVIRONMENT.tests:
            _refuse(f"unknown test {node.name!r} after `is`")
        pending.extend(node.iter_child_nodes())


def _check_comparison(node: nodes.Compare) -> None:
    """Values are text: `n == 3` would never be true, and nobody would be told."""
    sides = [node.expr, *(operand.expr for operand in node.ops)]
    numbers = [s for s in sides if isinstance(s, nodes.Const) and type(s.value) in (int, float)]
    texts = [s for s in sides if isinstance(s, (nodes.Name, nodes.Getattr, nodes.Getitem))]
    if numbers and texts and any(operand.op in ("eq", "ne", "in", "notin") for operand in node.ops):
        value = numbers[0].value
        _refuse(f"values are text, {value} is a number: they are never equal; write '{value}', or name|int")


def _names(tree: nodes.Node) -> Names:
    every: set[str] = set()
    needed: set[str] = set()
    pending: list[nodes.Node] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in ENVIRONMENT.globals:
            every.add(node.name)
            needed.add(node.name)
        asks = (isinstance(node, nodes.Filter) and node.name in ("d", "default")) or (
            isinstance(node, nodes.Test) and node.name in ("defined", "undefined")
        )
        for child in node.iter_child_nodes():
            if asks and isinstance(child, nodes.Name) and child is getattr(node, "node", None):
                every.add(child.name)
            else:
                pending.append(child)
    return Names(frozenset(every), frozenset(needed))
