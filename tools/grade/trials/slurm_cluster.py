#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Grades a class on a Slurm of two nodes, all on this machine, and harms it meanwhile.

    sudo python3 tools/grade/trials/slurm_cluster.py --out FOLDER
        [--exercises 02_01,03_01,03_06] [--submissions 200] [--kills 6] [--seed 1]

Starts munge, slurmctld and two slurmd with a configuration of their own below FOLDER
(Debian: apt-get install slurm-wlm munge). A class of mutant_class.py is
graded on one machine first, then by `grade --slurm`, while at random moments a slurmd
or the controller is killed and started again, tasks are requeued, jobs are run a second
time beside the array, and results are taken away, and the grader itself is killed and
started again. In the end both gradebooks must be the same, byte for byte but for the
seconds that things took. Ends only what it started. Exit code 0 when they are.
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import time

import mutant_class

ROOT = pathlib.Path(__file__).resolve().parents[3]

CONFIGURATION = """\
ClusterName=workbook
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmctldPidFile={folder}/slurmctld.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdPidFile={folder}/slurmd.%n.pid
SlurmdLogFile={folder}/slurmd.%n.log
SlurmdSpoolDir={folder}/spool.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
ReturnToService=2
SlurmdTimeout=20
MessageTimeout=20
KillWait=5
MinJobAge=60
JobRequeue=1
MpiDefault=none
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={first} CPUs=1 RealMemory=4096
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={second} CPUs=1 RealMemory=4096
PartitionName=teaching Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """The daemons; close() ends them, and nothing else."""

    def __init__(self, folder):
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("state", "spool.n1", "spool.n2"):
            (folder / name).mkdir(parents=True)
        port, first, second = free_ports(3)
        self.configuration = folder / "slurm.conf"
        self.configuration.write_text(CONFIGURATION.format(
            folder=folder, host=socket.gethostname().split(".")[0], port=port,
            first=first, second=second))
        self.environment = dict(os.environ, SLURM_CONF=str(self.configuration))
        self.running = {}
        self._start_munge()
        for name in ("controller", "n1", "n2"):
            self.start(name)
        self._await_nodes()

    def _start_munge(self):
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        # It refuses a socket below a folder that others can write to.
        self.folder.chmod(0o755)
        self.running["munge"] = subprocess.Popen(
            ["munged", "--foreground", "--force", f"--key-file={key}",
             f"--socket={self.folder}/munge.socket", f"--pid-file={self.folder}/munge.pid",
             f"--seed-file={self.folder}/munge.seed", f"--log-file={self.folder}/munge.log"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._await(lambda: (self.folder / "munge.socket").exists(), "munge does not start")

    def start(self, name):
        command = ["slurmctld", "-D"] if name == "controller" else ["slurmd", "-D", "-N", name]
        with open(self.folder / f"{name}.out", "ab") as log:
            self.running[name] = subprocess.Popen(
                command + ["-f", str(self.configuration)], env=self.environment,
                stdout=log, stderr=log)

    def kill(self, name):
        self.running[name].send_signal(signal.SIGKILL)
        self.running[name].wait()

    def ask(self, *command):
        run = subprocess.run(command, env=self.environment, capture_output=True, text=True,
                             timeout=60, check=False)
        return run.stdout if run.returncode == 0 else ""

    @staticmethod
    def _await(holds, complaint, seconds=60):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise SystemExit(f"slurm_cluster: {complaint}")
            time.sleep(0.3)

    def _await_nodes(self):
        self._await(lambda: self.ask("sinfo", "-h", "-N", "-o", "%t").split() == ["idle"] * 2,
                    f"the nodes do not come up; see {self.folder}/*.log")

    def close(self):
        for process in reversed(list(self.running.values())):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def grade(exercise, inbox, out, more, environment):
    return subprocess.Popen(
        ["./workbook", "grade", "--exercise", exercise, "--submissions", str(inbox),
         "--out", str(out), *more], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=open(f"{out}.log", "ab"), stderr=subprocess.STDOUT)


def gradebook(out):
    """The bytes of all exports that students and instructors get."""
    names = ["result.json", "junit.xml", "class.html"]
    names += sorted(str(path.relative_to(out)) for kind in ("gradescope", "feedback")
                    for path in (out / kind).glob("*"))
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names}


def harm(cluster, jobs, chance):
    """One misfortune, and its name."""
    kind = chance.choice(["controller", "n1", "n2", "requeue", "twice", "lost"])
    if kind in ("controller", "n1", "n2"):
        cluster.kill(kind)
        time.sleep(chance.uniform(1, 25))
        cluster.start(kind)
    elif kind == "requeue":
        running = cluster.ask("squeue", "-h", "-r", "-t", "R", "-o", "%i").split()
        if running:
            cluster.ask("scontrol", "requeue", chance.choice(running))
    elif kind == "twice":
        files = sorted((jobs / "jobs").glob("*.json"))
        if files:
            subprocess.run(["./workbook", "run-job", str(chance.choice(files))], cwd=ROOT,
                           capture_output=True, timeout=600, check=False)
    else:
        results = sorted((jobs / "results").glob("*.json"))
        if results:
            chance.choice(results).unlink(missing_ok=True)
    return kind


def grade_harmed(cluster, exercise, inbox, out, options, chance):
    """Until it ends by itself; returns what was done to it."""
    more = ["--slurm", "--partition", "teaching", "--nodes", "2"]
    done = []
    process = grade(exercise, inbox, out, more, cluster.environment)
    while process.poll() is None:
        try:
            process.wait(chance.uniform(5, options.pause) if len(done) < options.kills else None)
            break
        except subprocess.TimeoutExpired:
            pass
        if chance.random() < 0.25:
            process.kill()
            process.wait()
            done.append("grader")
            process = grade(exercise, inbox, out, more, cluster.environment)
        else:
            done.append(harm(cluster, out / "slurm", chance))
        print(f"  {exercise}: {done[-1]}", flush=True)
    if process.returncode != 0:
        raise SystemExit(f"slurm_cluster: the grader failed; see {out}.log")
    return done


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--exercises", default="02_01,03_01,03_06")
    parser.add_argument("--submissions", type=int, default=200, help="of all exercises")
    parser.add_argument("--kills", type=int, default=6, help="misfortunes an exercise")
    parser.add_argument("--pause", type=float, default=60, help="longest pause, seconds")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for program in ("munged", "slurmctld", "slurmd", "patch"):
        if not shutil.which(program):
            parser.error(f"no {program}: apt-get install slurm-wlm munge patch")
    if os.geteuid() != 0:
        parser.error("slurmd needs root: start it with sudo")
    return options


def main():
    options = read_options()
    chance = random.Random(options.seed)
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    exercises = options.exercises.split(",")
    wrong = 0
    cluster = None
    try:
        for at, exercise in enumerate(exercises):
            count = options.submissions * (at + 1) // len(exercises) - \
                options.submissions * at // len(exercises)
            inbox = options.out / f"{exercise}.inbox"
            shutil.rmtree(inbox, ignore_errors=True)
            mutant_class.make_wrong(mutant_class.Course(exercise), inbox, count)
            alone, shared = options.out / f"{exercise}.alone", options.out / f"{exercise}.slurm"
            for out in (alone, shared):
                shutil.rmtree(out, ignore_errors=True)
            started = time.monotonic()
            if grade(exercise, inbox, alone, [], dict(os.environ)).wait() != 0:
                raise SystemExit(f"slurm_cluster: the grader failed; see {alone}.log")
            seconds = time.monotonic() - started
            cluster = cluster or Cluster(options.out / "cluster")
            started = time.monotonic()
            done = grade_harmed(cluster, exercise, inbox, shared, options, chance)
            one, other = gradebook(alone), gradebook(shared)
            differ = [name for name in one if one[name] != other.get(name)]
            wrong += len(differ) + (set(one) != set(other))
            print(f"{exercise}: {count} submissions, alone {seconds:.0f} s, by Slurm "
                  f"{time.monotonic() - started:.0f} s with {len(done)} misfortunes "
                  f"({', '.join(done)}); {len(one)} files, {len(differ)} differ", flush=True)
            for name in differ[:10]:
                print(f"  differs: {name}")
    finally:
        if cluster:
            cluster.close()
    print(json.dumps({"exercises": exercises, "submissions": options.submissions, "differ": wrong}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
