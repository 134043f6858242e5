"""The style of a report's page: dark or light as the reader's system is, and fit to be printed."""

from __future__ import annotations

CSS = """
:root { color-scheme: light dark; --text: #1c2430; --soft: #5a6675; --line: #d5dbe3; --page: #fff; --card: #f6f8fa;
  --mark: #1f6feb; --warn: #9a4a00; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e8ef; --soft: #9aa7b6; --line: #343d49; --page: #12161c;
  --card: #1a2028; --mark: #6cb0ff; --warn: #ffb35c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { margin: 0; font-size: 1.8rem; } h2 { margin: 2.5rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
h3 { margin: 1.5rem 0 .3rem; font-size: 1.1rem; } h4 { margin: 1rem 0 .3rem; font-size: 1rem; }
p { margin: .3rem 0; } .soft, figcaption, .axis { color: var(--soft); fill: var(--soft); }
nav { margin: 1rem 0; columns: 14rem; } nav a { display: block; color: var(--mark); text-decoration: none; }
article { margin: 1rem 0; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--card); }
article h3 { margin: 0; } .raised { border-left: .3rem solid var(--warn); } .raised h3, .seen { color: var(--warn); }
.question { font-style: italic; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; } th { text-align: left; font-weight: 600; }
th, td { padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.figures th { width: 8rem; font-weight: 400; color: var(--soft); }
dl { margin: .3rem 0; } dt { font-weight: 600; } dd { margin: 0 0 .3rem 1rem; }
figure { margin: 1rem 0; } .plot { width: 100%; max-width: 44rem; height: auto; font-size: 12px; }
.spark { width: 7.5rem; height: 1.5rem; } .spark rect { fill: var(--mark); }
.grid { stroke: var(--line); } .objective { fill: var(--mark); fill-opacity: .3; } .mean { fill: var(--mark); }
polyline.mean { fill: none; stroke: var(--mark); stroke-width: 2; } .value { fill: var(--text); font-weight: 600; }
@media print { :root { --text: #000; --soft: #444; --line: #bbb; --page: #fff; --card: #fff; --mark: #1f6feb; --warn: #9a4a00; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; } nav { display: none; }
  h2, h3, h4 { break-after: avoid; } article, tr, figure { break-inside: avoid; } }
"""
