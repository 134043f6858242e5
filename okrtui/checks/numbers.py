"""What in a sentence counts: numbers that are measures, apart from dates, quarters, versions, ordinals and names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_YEAR = r"(?:(?:fy|cy)? ?(?:19|20)\d\d\b|fy ?'?\d\d\b)"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_PERIOD = (
    rf"(?:\d{{4}}-\d\d-\d\d\b|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\d{{4}}-[qw]\d\d?\b"
    rf"|[qh][1-4](?: ?[-/&]? ?(?:{_YEAR}|'?\d\d\b)| ?[-/&] ?[qh][1-4]\b)?(?!\w)(?:,? {_YEAR})?"
    rf"|{_YEAR} ?[qh][1-4]\b"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? {_YEAR})?|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?"
    rf"|{_MONTH} {_YEAR}|week \d\d?\b|{_YEAR}"
    r"|(?:this|next|last|the|each)? ?(?:first|second|third|fourth|1st|2nd|3rd|4th) (?:quarter|half|month|week)\b(?: of)?)"
)
_NAMED_END = (
    rf"(?:(?:the )?(?:end|close|start|middle|beginning) of (?:the )?(?:this |next )?(?:year|quarter|month|week|half|summer|fiscal year|cycle|{_MONTH}|{_PERIOD})"
    rf"|(?:mid|early|late)[- ](?:{_PERIOD}|{_MONTH}|year|quarter)|(?:this|next) (?:quarter|year|month|half|cycle|week|sprint)"
    rf"|year[- ]end|quarter[- ]end|eoy|eoq|{_DAY})"
)
_MAY_BE_WHEN = re.compile(
    r"(?:19|20)\d\d|[qh][1-4]|fy|\d[./]\d\d?[./]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|first|second|third|fourth)"
    r"|year|eoq|eoy|quarter|month|half|cycle|week|sprint|summer"
)
_WHEN = re.compile(
    rf"(?:\b(?:by|before|until|in|during|on|due|for|through|throughout|within|starting|from|after|since|at)? ?(?:mid-|early |late )?)(?<![\w$€£.,])(?:{_NAMED_END}|{_PERIOD})"
    rf"|\b(?:by|before|until|in|since) (?:early |late |mid-?)?{_MONTH}(?!\w)"
)
# Figures that name something: versions, ordinals, standards, ages of a cohort, percentiles, terms of payment.
_NAME = re.compile(
    r"(?<![\w.])(?:v ?\d[\d.]{0,15}|version \d[\d.]{0,15}|\d+(?:st|nd|rd|th)|top[- ]\d+|tier[- ]?\d|phase \d+|level \d|step \d|part \d|day[- ]\d+"
    r"|iso[- /]?\d+|soc[- ]?\d|net ?\d\d|p\d\d|b2[bc]|[wc]\d|web ?\d|24/7|24x7|5-star|five-star|gpt-?\d+|section \d+|sprint \d+|\d+-(?:day|week|month|year|hour|minute|city|way|star|page|part|person|step|point|man|fold)|number one|360|1[:-]1|one-on-one|sev-?\d|p[0-4]\b)(?![\w%])"
)
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand|dozen"
_NUMBER = r"(?:[$€£¥]|usd |eur |us\$)?(?<![\w.])\d[\d.,]{0,15}(?:(?: ?(?:%|percent\b|pp\b|percentage points?\b|points?\b|bps\b|basis points?\b))|(?: ?(?:k|m|mm|bn|b|million|billion|thousand|x|ms|s|h|hrs?|min|mins)\b))?\+?"
_COUNT = re.compile(rf"{_NUMBER}|\b(?:{_SMALL})\b")
_SOMETHING = re.compile(
    r"[\d_<[]|\b(?:zero|doubl|tripl|quadrupl|hal[fv]|by a|third|quarter|twice|break|broke|frequency|cash|no|never|from|every single|[xyn]{1,2})"
)
NUMERALS = frozenset(_SMALL.split("|"))
_STRONG = re.compile(r"[%$€£¥]|percent|usd|eur|pp|points?|bps")
_WORDED = re.compile(
    r"^no (?!more\b|longer\b)(?:[\w-]+ ){0,3}\w+s\b|\b(?:zero|doubl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing)|quadrupl(?:e[sd]?|ing)|halv(?:e[sd]?|ing)|(?:rank|ranked|place|placed|be|finish) (?:in |among |within )?(?:the )?top[- ]\d+|(?:retain|keep|renew) (?:all )?(?:of )?(?:our |the )?top[- ]\d+|(?:break(?:s|ing)?|broke) even|cash[- ]flow[- ](?:positive|neutral)|lose no|frequency (?:[\w ]{0,30} )?to (?:hourly|daily|weekly|fortnightly|monthly|quarterly)|half of|by half|in half|by a third|by a quarter|twice|a third of|a quarter of|no more than|no (?:[\w-]+ ){0,3}(?:regressions?|incidents?|outages?|complaints?|errors?|bugs?|defects?|breaches|accidents?|injuries|violations?|findings?)|from (?:hourly|daily|weekly|fortnightly|monthly|quarterly|yearly|annual|annually)(?= to)|never (?:more|less)|every single|(?:\d+|one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:every )?(?:two|three|four|five|six|ten|twenty|\d+)(?! (?:regions?|countries|markets|stores|sites|cities|schools|weeks?|months?|days?|years?|hours?|minutes?)))\b"
)
_FROM_TO = re.compile(
    rf"\bfrom\b[^.;]{{0,60}}?\bto\b|{_NUMBER}(?: ?\w+)? ?(?:to|->|=>|→|➔) ?(?:under |over |below |above |less than |at least )?{_NUMBER}"
)
_FROM_WORDS = re.compile(r"\bfrom ([^.;]{1,40}?) (?:down |up )?to\b")
_COMPARED = re.compile(
    r"(?:<=?|>=?|≤|≥|\b(?:less than|fewer than|more than|at least|at most|under|over|below|above|up to|greater than|higher than|lower than|no more than|no less than|not more than|minimum of|maximum of|a minimum|exceeding|or more|or less|or higher|or lower|or better|or fewer|or above|or below|within|faster than|better than|of at))(?!\w)"
)
_WITHIN = re.compile(
    r"(?:within|in under|in less than|under|less than|in) ?(?:an? |one |\d[\d.,]{0,15} ?)(?:business |working )?(?:h|hrs?|hours?|days?|min|mins|minutes?|weeks?|s|secs?|seconds?)\b"
)
_RATIO = re.compile(
    r"(?<![\w.])\d[\d.]{0,15} ?(?:/ ?\d[\d.]{0,15}|: ?1|: ?\d+|out of (?:\d+|five|ten))(?!\w)|\d[\d.]{0,15}x\b|(?<!\w)\d\.\d+(?![\d.])"
)
_BY_SHARE = re.compile(rf"\bby (?:another |at least |over |more than |up to |an additional )?{_NUMBER}")
_VARIABLE = re.compile(
    r"(?<!\w)(?:[xyn]{1,2}|_{1,4}|\[[^\]]{0,20}\]|<[^>]{0,20}>)(?: ?%|(?= (?:days|hours|customers|users|minutes|weeks)))"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The measures in a sentence."""

    found: tuple[str, ...]
    """As they stand, in lower case: "30%", "three"."""
    shared: bool
    """A percentage, money or points among them."""
    ranged: bool
    """From one to another."""
    baseline: str | None
    """What stands between "from" and "to"."""
    compared: bool
    """Beside "below", "at least" and the like."""
    timed: bool
    """Within so many hours, days."""
    dated: bool
    """A date, quarter or period was in the sentence, and is no measure."""

    @property
    def any(self) -> bool:
        return bool(self.found)

    @property
    def strong(self) -> bool:
        """More than a count of things."""
        return self.shared or self.ranged or (self.compared and self.any)


