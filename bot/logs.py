"""Logs on standard error, ours and the libraries', as console lines or JSON, with every secret taken out."""

import logging
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

REDACTED = "[secret]"

_log = structlog.stdlib.get_logger("microscout")


class Redaction:
    """The last processor: takes secrets out of the finished line, wherever in it they stand, tracebacks included."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = tuple(secrets)

    def __call__(self, _logger: WrappedLogger, _method: str, rendered: EventDict) -> str:
        """The finished line without secrets."""
        line = str(rendered)  # the renderer before this one leaves a line in the place of the event
        for secret in self._secrets:
            line = line.replace(secret, REDACTED)
        return line


def configure(*, level: str, form: str, secrets: Sequence[str], stream: TextIO | None = None) -> None:
    """Send every log record of this process to `stream` (standard error) as `form`: console or json."""
    out = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.PositionalArgumentsFormatter(), *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_renderers(form, colors=out.isatty()),
            Redaction(secrets),
        ],
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    # At INFO it tells of itself, not of us; `migrate` and `check` say what matters.
    logging.getLogger("alembic").setLevel(max(logging.WARNING, root.level))
    # At DEBUG it tells every statement with its values, which are the team's own.
    logging.getLogger("aiosqlite").setLevel(max(logging.INFO, root.level))
    logging.captureWarnings(capture=True)
    # An error that nobody caught goes the same way, or Python would print it with whatever secret it quotes.
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _renderers(form: str, *, colors: bool) -> list[Processor]:
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    # Plain tracebacks: rich ones show local variables, a token among them.
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)]


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("unexpected error", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log.critical("unexpected error in a thread", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))
