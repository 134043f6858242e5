"""What is said in passing, at any moment."""

from __future__ import annotations

from textual import notifications
from textual.widgets._toast import Toast


async def test_what_expires_while_it_is_about_to_be_shown_is_shown_for_a_moment(company, open_app, monkeypatch):
    """A timer of less than nothing computes for ever, and the whole process with it."""
    now, made, timers = notifications.time(), Toast.__init__, []
    clock = [now]
    monkeypatch.setattr(notifications, "time", lambda: clock[0])

    def late(toast, notification):
        clock[0] = notification.raised_at + notification.timeout + 0.0001
        made(toast, notification)

    monkeypatch.setattr(Toast, "__init__", late)
    monkeypatch.setattr(Toast, "set_timer", lambda _, delay, *__: timers.append(delay))
    async with open_app(company, "ana") as ana:
        ana.page.say("Nobody hears this.")
        await ana.until(lambda: timers, "a timer")
        assert min(timers) > 0
        ana.app._refresh_notifications()
        await ana.until(lambda: not ana.screen.query(Toast), "its end")
