"""The workshops of the story: Product's first and its next one, and Support's, which was over too soon."""

from __future__ import annotations

from okrtui.demo.script import Act

_DAILY, _MEASURE = "day_to_day", "measure"


def _noted(when: str, by: str, team: str, prompt: str, words: str) -> Act:
    return Act(when, by, "note", words=words, team=team, fields={"prompt": prompt})


FIRST_OF_PRODUCT = (
    Act("0 Tue 09:05", "hana", "sit", team="product"),
    _noted("0 Tue 09:14", "samir", "product", _DAILY, "We sit next to somebody who switches the list on, once a week, and say nothing"),
    _noted("0 Tue 09:17", "hana", "product", _DAILY, "Every question we ask a clinic, we first look for in what it has typed already"),
    _noted("0 Tue 09:21", "samir", "product", _DAILY, "No: we ask ourselves who needs the answer. Mostly it is us"),
    Act("0 Tue 09:33", "hana", "prompt", team="product"),
    _noted("0 Tue 09:36", "samir", "product", _MEASURE, "Minutes until the first offer goes out, from the click, not from the call"),
    _noted("0 Tue 09:49", "hana", "product", _MEASURE, "Whether they still use it when nobody rings them any more"),
    Act("0 Tue 10:40", "hana", "break", team="product"),
    Act("0 Tue 10:55", "hana", "sit", team="product"),
    Act("0 Tue 11:08", "hana", "tick", team="product", fields={"people": ("anselm",)}),
    Act("0 Tue 11:12", "hana", "end", words="Anselm wanted a third one. We said what we would stop doing for it, and he let it go.", team="product"),
)  # fmt: skip

WORKSHOPS = (
    Act("0 Tue 10:22", "hana", "sit", team="product"),
    _noted("0 Tue 10:26", "samir", "product", _DAILY, "Ten cancellations a week, watched from start to end"),
    _noted("0 Tue 10:27", "elin", "product", _DAILY, "I would see a receptionist for the first time. Can I come along on Thursdays?"),
    _noted("0 Tue 10:33", "hana", "product", _DAILY, "Whatever made somebody pick up a phone is a bug, with a name on it"),
    Act("0 Tue 10:52", "hana", "break", team="product"),
    Act("0 Tue 11:06", "hana", "sit", team="product"),
    Act("0 Tue 11:09", "hana", "prompt", team="product"),
    _noted("0 Tue 11:15", "samir", "product", _MEASURE, "Slots that are filled the same day and nobody called: both halves, or it is last quarter's number"),
    _noted("0 Tue 11:29", "elin", "product", _MEASURE, "How many patients we asked before one said yes"),
    _noted("0 Tue 11:40", "hana", "product", _MEASURE, "And that they do not hate us for it: complaints stay where they are"),
    Act("0 Tue 11:46", "hana", "end", words="Late slots are the hard part, and none of us knows why yet.", team="product"),
    Act("0 Thu 11:40", "priya", "sit", team="support"),
    _noted("0 Thu 11:46", "tom", "support", _DAILY, "Three answers that did not help, read aloud before we go home"),
    Act("0 Thu 11:58", "priya", "prompt", team="support"),
    _noted("0 Thu 12:02", "henrik", "support", _MEASURE, "That the second mail is a thank-you"),
    _noted("0 Thu 12:04", "tom", "support", _MEASURE, "Closed with the first reply, and not opened again within a week"),
    Act("0 Thu 12:29", "priya", "end", words="Half of it was. Tom had both written down before we sat; about the second one we argued.", team="support"),
)  # fmt: skip
