"""The words of images, their captions and links, which name a command and ask nobody to type it."""

import pytest

from tests.tutorials import typed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "![ip link show](x.png)\n"),
        ("a.md", "![ip link show][shot]\n\n[shot]: x.png\n"),
        ("a.md", "[ip link add br8 type bridge](x.html)\n"),
        ("a.md", "[![ip link show](x.png)](y.html)\n"),
        ("a.md", "**[ip link show](x.html)**\n"),
        ("a.md", "- [ip link show](x.html)\n- [ip addr show](y.html)\n"),
        ("a.md", "<p><a href='x.html'>ip link show</a></p>\n"),
        ("a.rst", "`ip link show <x.html>`_\n"),
        ("a.rst", "`ip link show`_\n"),
        ("a.rst", ".. |ip link show| image:: x.png\n\n|ip link show|\n"),
        ("a.adoc", "image:x.png[ip link show]\n"),
        ("a.adoc", "link:x.html[ip link show]\n"),
        ("a.adoc", "<<x,ip link show>>\n"),
        ("a.org", "[[file:x.png][ip link show]]\n"),
        ("a.wiki", "[[ip link show]]\n"),
        ("a.wiki", "[https://example.org ip link show]\n"),
        ("a.html", "<html><body><p><a href='x'>ip link show</a></p></body></html>"),
        ("a.html", "<html><body><p><img alt='ip link show' src='x'></p></body></html>"),
        ("a.html", "<html><body><figure><img src='x'><figcaption>ip link show</figcaption></figure></body></html>"),
    ],
)
def test_words_of_images_and_links_are_not_typed(name: str, text: str) -> None:
    assert typed(text, name) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "ip link show\n"),
        ("a.md", "**ip link show**\n"),
        ("a.md", "See [the manual](x.html):\n\nip link show\n"),
        ("a.md", "<p>ip link show</p>\n"),
        ("a.html", "<html><body><p><a href='x'>More</a></p><p>ip link show</p></body></html>"),
        ("a.html", "<html><body><p>ip link show<br><a href='x'>ip addr show</a></p></body></html>"),
        ("a.md", "<a id='here'></a>ip link show\n"),
    ],
)
def test_what_stands_beside_them_is(name: str, text: str) -> None:
    assert typed(text, name) == ["ip link show"]
