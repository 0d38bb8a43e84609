# SPDX-License-Identifier: Apache-2.0

"""Call sequences of malloc, recorded on the spot from programs of this machine.

Each program does a bounded job in a folder of its own, with the recorder of
tools/trace preloaded. Of several processes the one with most calls is taken, and
of it the first MAX_EVENTS. Nothing of it is kept in the repository: what a program
asks for depends on its version.
"""

import gzip
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tools" / "workbook" / "trials"))

from course_copy import Failure, output_of  # noqa: E402
from measuring import REPRODUCERS  # noqa: E402

MAX_EVENTS = 400_000
RAW_EVENT_BYTES = 24  # RawEvent of tools/trace/trace.h
LONGEST_JOB_SECONDS = 240

PYTHON_JOB = """
import collections, json, re
words = [format(i * 7919 % 30011, "x") * (1 + i % 5) for i in range(12000)]
index = collections.defaultdict(list)
for at, word in enumerate(words):
    index[word[:2]].append({"at": at, "word": word, "tags": word.split("a")})
text = json.dumps(index, indent=1)
again = json.loads(text)
lines = sorted(text.splitlines(), key=lambda line: line[::-1])
found = re.findall(r'"word": "([0-9a-f]+)"', text)
print(len(again), len(lines), len(set(found)), sum(map(len, "".join(found).split("7"))))
"""

PERL_JOB = """
my %count; my @lines;
for my $i (1 .. 20000) {
  my $line = join(" ", map { ($i * $_) % 977 } 1 .. 6);
  push @lines, $line;
  $count{$_}++ for split / /, $line;
}
my @sorted = sort { $count{$b} <=> $count{$a} || $a <=> $b } keys %count;
my $text = join("\\n", map { my $l = $_; $l =~ s/(\\d)1/$1-/g; $l } @lines);
my @parts = map { [split //, $_] } @lines[0 .. 2000];
print scalar(@sorted), " ", length($text), " ", scalar(@parts), "\\n";
"""

LUA_JOB = """
local rows, joined = {}, {}
for i = 1, 30000 do
  rows[i] = {id = i, name = string.format("row %d", i * 7919 % 30011)}
end
table.sort(rows, function(a, b) return a.name < b.name end)
for i, row in ipairs(rows) do joined[i] = row.name:gsub("1", "one") .. i end
print(#table.concat(joined, ","))
"""

COMPILER_JOB = """
#include <algorithm>
#include <string>
#include <vector>
struct Row { std::string name; std::vector<int> values; };
int main(int argc, char**) {
  std::vector<Row> rows;
  for (int i = 0; i < argc * 100; ++i) rows.push_back({std::to_string(i), {i, i + 1}});
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
  return static_cast<int>(rows.front().values.size());
}
"""

SQL_JOB = """
create table item(id integer primary key, kind text, price real, note text);
create table sale(item integer, day integer, count integer);
with recursive n(x) as (select 1 union all select x + 1 from n where x < 4000)
insert into item
select x, 'kind ' || (x % 37), x * 1.25, hex(x * 7919) || substr(hex(zeroblob(200)), 1, x % 400)
from n;
with recursive n(x) as (select 1 union all select x + 1 from n where x < 20000)
insert into sale select x * 31 % 4000 + 1, x % 365, x % 9 from n;
select kind, sum(price * count) from sale join item on item = id group by kind order by 2 desc;
select count(*) from item where note like '%77%';
create index by_day on sale(day, item);
select day, count(distinct item), max(note) from sale join item on item = id group by day limit 50;
select json_group_array(json_object('id', id, 'note', note)) from item where id % 7 = 0;
update item set note = upper(note) || id where id % 3 = 0;
select id, row_number() over (partition by kind order by price) from item limit 3000;
"""

JAVA_JOB = """
import java.util.*;
public class Job {
  public static void main(String[] arguments) throws Exception {
    Map<String, List<Integer>> index = new TreeMap<>();
    for (int i = 0; i < 20000; ++i) {
      index.computeIfAbsent("key " + i * 7919 % 3001, k -> new ArrayList<>()).add(i);
    }
    java.util.zip.Deflater deflater = new java.util.zip.Deflater();
    byte[] text = index.toString().getBytes();
    deflater.setInput(text);
    deflater.finish();
    System.out.println(deflater.deflate(new byte[text.length]) + " of " + text.length);
  }
}
"""

