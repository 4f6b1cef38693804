"""Templates: what they fill to, what they name, and that none can hang or fill the memory."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer import templates
from replayer.templates import TemplateError, evaluate, is_true, names, render
from replayer.templates.compiled import Compiled

KNOWN = {
    "net": "192.168.0",
    "flag": "no",
    "hosts": ["a", "b"],
    "guest": {"name": "ns1", "items": "mine", "flag": "off"},
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("plain", "plain"),
        ("{{ net }}.1", "192.168.0.1"),
        ("{{net}}{{ net }}", "192.168.0192.168.0"),
        ("${#list[@]} {{ net }}", "${#list[@]} 192.168.0"),  # `{#` is shell, no comment
        ("${#list[@]} {{ net|upper }}", "${#list[@]} 192.168.0"),
        ("cat <<E\n{{ net }}\nE\n", "cat <<E\n192.168.0\nE\n"),  # the last line end stays
        ("cat <<E\n{{ net|upper }}\nE\n", "cat <<E\n192.168.0\nE\n"),
        ("{{ guest.name }} {{ guest['name'] }}", "ns1 ns1"),
        ("{{ guest.items }}", "mine"),  # the author's key, not Python's method
        ("{% if flag %}on{% else %}off{% endif %}", "off"),  # `no` is text, and means no
        ("{% if guest.flag %}on{% else %}off{% endif %}", "off"),
        ("{{ hosts|join('-') }}", "a-b"),
        ("{{ net ~ '.' ~ 1 }}", "192.168.0.1"),
        ("{{ nothing|default('x') }}", "x"),
        ("{% raw %}{{.Name}}{% endraw %}", "{{.Name}}"),
        ("{{ '{{' }}", "{{"),
        ("{{ net|re_escape }}", "192\\.168\\.0"),
        ("{{ '3'|int + 4 }}", "7"),
        ("{{ net.split('.')|last }}", "0"),
        ("{{ '%02d' % 3 }}", "03"),
        ("<b>{{ '<i>' }}", "<b><i>"),
    ],
)
def test_filled(text: str, filled: str) -> None:
    assert render(text, KNOWN) == filled


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("net == '192.168.0'", True),
        ("{{ net == '192.168.0' }}", True),
        ("{{ hosts }}", ["a", "b"]),
        ("hosts + ['c']", ["a", "b", "c"]),
        ("not flag", True),
        ("flag or 'other'", "other"),
        ("range(3)", [0, 1, 2]),
        ("nothing is defined", False),
        ("guest", KNOWN["guest"]),
        ("none", None),
    ],
)
def test_value_of_an_expression(expression: str, value: object) -> None:
    assert evaluate(expression, KNOWN) == value


@pytest.mark.parametrize("word", ["", "no", "No", "false", "OFF", "0", "null", "~", "none"])
def test_words_that_say_no(word: str) -> None:
    assert not is_true(word)
    assert not evaluate("word", {"word": word})


def test_other_words_say_yes() -> None:
    assert all(map(is_true, ["yes", "true", "x", 1, ["a"]]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ nope }}", "unknown variable 'nope'"),
        ("{{ nope|upper }}", "unknown variable 'nope'"),
        ("{{ nope.name }}", "unknown variable 'nope'"),
        ("{{ guest.nope }}", "nope"),
        ("{{ net", "cannot be read"),
        ("{{ net } }", "cannot be read"),
        ("{% for x in hosts %}{% endfor %}", "{% for %} is not known here"),
        ("{% set x = 1 %}", "{% set %} is not known here"),
        ("{% macro m() %}{% endmacro %}", "{% macro %} is not known here"),
        ("{% include 'x' %}", "{% include %} is not known here"),
        ("{{ net|frobnicate }}", "unknown filter 'frobnicate'"),
        ("{{ net is frobnicated }}", "frobnicated"),
        ("{{ net + 1 }}", "name|int"),
        ("{{ self }}", "no variable"),
        ("{{ net.__class__ }}", "not allowed"),
        ("{{ net.format(1) }}", "not allowed"),
        ("{{ range.__globals__ }}", "not"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{" + "(" * 3000 + "1" + ")" * 3000 + "}}", "nests too deep"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(TemplateError) as refused:
        render(text, KNOWN)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "{{ range(10**9)|list }}",
        "{{ range(10**100) }}",
        "{{ 'a' * 10**9 }}",
        "{{ 10**9 * 'a' }}",
        "{{ 9**9999 }}",
        "{{ [1] * 10**9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%*d' % (1000000000, 1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 'a'.ljust(10**9) }}",
        "{{ 'a'|center(10**9) }}",
        "{{ 'a'|indent(10**9) }}",
        "{{ lipsum(10**9) }}",
        "{{ (big ~ big ~ big)|replace('a', big) }}",
        "{{ big|replace('', big) }}",
        "{{ hosts|join(big ~ big) ~ big }}",
        "{{ big }}{{ big }}{{ big }}",
        "{{ big }}{{ big }}{{ big|upper }}",
        "{{ range(20000)|map('center', 1000000)|join }}",
        "{{ (5).to_bytes(10**9) }}",
        "{{ 1.5|round(10**9, 'floor') }}",
        "{{ hosts|tojson(indent=10**9) }}",
    ],
)
def test_bounded(text: str) -> None:
    """Refused before it is made: all of these would take hundreds of megabytes, or make a number as long."""
    tracemalloc.start()
    try:
        with pytest.raises(TemplateError):
            render(text, {**KNOWN, "big": "a" * 400_000})
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000_000


def test_names() -> None:
    text = "{{ a }} {{ b|upper }} {{ c|default(d) }} {% if e is defined %}{{ f.g }}{% endif %}"
    assert names(text).needed == {"a", "b", "d", "f"}
    assert names("{{ c|default('x') }}{{ e is defined }}").all == {"c", "e"}
    assert names("{{ range(3) }} ${#x}").needed == set()


IDENTIFIERS = st.sampled_from(["a", "b", "net", "ünder", "true", "range", "loop", "名"])
PIECES = st.one_of(
    st.text(alphabet=" {}%#ab\n\"'-|\\$", max_size=6),
    IDENTIFIERS.map(lambda n: "{{ " + n + " }}"),
    IDENTIFIERS.map(lambda n: "{{" + n + "}}"),
)


@given(st.lists(PIECES, max_size=6).map("".join))
@settings(max_examples=400, deadline=None)
def test_the_fast_path_fills_as_jinja_does(text: str) -> None:
    if not templates.is_template(text) or templates._simple(text) is None:
        return
    known = {"a": "1", "b": "{{ a }}", "net": ["x"], "ünder": "", "名": "字"}
    assert render(text, known) == Compiled(text, False).render(known)


@given(st.text(alphabet=" {}%#abx01.|()[]'\"~*+-,:=<>\n\\", max_size=40), st.booleans())
@settings(max_examples=600, deadline=None)
def test_any_text_fills_or_is_refused(text: str, expression: bool) -> None:
    try:
        if expression:
            evaluate(text, KNOWN)
        else:
            assert isinstance(render("{{" + text + "}}", KNOWN), str)
    except TemplateError as error:
        assert str(error)
