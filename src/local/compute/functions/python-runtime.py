"""Runs inside a function's own process: loads the handler and takes invocations from the Lambda Runtime API.

The environment variables come as JSON on standard input, because other processes of the same user can read what a
process was started with. What the runtime writes and answers is documented here:
https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html
"""
import json
import os
import sys


def read_variables():
    parts = []
    while True:
        part = os.read(0, 65536)
        if not part:
            return json.loads(b"".join(parts))
        parts.append(part)


for name, value in read_variables().items():
    os.environ[name] = value

import builtins  # noqa: E402
import importlib  # noqa: E402
import logging  # noqa: E402
import socket  # noqa: E402
import time  # noqa: E402
import traceback  # noqa: E402
import types  # noqa: E402

from _sitebuiltins import Quitter  # noqa: E402

# Without the site module, which would show the machine's own packages, these two are missing.
builtins.exit = Quitter("exit", "Ctrl-D")
builtins.quit = Quitter("quit", "Ctrl-D")

LOG_FD = int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD"))
LEVELS = {"TRACE": "DEBUG", "FATAL": "CRITICAL", "WARN": "WARNING"}
JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"

current_request = ""


def log(text):
    message = text.encode("utf-8", "backslashreplace")
    frame = (
        b"\xa5\x5a\x00\x03"
        + len(message).to_bytes(4, "big")
        + int(time.time() * 1000000).to_bytes(8, "big")
        + message
    )
    while frame:
        frame = frame[os.write(LOG_FD, frame) :]


def direct_hosts(pattern, httpPort, httpsPort, **_):
    """Connections to AWS's own host names go to the local cloud: all clients look their addresses up here."""
    import re

    directed = re.compile(pattern)
    # Clients put a word before the endpoint's name for some operations: sync-127.0.0.1 for StartSyncExecution.
    prefixed = re.compile(r"^[a-z]+-127\.0\.0\.1$")
    ports = {"443": httpsPort, "https": httpsPort, "80": httpPort, "http": httpPort}
    look_up = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(name, str) and prefixed.match(name):
            return look_up("127.0.0.1", port, *args, **kwargs)
        local = ports.get(str(port)) if isinstance(name, str) and directed.search(name.lower()) else None
        return look_up(host, port, *args, **kwargs) if local is None else look_up("127.0.0.1", local)

    socket.getaddrinfo = getaddrinfo


class Fault(Exception):
    """An error that the runtime itself names."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = kind
        self.trace = trace or []


class RuntimeApi:
    """HTTP over one connection that is kept; the server sends no chunks."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.address = address
        self.connection = socket.create_connection((host, int(port)))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def request(self, method, path, body=b"", headers=()):
        head = "%s /2018-06-01/runtime/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n" % (
            method,
            path,
            self.address,
            len(body),
        )
        head += "".join("%s: %s\r\n" % pair for pair in headers) + "\r\n"
        self.connection.sendall(head.encode("latin-1") + body)
        while b"\r\n\r\n" not in self.rest:
            self.receive()
        answer, self.rest = self.rest.split(b"\r\n\r\n", 1)
        found = {}
        for line in answer.decode("utf-8").split("\r\n")[1:]:
            name, value = line.split(":", 1)
            found[name.lower()] = value.strip()
        length = int(found.get("content-length", "0"))
        if len(self.rest) < length:
            parts = [self.rest]
            missing = length - len(self.rest)
            while missing > 0:
                part = self.connection.recv(min(missing, 1048576))
                if not part:
                    os._exit(0)
                parts.append(part)
                missing -= len(part)
            self.rest = b"".join(parts)
        body, self.rest = self.rest[:length], self.rest[length:]
        return found, body

    def receive(self):
        part = self.connection.recv(65536)
        if not part:
            # The cloud is gone: so is this environment.
            os._exit(0)
        self.rest += part

    def post(self, path, body, headers=()):
        self.request("POST", path, body, headers)


class Record:
    """The parts of a client context, as attributes."""

    def __init__(self, names, values):
        for name in names:
            setattr(self, name, values.get(name))


CLIENT = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


def parsed_header(text, name):
    try:
        return json.loads(text)
    except Exception as error:
        raise Fault("Runtime.LambdaContextUnmarshalError", "Unable to parse %s JSON: %s" % (name, error))


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = None
        self.client_context = None
        if "lambda-runtime-client-context" in headers:
            given = parsed_header(headers["lambda-runtime-client-context"], "Client Context")
            self.client_context = Record(("custom", "env", "client"), given)
            if self.client_context.client is not None:
                self.client_context.client = Record(CLIENT, self.client_context.client)
        identity = {}
        if "lambda-runtime-cognito-identity" in headers:
            identity = parsed_header(headers["lambda-runtime-cognito-identity"], "Cognito Identity")
        self.identity = Record((), {})
        self.identity.cognito_identity_id = identity.get("cognitoIdentityId")
        self.identity.cognito_identity_pool_id = identity.get("cognitoIdentityPoolId")
        self._epoch_deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms", "0"))

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, message):
        log(str(message))

    def __repr__(self):
        return "LambdaContext([%s])" % ",".join("%s=%s" % pair for pair in vars(self).items())


