"""Strings that are written as YAML are read as the same strings."""

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.sources.yamltext import block, comment, lines, scalar
from replayer.templates import is_template, render

SIGNS = list("ab 1:#,-?[]{}&*!|>'\"%@`\\.=~<\t\n\x1b\xa0\u2028\x85通e0x_/+")
TEXTS = st.text(st.sampled_from(SIGNS), max_size=8) | st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


@settings(max_examples=1_000)
@given(TEXTS)
def test_a_string_comes_back(text: str) -> None:
    for loader in (yaml.BaseLoader, getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        written = (
            f"a: {{k: {scalar(text)}, l: [{scalar(text)}]}}\nb:\n- k: {lines(text, 4)}\n  l: x # {comment(text)}\n"
        )
        assert yaml.load(written, loader) == {"a": {"k": text, "l": [text]}, "b": [{"k": text, "l": "x"}]}
        [read] = yaml.load(f"- {block(text, 2)}\n", loader)
        assert (render(read, {}) if is_template(read) else read) == text


@settings(max_examples=300)
@given(TEXTS.filter(str.isprintable))
def test_a_string_is_written_as_yamls_own_dumper_does(text: str) -> None:
    dumped = yaml.safe_dump([text], allow_unicode=True, width=2**31 - 1, default_flow_style=True)
    assert scalar(text) == dumped.strip()[1:-1].strip()
