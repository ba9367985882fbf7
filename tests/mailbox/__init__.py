"""Tests of the mailboxes: one contract for all of them (`suite`), and what each has of its own."""

import pytest

pytest.register_assert_rewrite(
    *(f"tests.mailbox.{name}" for name in ("suite_folders", "suite_reading", "suite_writing", "houses", "opened", "refused"))
)
