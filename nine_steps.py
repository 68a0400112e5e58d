"""Sets up and starts the program, or runs its tests: needs Python and nothing else. Read by old Pythons too, to tell them so."""
import argparse
import errno
import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PROGRAM = ["requirements.txt"]
TESTS = ["requirements.txt", "requirements-dev.txt"]
SECONDS_TO_START = 120
SECONDS_TO_STOP = 10
MOST_WORKERS = 5  # one more than cores, as some of them wait for a browser or a server; each needs about 1 GB

DATABASE_STOPPED = 70  # the server's exit code when only a new start helps; see pso_core/web/watch.py


class Refused(Exception):
    """Cannot go on; `args` are the sentence's key and facts. Nothing needs undoing."""


def main(words):
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace", line_buffering=True)
    try:
        if sys.version_info < OLDEST:
            raise Refused("start.python_too_old", {"version": "%d.%d" % sys.version_info[:2]})
        chosen, rest = parser().parse_known_args(words or ["start"])
        return chosen.run(chosen, rest)
    except Refused as refusal:
        say(*refusal.args)
        return 1
    except KeyboardInterrupt:
        return 130


def parser():
    whole = argparse.ArgumentParser(prog="nine_steps.py", description=both("start.help.program"), allow_abbrev=False)
    commands = whole.add_subparsers(metavar="start | test | bench")
    commands.required = True
    add_command(commands, "start", start)
    add_command(commands, "test", test)
    add_command(commands, "bench", bench)
    return whole


def add_command(commands, name, run):
    command = commands.add_parser(name, help=both("start.help." + name), description=both("start.help." + name), allow_abbrev=False)
    command.set_defaults(run=run)
    command.add_argument("--packages", metavar="FOLDER", type=Path, help=both("start.help.packages"))
    if run is start:
        command.add_argument("--host", default="127.0.0.1", help=both("start.help.host"))
        command.add_argument("--port", default=8501, type=int, help=both("start.help.port"))
        command.add_argument("--db", metavar="FILE", type=Path, help=both("start.help.db"))


def start(chosen, rest):
    if rest:
        parser().error(" ".join(rest))
    refuse_a_taken_port(chosen.host, chosen.port)
    set_up(PROGRAM, chosen.packages)
    return serve(chosen)


def test(chosen, rest):
    set_up(TESTS, chosen.packages)
    workers = str(min(MOST_WORKERS, 1 + (os.cpu_count() or 1)))
    return run_here("pytest", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder", *rest)


def bench(chosen, rest):
    set_up(TESTS, chosen.packages)
    return run_here("tests.bench", *rest)


def run_here(module, *words):
    return subprocess.run([str(PYTHON), "-m", module, *words], cwd=ROOT, env=environment()).returncode


# Setting up


def set_up(lists, packages):
    """The virtual environment with exactly the listed packages; nothing to do when they have not changed."""
    stamp = VENV / ("installed-" + lists[-1])
    wanted = fingerprint(lists)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    say("start.preparing")
    make_environment()
    install(lists[-1], packages)
    stamp.write_text(wanted)


def fingerprint(lists):
    content = b"".join((ROOT / name).read_bytes() for name in lists)
    return "%d.%d %s" % (sys.version_info[:2] + (hashlib.sha256(content).hexdigest(),))


def make_environment():
    of_this_python = any(stamp.read_text().startswith("%d.%d " % sys.version_info[:2]) for stamp in VENV.glob("installed-*"))
    if PYTHON.exists() and of_this_python:
        return
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if made.returncode and not os.access(str(ROOT), os.W_OK):
        raise Refused("start.cannot_write", {"folder": ROOT})
    if made.returncode:
        raise Refused("start.venv_missing")


def install(listed, packages):
    offline = ["--no-index", "--find-links", str(packages.resolve())] if packages else []
    log = VENV / "install.log"
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2", "--timeout", "15"]
    with log.open("wb") as output:
        done = subprocess.run([*pip, *offline, "-r", listed], cwd=ROOT, env=environment(), stdout=output, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Refused("start.no_packages", {"log": log})


def environment(**more):
    kept = dict(os.environ, PYTHONUTF8="1", **more)
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # each of the program's processes would compile all of it anew
    return kept


# Serving


def refuse_a_taken_port(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server will; on Windows it would share
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                raise Refused("start.port_taken", {"port": port, "url": address(host, port)}) from None
            raise Refused("start.address_refused", {"host": host, "port": port}) from None


def serve(chosen):
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's stop ends it as Ctrl+C does
    ended = serve_once(chosen)
    while ended == DATABASE_STOPPED:
        say("start.once_more")
        ended = serve_once(chosen)
    return ended


def serve_once(chosen):
    settings = {"NINE_STEPS_DB": str(chosen.db.resolve())} if chosen.db else {}
    server = subprocess.Popen(server_command(chosen.host, chosen.port), cwd=ROOT, env=environment(**settings))
    try:
        wait_until_ready(server, chosen.host, chosen.port)
        say("start.ready", {"url": address(chosen.host, chosen.port)})
        if chosen.host in ("0.0.0.0", "::"):
            say("start.network", {"url": address(own_network_address(), chosen.port)})
        say("start.how_to_stop")
        return server.wait()
    except KeyboardInterrupt:
        stop(server)
        say("start.stopped")
        return 0


def server_command(host, port):
    """One process: the database has one writer. Open pages are not waited for long when it stops."""
    options = ["--host", host, "--port", str(port), "--log-level", "warning", "--no-access-log", "--timeout-graceful-shutdown", "3"]
    return [str(PYTHON), "-m", "uvicorn", "streamlit_app:app", *options]


def wait_until_ready(server, host, port):
    url = address(host, port) + "/_stcore/health"
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Refused("start.ended")
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    stop(server)
    raise Refused("start.ended")


def stop(server):
    if os.name != "nt":
        server.terminate()  # Windows has told it already, with the same Ctrl+C
    try:
        server.wait(SECONDS_TO_STOP)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()
        server.wait()


def address(host, port):
    host = reachable(host)
    return "http://%s:%d" % ("[%s]" % host if ":" in host else host, port)


def reachable(host):
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def own_network_address():
    """This machine's address in the office network: asks the routing table, sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # an address kept for documentation
            return asking.getsockname()[0]
        except OSError:
            return socket.gethostname()


# Speaking


def say(key, facts=None):
    for language in ("th", "en"):
        print(sentence(language, key, facts or {}))


def both(key):
    """For argparse, to which % means something."""
    return " · ".join(sentence(language, key, {}) for language in ("th", "en")).replace("%", "%%")


def sentence(language, key, facts):
    """From data/text: flat lines `name = "…"`, read without tomllib because old Pythons lack it."""
    area, name = key.split(".", 1)
    text = (ROOT / "data" / "text" / language / (area + ".toml")).read_text(encoding="utf-8")
    line = re.search(r'^%s *= *"(.*)"$' % re.escape(name), text, re.MULTILINE)
    if not line:
        raise KeyError(key)
    return line.group(1).format(**facts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