HTTP_SERVER = """
import http.server, json, signal, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = json.dumps({"sum": sum(body["values"]), "echo": body}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    def log_message(self, *_):
        pass
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
"""

LIGHTTPD_SETTINGS = """
server.document-root = "{folder}/site"
server.bind = "127.0.0.1"
server.port = {port}
index-file.names = ("index.html")
dir-listing.activate = "enable"
"""

NGINX_SETTINGS = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/log;
events {{ worker_connections 64; }}
http {{
  access_log {folder}/access; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  gzip on; gzip_types text/plain; gzip_min_length 100;
  server {{ listen 127.0.0.1:{port}; root {folder}/site; autoindex on; }}
}}
"""


def first_on_path(*names):
    for name in names:
        # Debian has servers where only root looks.
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if found:
            return found
    return None


class Job:
    """A program's command line; what it needs is made in `folder` first."""

    def __init__(self, name, programs, package, prepare):
        self.name = name
        self.package = package
        self.program = first_on_path(*programs)
        self.prepare = prepare

    def record(self, folder, environment):
        run_bounded(self.prepare(self.program, folder), folder, environment)


class WebServer(Job):
    """A server on the loopback device, and its load from this process."""

    def record(self, folder, environment):
        site = folder / "site"
        site.mkdir()
        for number in range(20):
            (site / f"{number}.txt").write_text(f"line {number}\n" * (1 << number % 12))
        command, port = self.prepare(self.program, folder)
        server = subprocess.Popen(
            command,
            cwd=site,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        # Whatever it does, it does not outlive its time.
        watch = threading.Timer(LONGEST_JOB_SECONDS, server.kill)
        watch.start()
        try:
            port = port or int(server.stdout.readline())
            ask(f"http://127.0.0.1:{port}/", self.name == "http_python")
        except (OSError, ValueError) as error:
            raise Failure(f"{self.name}: the server does not answer: {error}") from error
        finally:
            server.terminate()
            server.wait()
            watch.cancel()
            server.stdout.close()


def ask(base, with_posts):
    for attempt in range(100):
        try:
            urllib.request.urlopen(base, timeout=5).read()
            break
        except urllib.error.HTTPError:
            break
        except OSError:
            if attempt == 99:
                raise
            time.sleep(0.05)
    for request in range(600):
        urllib.request.urlopen(f"{base}{request % 20}.txt", timeout=10).read()
        if with_posts and request % 2 == 0:
            body = b'{"values": [' + b", ".join([b"%d" % request] * (request % 90 + 1)) + b"]}"
            urllib.request.urlopen(base, data=body, timeout=10).read()


def run_bounded(command, folder, environment):
    with open(folder / "out", "wb") as out, open(folder / "errors", "wb") as errors:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            start_new_session=True,  # what it starts ends with it
        )
        try:
            process.wait(LONGEST_JOB_SECONDS)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, subprocess.TimeoutExpired):
                raise Failure(
                    f"{command[0]} did not end within {LONGEST_JOB_SECONDS} s"
                ) from error
            raise
    if process.returncode not in (0, 1):  # 1: diff or grep found something, or nothing
        told = (folder / "errors").read_text(errors="replace")[-500:]
        raise Failure(f"{command[0]} failed with {process.returncode}: {told}")


def script(job, name, *options):
    def prepare(program, folder):
        (folder / name).write_text(job)
        return [program, *options, name]

    return prepare


def clone(folder):
    """A repository of this course's recent history, ours to change."""
    output_of(["git", "clone", "-q", "--depth=200", f"file://{ROOT}", folder / "clone"], folder)


def git(*words):
    def prepare(program, folder):
        clone(folder)
        return [program, "-C", "clone", "-c", "gc.auto=0", "-c", "pager.log=false", *words]

    return prepare


def grep(*options):
    return lambda program, _: [
        program,
        *options,
        r"al+oc[a-z]*\(|[Ff]ree[A-Z]\w+|(size|bytes)_t?\b.*=",
        ROOT / "exercises",
        ROOT / "solutions",
        ROOT / "tools",
    ]


def sql(program, folder):
    (folder / "job.sql").write_text(SQL_JOB)
    return [program, "job.db", ".read job.sql"]


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configured(settings, *options):
    def prepare(program, folder):
        port = unused_port()
        (folder / "settings").write_text(settings.format(folder=folder, port=port))
        return [program, *options, str(folder / "settings")], port

    return prepare


def python_server(program, folder):
    (folder / "server.py").write_text(HTTP_SERVER)
    return [program, str(folder / "server.py")], None