def without_dates(sentence: str) -> tuple[str, bool]:
    """A sentence in lower case without its dates, quarters and periods, and whether there were any."""
    if _MAY_BE_WHEN.search(sentence) is None:
        return sentence, False
    stripped, count = _WHEN.subn(" ", sentence)
    return " ".join(stripped.split()), bool(count)


def numbers(sentence: str, *, dated: bool) -> Numbers:
    """The measures in a sentence that is in lower case and without dates."""
    if _SOMETHING.search(sentence) is None and not NUMERALS.intersection(sentence.split()):
        return Numbers((), False, False, None, False, _WITHIN.search(sentence) is not None, dated)  # noqa: FBT003 - nothing
    named = _NAME.sub(" ", sentence)
    ratios = [found[0] for found in _RATIO.finditer(named)]
    counts = [found[0].strip().rstrip(".,") for found in _COUNT.finditer(named)]
    others = [found[0] for pattern in (_WORDED, _VARIABLE) for found in pattern.finditer(sentence)]
    found = tuple(dict.fromkeys((*counts, *ratios, *others)))
    ranged = bool(found) and _FROM_TO.search(named) is not None
    between = _FROM_WORDS.search(named) if ranged else None
    return Numbers(
        found=found,
        shared=bool(ratios or others)
        or any(_STRONG.search(one) for one in counts)
        or _BY_SHARE.search(named) is not None,
        ranged=ranged,
        baseline=between[1] if between else None,
        compared=_COMPARED.search(named) is not None,
        timed=bool(found or _WITHIN.search(named)) and _WITHIN.search(named) is not None,
        dated=dated,
    )
