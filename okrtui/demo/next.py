"""The quarter after the one that runs: added early, with a first objective to read and one still being written."""

from __future__ import annotations

from okrtui.demo.script import Goal, Quarter

_TUESDAY = Goal(
    "tuesday",
    "ingrid",
    "calder",
    "A small clinic is better off with us within a week",
    "Single practitioners say the waiting list is not for them, and they are right so far: nobody to look after it, and too "
    "few patients to fill it. They are also six in ten of the clinics in the country. Published early, so that you can "
    "disagree early.",
    when="-5 Thu 09:30",
)

_TRUST = Goal(
    "trust",
    "kofi",
    "calder",
    "A group's auditor finds nothing to ask",
    "Two signatures waited six weeks for an audit that took a day.",
    published=False,
    when="-5 Fri 14:30",
)

NEXT = Quarter((_TUESDAY, _TRUST), added="-5 Wed 11:00", closed="")
