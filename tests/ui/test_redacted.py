"""Words that are blanked leave every open screen, and nothing breaks where they were."""

from __future__ import annotations

import pytest

from okrtui.service import threads
from okrtui.service.redacting import redact

GOSSIP = "Zanzibar, said her doctor"


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_they_leave_an_open_screen(company, open_app, size):
    company.agreed()
    company.running().at("2026-11-24")
    ref = threads.comment(company.as_("ben"), "KR1", GOSSIP)
    async with open_app(company, "ana", size=size) as ana:
        for key, page in (("f3", "board"), ("f1", "room")):
            await ana.press(key)
            await ana.on(page)
        await ana.until(lambda: "Zanzibar" in ana.picture() or size[0] == 80)
        redact(company.operator, ref, "Health of a customer")
        redact(company.operator, "KR1", "Health of a customer")
        redact(company.operator, "O1 sales", "Health of a customer")
        await ana.until(lambda: "[blanked 2026-11-24" in ana.picture())
        for key, page in (
            ("f3", "board"),
            ("f4", "checkin"),
            ("f6", "tree"),
            ("f7", "me"),
            ("f8", "report"),
            ("f1", "room"),
        ):
            await ana.press(key)
            await ana.on(page)
            assert "Zanzibar" not in ana.picture()
        assert ana.app.trouble == ""
