"""HTTPS without internet: a local certificate authority, the server's certificate, and the page to install it."""

from .authority import CertificateTrouble
from .serving import server_context

__all__ = ["CertificateTrouble", "server_context"]
