"""The address at which phones and other machines find the program, where a visitor's browser calls it by this machine's name for itself."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

DOCUMENTED = ("192.0.2.1", 9)  # an address that is nobody's: the routing table is asked, nothing is sent
KNOCK = 0.5  # seconds


@dataclass(frozen=True)
class Way:
    """Where phones find the program. `trouble`: "" or why they cannot: "alone" (the server listens to this machine only), "no_network"."""

    address: str
    trouble: str = ""


def way_in(scheme: str, host: str, server: tuple[str, int] | None) -> Way:
    """The address that phones reach: that of the page, unless it is this machine's name for itself."""
    name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
    if not _is_loopback(name.strip("[]")):
        return Way(f"{scheme}://{host}")
    port = port or str(server[1] if server and server[1] else "")
    own = own_address()
    if own is None:
        return Way("", "no_network")
    address = f"{scheme}://{own}:{port}" if port else f"{scheme}://{own}"
    return Way(address, "" if _answers(own, int(port or 80)) else "alone")


def own_address() -> str | None:
    """This machine's address in the office network; None without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking_:
        try:
            asking_.connect(DOCUMENTED)
            found = asking_.getsockname()[0]
        except OSError:
            return None
    return None if _is_loopback(found) or found == "0.0.0.0" else found


@lru_cache(maxsize=8)
def _answers(address: str, port: int) -> bool:
    """Whether this server listens there too: it does so from its start to its end."""
    try:
        socket.create_connection((address, port), KNOCK).close()
    except OSError:
        return False
    return True


def is_of_this_machine(address: str) -> bool:
    """Whether an address as it was typed leads nobody else here; what is no address leads nowhere."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return False
    return bool(host) and _is_loopback(host)


def _is_loopback(name: str) -> bool:
    if name.lower() == "localhost" or not name:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
