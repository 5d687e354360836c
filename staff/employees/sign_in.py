"""Signing in: allauth, with closed sign-up."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the house, never by visitors."""

    def is_open_for_signup(self, request: object) -> bool:
        """Nobody signs up."""
        return False
