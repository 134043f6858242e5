"""What holds for people who come by OpenSSH holds here: the same tests, on a server of ours."""

from __future__ import annotations

from ssh import test_commands, test_pretending
from ssh.test_commands import TestNoShell, TestWhatIsNotRemote
from ssh.test_interface import (
    test_a_command_in_a_terminal_is_a_command,
    test_opens_follows_the_window_and_leaves,
    test_saves_as_the_person_of_the_key,
    test_who_is_switched_off_is_told_without_a_key,
    test_who_is_switched_off_saves_nothing_more_and_is_told,
)
from ssh.test_review import quarter, test_a_review_of_ten_by_three_of_whom_two_lose_their_link

__all__ = [
    "TestNoShell",
    "TestWhatIsNotRemote",
    "quarter",
    "test_a_command_in_a_terminal_is_a_command",
    "test_a_review_of_ten_by_three_of_whom_two_lose_their_link",
    "test_opens_follows_the_window_and_leaves",
    "test_saves_as_the_person_of_the_key",
    "test_who_is_switched_off_is_told_without_a_key",
    "test_who_is_switched_off_saves_nothing_more_and_is_told",
]


class TestACommand(test_commands.TestACommand):
    test_has_bytes_that_are_no_text_put_right = None  # asyncssh refuses such a command before anybody here sees it


class TestNoWayThrough(test_commands.TestNoWayThrough):
    # Of sshd: it has lines of keys, which this server does without, and a log of its own.
    test_a_bare_server_would = None
    test_no_agent_and_no_x11 = None


class TestByWhatIsSent(test_pretending.TestByWhatIsSent):
    test_what_sudo_would_say_is_believed_of_nobody = None  # no variable gets as far as being refused


class TestByAKey(test_pretending.TestByAKey):
    # Of lines of keys.
    test_a_line_that_is_out_of_date_lets_nobody_in_as_another = None
    test_nor_does_one_with_somebody_elses_fingerprint = None

    def test_a_key_of_another_file_is_nobodys_here(self, host):
        host.owner("keys", "remove", "@ana")
        assert host.ssh("ana", "me").status == 255


def test_variables_that_sudo_or_a_service_sets_are_not_heard(host):
    assert test_pretending.whoever(host, options=("-oSetEnv=SUDO_UID=54321 SUDO_USER=lea",)) == "ana"
