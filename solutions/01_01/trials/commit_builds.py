# SPDX-License-Identifier: Apache-2.0

"""Builds of other commits, in a worktree and a Bazel server that do not stay."""

import os
import pathlib
import shutil
import stat
import subprocess
import tempfile

import measuring
from course_copy import Failure, bazel, output_of
from measuring import ROOT


def commit_of(revision):
    """The hash of what the revision names."""
    found = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if found.returncode != 0:
        raise Failure(
            f"{revision} is no commit of this repository. Fix: git fetch, or look at git log"
        )
    return found.stdout.strip()


def need_clean_checkout():
    status = output_of(["git", "status", "--porcelain", "--untracked-files=no"], ROOT)
    changed = status.splitlines()
    if changed:
        raise Failure(
            f"{len(changed)} files differ from the last commit, such as {changed[0][3:]}: "
            f"neither side would have these changes. Fix: git commit, or git stash"
        )


class CommitBuilds:
    """Checks commits out, one after the other, and builds them with -c opt."""

    def __init__(self):
        self._folder = None

    def __enter__(self):
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="workbook-trial-"))
        self._tree = self._folder / "tree"
        self._startup = [f"--output_base={self._folder / 'bazel'}"]
        return self

    def __exit__(self, *_):
        quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if self._tree.exists():
            subprocess.run([bazel(), *self._startup, "shutdown"], **{**quiet, "cwd": self._tree})
            subprocess.run(["git", "worktree", "remove", "--force", str(self._tree)], **quiet)
        self._remove_folder()
        subprocess.run(["git", "worktree", "prune"], **quiet)

    def _remove_folder(self):
        """Bazel's folders are not writable."""
        for folder, names, _ in os.walk(self._folder):
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    os.chmod(path, stat.S_IRWXU)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _check_out(self, revision):
        commit = commit_of(revision)
        if self._tree.exists():
            output_of(["git", "checkout", "--quiet", "--detach", commit], self._tree)
            return
        output_of(["git", "worktree", "add", "--quiet", "--detach", self._tree, commit], ROOT)
        # The caches of this machine.
        own = ROOT / ".bazelrc.user"
        if own.exists():
            shutil.copy(own, self._tree)

    def build(self, revision, target, file, copts=()):
        """A copy of `file`, a path in bazel-bin that the target makes."""
        self._check_out(revision)
        options = [f"--copt={flag}" for flag in copts]
        try:
            binaries = measuring.build([target], self._tree, self._startup, options)
            name = f"{commit_of(revision)[:12]}{''.join(copts)}-{pathlib.Path(file).name}"
            built = self._folder / name
            shutil.copy(binaries / file, built)
        except (Failure, OSError) as error:
            raise Failure(
                f"{target} of {revision} does not build. Fix: name another commit.\n{error}"
            ) from error
        return built


def preload_of(builds, revision, copts=()):
    return builds.build(revision, measuring.PRELOAD, "solutions/01_01/libpreload.so", copts)
