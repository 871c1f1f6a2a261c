"""The text of a file that is taken in."""

from pathlib import Path

from papernotes.project import Refused


def text_of(file: Path, shown: Path | str) -> str:
    """Return a file's text as it is, its line ends too.

    Raises:
        Refused: it cannot be read, or is no UTF-8.
    """
    try:
        raw = file.read_bytes()
        return raw.decode("utf-8")
    except FileNotFoundError as error:
        raise Refused(shown, "PN704", "이런 파일이 없어요. 경로와 철자를 살펴 주세요.") from error
    except OSError as error:
        message = f"파일을 읽을 수 없어요({error.strerror}). 경로와 권한을 살펴 주세요."
        raise Refused(shown, "PN704", message) from error
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = "UTF-8이 아닌 글자가 있어요. 파일을 UTF-8로 다시 저장해 주세요."
        raise Refused(shown, "PN704", message, line, column) from error
