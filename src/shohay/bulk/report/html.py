"""A report as one HTML file: nothing is fetched, it reads aloud, it prints; each number names its figure."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from typing import Any

from shohay.bulk.report import charts
from shohay.core.report.model import Block, Document, Figure, Heading, Inline, Listing, Paragraph, Part, Table
from shohay.core.report.text import pick, shown

Report = Callable[[int, int], None]  # parts written, parts in all
STYLE = """
:root{--ink:#17212b;--green:#006a4e;--soft:#4d5a63;--line:#c9d3ce}
*{box-sizing:border-box}
body{font:17px/1.6 "Noto Sans Bengali","Noto Sans",system-ui,sans-serif;color:var(--ink);background:#fff;margin:0}
main,header,nav{max-width:60rem;margin:0 auto;padding:0 1rem}
h1,h2,h3{color:var(--green);line-height:1.3;margin:2rem 0 .75rem}
h1{font-size:2rem}h2{font-size:1.6rem;border-top:1px solid var(--line);padding-top:1.5rem}h3{font-size:1.2rem}
.lead{font-size:1.2rem;background:#f5f7f6;border-left:4px solid var(--green);padding:1rem}
.note,.source,figcaption small{color:var(--soft);font-size:.9rem}
.label{display:inline-block;background:#fff4dc;border:1px solid #8a5a00;color:#6b4600;
padding:.4rem .8rem;font-weight:600}
.box{overflow-x:auto;margin:1rem 0 .25rem}
table{border-collapse:collapse;width:100%;font-size:.95rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--ink)}.n{text-align:right;white-space:nowrap}tfoot td,tfoot th{font-weight:600}
.quiet{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
figure{margin:1.5rem 0 .25rem}figcaption{font-weight:600;margin-bottom:.5rem}figure img{max-width:100%;height:auto}
nav ol{columns:2 20rem}a{color:var(--green)}a:focus-visible,.box:focus-visible{outline:3px solid #ffbf47}
@media print{body{font-size:10pt}h2{break-before:page}tr,figure{break-inside:avoid}thead{display:table-header-group}
.box{overflow:visible}nav ol{columns:1}}
"""


def page(document: Document, *, report: Report | None = None) -> bytes:
    """The whole file, UTF-8."""
    language = document.language
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in document.facts)
    label = f'<p class="label">{escape(document.label)}</p>' if document.label else ""
    body = []
    for number, part in enumerate(document.parts):
        if report:
            report(number, len(document.parts))
        body.append(_part(part, language))
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}, {escape(document.subtitle)}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{escape(document.title)}</h1><p>{escape(document.subtitle)}</p>{label}<dl>{facts}</dl></header>"
        f"{_contents(document)}<main>{''.join(body)}</main></body></html>\n"
    ).encode()


def _contents(document: Document) -> str:
    title = pick(("সূচি", "Contents"), document.language)
    heads = [block for block in document.blocks() if isinstance(block, Heading) and block.level == 1]
    links = "".join(f'<li><a href="#{head.id}">{escape(head.text)}</a></li>' for head in heads)
    return f'<nav aria-label="{title}"><h2>{title}</h2><ol>{links}</ol></nav>'


def _part(part: Part, language: str) -> str:
    """A caption that only repeats the heading or the caption above it is there for who listens, not on the page."""
    above, written = "", []
    for block in part.blocks:
        quiet = isinstance(block, Table | Figure) and block.caption == above
        above = (
            block.caption if isinstance(block, Table | Figure) else block.text if isinstance(block, Heading) else above
        )
        written.append(_block(block, language, quiet))
    return f"<section>{''.join(written)}</section>\n"


def _block(block: Block, language: str, quiet: bool) -> str:
    match block:
        case Heading():
            tag = f"h{block.level + 1}"  # the title of the report is the h1
            return f'<{tag} id="{block.id}">{escape(block.text)}</{tag}>'
        case Paragraph():
            css = f' class="{block.tone}"' if block.tone else ""
            return f"<p{css}>{_inline(block.runs)}</p>"
        case Listing():
            return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in block.items) + "</ul>"
        case Table():
            return _table(block, language, quiet)
        case Figure():
            return _figure(block, language, quiet)


def _inline(runs: Inline) -> str:
    return "".join(
        f'<data value="{escape(run.key)}">{escape(run.text)}</data>' if run.key else escape(run.text) for run in runs
    )


def _table(block: Table, language: str, quiet: bool) -> str:
    kinds = [' class="n"' if column.is_number else "" for column in block.columns]
    head = "".join(
        f'<th scope="col"{css}>{escape(column.label)}</th>' for css, column in zip(kinds, block.columns, strict=True)
    )

    def line(row: tuple[Any, ...]) -> str:
        cells = zip(block.columns, kinds, row, strict=True)
        return "".join(f"<td{css}>{escape(shown(value, column.kind, language))}</td>" for column, css, value in cells)

    body = "".join(f"<tr>{line(row)}</tr>" for row in block.rows)
    foot = f"<tfoot><tr>{line(block.total)}</tr></tfoot>" if block.total else ""
    return (
        f'<div class="box" tabindex="0" role="region" aria-label="{escape(block.caption)}" id="{block.id}">'
        f"<table><caption{_css(quiet)}>{escape(block.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}"
        f"</table></div>{_source(block.source)}"
    )


def _figure(block: Figure, language: str, quiet: bool) -> str:
    picture = base64.b64encode(charts.svg(block.chart, language)).decode()
    return (
        f'<figure id="{block.id}"><figcaption{_css(quiet)}>{escape(block.caption)}</figcaption>'
        f'<img alt="{escape(block.alt)}" src="data:image/svg+xml;base64,{picture}"></figure>{_source(block.source)}'
    )


def _source(text: str) -> str:
    return f'<p class="source">{escape(text)}</p>' if text else ""


def _css(quiet: bool) -> str:
    return ' class="quiet"' if quiet else ""
