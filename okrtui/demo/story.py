"""The whole story, quarter by quarter: four that are closed, the one that runs, and the next, just begun."""

from __future__ import annotations

from okrtui.demo.first import FIRST
from okrtui.demo.fourth import FOURTH
from okrtui.demo.next import NEXT
from okrtui.demo.running_board import BOARD
from okrtui.demo.running_build import BUILD_AND_HOUSE
from okrtui.demo.running_company import GROUPS, OWN
from okrtui.demo.running_market import MARKET
from okrtui.demo.running_own import OWN_WORK
from okrtui.demo.running_refill import REFILL
from okrtui.demo.running_talk import TALK
from okrtui.demo.running_weeks import WEEKS
from okrtui.demo.script import Quarter
from okrtui.demo.second import SECOND
from okrtui.demo.third import THIRD
from okrtui.demo.workshops import WORKSHOPS

_RUNNING = Quarter(
    (REFILL, GROUPS, OWN, *MARKET, *BUILD_AND_HOUSE), (*TALK, *WEEKS, *WORKSHOPS, *BOARD, *OWN_WORK), closed=""
)

STORY = (FIRST, SECOND, THIRD, FOURTH, _RUNNING, NEXT)
