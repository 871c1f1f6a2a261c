"""Whether a preview can have its address: asked first, for an engine ends in a traceback."""

import socket
import sys

_ADVICE = "앞서 켠 미리보기를 끄거나 `make serve ADDRESS=127.0.0.1:8001`처럼 다른 주소로 켜 주세요."


def refusal(address: str) -> str:
    """Return why a server cannot listen on ``address`` (``host:port``); nothing where it can."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        return f"주소가 아니에요: {address}. `ADDRESS=127.0.0.1:8001`처럼 적어 주세요."
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host.strip("[]"), int(port)))
            tried.listen()
        except OSError as error:
            return f"{address}에서 켤 수 없어요({error.strerror}). {_ADVICE}"
    return ""


if __name__ == "__main__":
    sys.exit(refusal(sys.argv[1]) or 0)
