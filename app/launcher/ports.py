"""Says before anything starts whether the server will be able to listen where it was told to."""

from __future__ import annotations

import errno
import socket

SENTENCES = {
    errno.EADDRINUSE: "Port {port} is already in use on {host}. Stop what uses it, or choose another: PORT={other}",
    errno.EACCES: "Port {port} needs an administrator's rights. Choose one above 1023: PORT=8000",
    errno.EADDRNOTAVAIL: "This machine has no address {host}. HOST= is one of its own, or 0.0.0.0 for all.",
}


def trouble_with(host: str, port: int) -> str | None:
    """None if the port can be listened on, else the sentence that says why not."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        return f"HOST={host} is neither an address nor a known name of this machine."
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            sentence = SENTENCES.get(error.errno or 0, "Port {port} on {host} cannot be used: {why}.")
            return sentence.format(host=host, port=port, other=port + 1, why=error.strerror)
    return None
