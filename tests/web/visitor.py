"""A visitor without a screen: keeps cookies as a browser does and follows no redirect; a tab that runs the page's script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

A_PAGE = "text/html,application/xhtml+xml"
SECONDS = 30
OURS = "the address of the server itself"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    content: bytes

    @property
    def body(self) -> str:
        return self.content.decode("utf-8", "replace")

    @property
    def leads_to(self) -> str | None:
        return self.headers["location"]


@dataclass
class Visitor:
    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """One request; the path is sent exactly as it is given."""
        with closing(HTTPConnection(urlsplit(self.url).netloc, timeout=SECONDS)) as connection:
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body or None, self._with_cookies(headers))
            response = connection.getresponse()
            self._keep(response.headers)
            return Answer(response.status, response.headers, response.read())

    def open(self, path: str) -> Answer:
        return self.ask(path, accept=A_PAGE)

    def submit(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """A form, from a page of the server itself unless `origin` says otherwise."""
        headers = {"origin": self.url, "content-type": "application/x-www-form-urlencoded"} | headers
        return self.ask(path, "POST", urlencode(fields).encode(), **headers)

    def sign_in(self, login: str, password: str) -> Answer:
        return self.submit("/sign-in", {"login": login, "password": password})

    @contextmanager
    def socket(self, path: str = "/_stcore/stream") -> Iterator[ClientConnection]:
        headers = self._with_cookies({})
        with connect(
            self.url.replace("http", "ws", 1) + path, subprotocols=["streamlit", "none"], origin=self.url, additional_headers=headers,
            max_size=None, open_timeout=SECONDS, proxy=None,
        ) as socket:  # fmt: skip
            yield socket

    def _with_cookies(self, headers: dict[str, str]) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"cookie": pairs, **headers} if pairs else headers

    def _keep(self, headers: HTTPMessage) -> None:
        for line in headers.get_all("set-cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


def run(socket: ClientConnection, page: str = "") -> str:
    """Runs a page, also when it leads on to another; everything that was sent to the screen."""
    request = BackMsg()
    request.rerun_script.page_name = page
    socket.send(request.SerializeToString())
    shown, running = [], False
    while True:
        message = ForwardMsg.FromString(socket.recv(SECONDS))
        running = running or message.WhichOneof("type") == "new_session"
        if running and message.WhichOneof("type") in ("delta", "navigation"):
            shown.append(str(message.delta or message.navigation))
        if running and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and message.HasField("script_finished"):
            return "\n".join(shown)
