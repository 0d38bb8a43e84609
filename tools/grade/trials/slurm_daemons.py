# SPDX-License-Identifier: Apache-2.0
"""A Slurm of two nodes, all of it on this machine, on ports of its own."""

import os
import shutil
import signal
import socket
import subprocess
import time

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

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol")


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """The daemons; close() ends them and what they started, and nothing else."""

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
        try:
            self._start_munge()
            for name in ("controller", "n1", "n2"):
                self.start(name)
            self._await(lambda: self.ask("sinfo", "-h", "-N", "-o", "%t").split() == ["idle"] * 2,
                        f"the nodes do not come up; see {self.folder}/*.log")
        except BaseException:
            self.close()
            raise

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

    def close(self):
        """Returns the command lines of processes that had to be killed."""
        if all(process.poll() is None for process in self.running.values()):
            for job in self.ask("squeue", "-h", "-o", "%A").split():
                self.ask("scancel", job)
            time.sleep(1)
        for process in reversed(list(self.running.values())):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        return self._kill_what_is_left()

    def _kill_what_is_left(self):
        """Tasks whose daemon was killed; they have this configuration's name."""
        left = []
        mark = str(self.configuration).encode()
        for entry in os.scandir("/proc"):
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                with open(f"/proc/{entry.name}/cmdline", "rb") as file:
                    words = file.read()
                with open(f"/proc/{entry.name}/environ", "rb") as file:
                    is_ours = mark in words or b"SLURM_CONF=" + mark in file.read()
                if is_ours:
                    os.kill(int(entry.name), signal.SIGKILL)
                    left.append(words.replace(b"\0", b" ").decode(errors="replace").strip())
            except OSError:
                continue
        return left