class AddRequestId(logging.Filter):
    def filter(self, record):
        record.aws_request_id = current_request
        return True


class LambdaHandler(logging.Handler):
    def emit(self, record):
        log(self.format(record))


#: What every record has; anything else was given as `extra`.
USUAL = set(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"aws_request_id", "message", "asctime"}


class JsonFormatter(logging.Formatter):
    def format(self, record):
        kind, error, trace = record.exc_info or (None, None, None)
        plain = isinstance(record.msg, dict) and not record.args
        line = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "message": record.msg if plain else record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if kind else None,
            "errorType": kind.__name__ if kind else None,
            "errorMessage": str(error) if kind else None,
            "requestId": record.aws_request_id or None,
            "location": "%s:%s:%s" % (record.pathname, record.funcName, record.lineno) if kind else None,
        }
        for name, value in vars(record).items():
            if name not in USUAL and name not in line:
                line[name] = value
        return json.dumps({k: v for k, v in line.items() if v is not None}, ensure_ascii=False, default=str)


def set_up_logging():
    logging.Formatter.converter = time.gmtime
    handler = LambdaHandler()
    handler.addFilter(AddRequestId())
    if JSON_LOGS:
        handler.setFormatter(JsonFormatter())
    else:
        text = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
        handler.setFormatter(logging.Formatter(text, "%Y-%m-%dT%H:%M:%S"))
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    if level:
        root.setLevel(LEVELS.get(level, level))


def load_handler(text):
    try:
        module, name = text.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (text, error))
    if module.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module
        )
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module, error))
    except SyntaxError as error:
        raise Fault(
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module '%s': %s" % (module, error),
            ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)],
        )
    try:
        return getattr(loaded, name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (name, module))


# Python 3.12 and later answer in Unicode; earlier ones escape it.
ESCAPED = os.environ.get("AWS_EXECUTION_ENV", "").rsplit(".", 1)[-1] in ("6", "7", "8", "9", "10", "11")
DECIMAL = "\0decimal:"


def encode_decimal(value):
    from decimal import Decimal

    if isinstance(value, Decimal):
        return float("nan") if value.is_nan() else DECIMAL + str(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def marshal(value):
    if isinstance(value, bytes):
        return value, "application/unknown"
    try:
        text = json.dumps(value, ensure_ascii=ESCAPED, default=encode_decimal)
        if "\\u0000decimal:" in text:
            import re

            # A number as long as it is, which a float would not be.
            text = re.sub(r'"\\u0000decimal:([^"]*)"', r"\1", text)
        return text.encode("utf-8"), "application/json"
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def describe(error, request_id):
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        kind = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        trace = traceback.format_list([frame for frame in frames if frame.filename != __file__])
        while trace and "importlib" in trace[0]:
            trace.pop(0)
    return {"errorMessage": str(error), "errorType": kind, "requestId": request_id, "stackTrace": trace}


def log_error(described):
    if JSON_LOGS:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return log(json.dumps({"timestamp": now, "level": "ERROR", **described}, ensure_ascii=False))
    lines = ["[ERROR] %s: %s" % (described["errorType"], described["errorMessage"])]
    lines.append("Traceback (most recent call last):")
    for element in described["stackTrace"]:
        for line in element.splitlines():
            # AWS indents with no-break spaces.
            plain = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(plain)) + plain)
    log("\n".join(lines))


def error_headers(described):
    return (("Content-Type", "application/json"), ("Lambda-Runtime-Function-Error-Type", described["errorType"]))


def set_paths(brought):
    task = os.environ["LAMBDA_TASK_ROOT"]
    opt = os.environ.pop("SLIPWAY_OPT", "")
    version = "python%d.%d" % sys.version_info[:2]
    layers = [os.path.join(opt, "python", "lib", version, "site-packages"), os.path.join(opt, "python")]
    # The first is this file's own folder.
    sys.path[:1] = [task] + (layers if opt else []) + ([brought] if brought else [])


def run(api, handler):
    global current_request
    while True:
        headers, body = api.request("GET", "invocation/next")
        current_request = request_id = headers["lambda-runtime-aws-request-id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
        try:
            context = LambdaContext(headers)
            try:
                event = json.loads(body)
            except Exception as error:
                raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)
            result, kind = marshal(handler(event, context))
            answer = ("response", result, (("Content-Type", kind),))
        except Exception as error:
            described = describe(error, request_id)
            log_error(described)
            answer = ("error", marshal(described)[0], error_headers(described))
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except ValueError:
                pass
        what, result, more = answer
        api.post("invocation/%s/%s" % (request_id, what), result, more)
        error = described = result = event = context = answer = None


def main():
    hosts = os.environ.pop("SLIPWAY_AWS_HOSTS", "")
    if hosts:
        direct_hosts(**json.loads(hosts))
    set_paths(sys.argv[1] if len(sys.argv) > 1 else "")
    sys.argv[:] = [os.environ.get("_HANDLER", "")]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")
    set_up_logging()
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    # `import __main__` and the names of this file are none of the function's business.
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        handler = load_handler(os.environ.get("_HANDLER", ""))
    except Exception as error:
        described = describe(error, "")
        log_error(described)
        api.post("init/error", marshal(described)[0], error_headers(described))
        sys.exit(1)
    run(api, handler)


main()
