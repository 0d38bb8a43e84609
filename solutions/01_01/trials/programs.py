# SPDX-License-Identifier: Apache-2.0

"""The programs that are recorded: what each is to do, and where its package is."""

import socket

from course_copy import output_of
from measuring import REPRODUCERS, ROOT
from recordings import Job, WebServer

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
    # Else Python's own allocator is all that most of its calls see.
    plain = {"PYTHONMALLOC": "malloc"}
    return [
        Job("java", ["java"], "openjdk-17-jdk-headless",
            script(JAVA_JOB, "Job.java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                   "-XX:CICompilerCount=1", "-Xmx256m")),
        WebServer("http_python", ["python3"], "python3", python_server, plain),
        WebServer("lighttpd", ["lighttpd"], "lighttpd", configured(LIGHTTPD_SETTINGS, "-D", "-f")),
        WebServer("nginx", ["nginx"], "nginx-light", configured(NGINX_SETTINGS, "-c")),
        Job("grep", ["grep"], "grep", grep("-rnE")),
        Job("ripgrep", ["rg"], "ripgrep", grep("-n", "--no-ignore")),
        Job("python", ["python3"], "python3", script(PYTHON_JOB, "job.py"), plain),
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