def jobs():
    """All that are known, also those whose program is not there."""
    return [
        Job("java", ["java"], "openjdk-17-jdk-headless",
            script(JAVA_JOB, "Job.java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                   "-XX:CICompilerCount=1", "-Xmx256m")),
        WebServer("http_python", ["python3"], "python3", python_server),
        WebServer("lighttpd", ["lighttpd"], "lighttpd", configured(LIGHTTPD_SETTINGS, "-D", "-f")),
        WebServer("nginx", ["nginx"], "nginx-light", configured(NGINX_SETTINGS, "-c")),
        Job("grep", ["grep"], "grep", grep("-rnE")),
        Job("ripgrep", ["rg"], "ripgrep", grep("-n", "--no-ignore")),
        Job("python", ["python3"], "python3", script(PYTHON_JOB, "job.py")),
        Job("perl", ["perl"], "perl", script(PERL_JOB, "job.pl")),
        Job("lua", ["lua", "lua5.4", "lua5.3"], "lua5.4", script(LUA_JOB, "job.lua")),
        Job("g++", ["g++"], "g++", script(COMPILER_JOB, "job.cc", "-O2", "-c")),
        Job("clang++", ["clang++"], "clang", script(COMPILER_JOB, "job.cc", "-O1", "-c")),
        Job("git_log", ["git"], "git", git("log", "-p", "--stat", "-25")),
        Job("git_status", ["git"], "git", git("status", "--ignored")),
        Job("git_gc", ["git"], "git", git("gc", "-q", "--aggressive")),
        Job("sqlite3", ["sqlite3"], "sqlite3", sql),
    ]  # fmt: skip


def sequence_names():
    return [*REPRODUCERS, "server", *(job.name for job in jobs())]


def names_in(text, known, what):
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in known:
            raise Failure(f"{name} is no {what}. Fix: name some of {', '.join(known)}")
    if not names:
        raise Failure(f"no {what} is named. Fix: name some of {', '.join(known)}")
    return names


def environment_of(name):
    # Else Python's own allocator is all that most calls see.
    return {"PYTHONMALLOC": "malloc"} if name in ("python", "http_python") else {}


class Recorder:
    """Makes unpacked traces, NAME.trace, in `folder`."""

    def __init__(self, folder, binaries):
        self.folder = folder
        self.library = binaries / "tools/trace/librecorder.so"
        self.packer = binaries / "tools/trace/trace"
        self.binaries = binaries

    def trace_of(self, job):
        """The recorded one, if it is there."""
        trace = self.folder / f"{job.name}.trace"
        if not trace.exists():
            print(f"recording {job.name}", file=sys.stderr, flush=True)
            self._record(job)
        return trace

    def _record(self, job):
        if not job.program:
            raise Failure(f"{job.name} is not installed. Fix: apt-get install {job.package}")
        work = self.folder / f"{job.name}.work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            environment = {
                "LC_ALL": "C",
                "LD_PRELOAD": str(self.library),
                "WORKBOOK_TRACE": str(work / "raw"),
                **environment_of(job.name),
            }
            job.record(work, environment)
            self._pack(job.name, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _pack(self, name, work):
        raw = max(work.glob("raw.*"), key=lambda path: path.stat().st_size, default=None)
        if raw is None or raw.stat().st_size < RAW_EVENT_BYTES:
            raise Failure(
                f"{name}: nothing was recorded. Fix: leave it out by --only; a program that is "
                f"linked statically can't be recorded"
            )
        # A process that ended by _exit may have left part of an event.
        events = min(raw.stat().st_size // RAW_EVENT_BYTES, MAX_EVENTS)
        os.truncate(raw, events * RAW_EVENT_BYTES)
        packed = work / "packed.gz"
        output_of([self.packer, "pack", raw, packed], work)
        unpacked = work / "unpacked"
        unpacked.write_bytes(gzip.decompress(packed.read_bytes()))
        unpacked.replace(self.folder / f"{name}.trace")

    def server(self):
        """Our own: a heap of generations, as a JVM's that is not its own allocator."""
        server = self.binaries / "solutions/01_01/trials/server"
        return Job("server", [str(server)], "", lambda program, _: [program])

    def reproducer(self, mode):
        reproducers = self.binaries / "solutions/01_01/trials/reproducers"
        return Job(mode, [str(reproducers)], "", lambda program, _: [program, mode, "first"])
