#!/usr/bin/env python3
"""The script that `nacre sweep --slurm` prints, on a real Slurm of one machine: an array, a warned task, a merge.

usage: test_slurm.py NACRE REPOSITORY
Exit code 77 where Slurm is not installed or cannot start, or this user is not root. Needs h5py and numpy.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from test_sweep import Bench, expect, points_of, same

NEEDS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue")


def skip(why):
    print(f"SKIPPED: {why}", flush=True)
    sys.exit(77)


class Cluster:
    def __init__(self, repository, folder):
        self.script, self.folder = pathlib.Path(repository) / "tools" / "slurm" / "local", pathlib.Path(folder)

    def __enter__(self):
        started = subprocess.run([self.script, "start", self.folder], capture_output=True, text=True)
        if started.returncode != 0:
            for log in self.folder.glob("*.log"):
                print(log.name, log.read_text()[-2000:], sep="\n")
            skip(f"this machine does not let Slurm's daemons run: {started.stdout}{started.stderr}")
        self.environment = {**os.environ, "SLURM_CONF": str(self.folder / "slurm.conf")}
        return self

    def __exit__(self, *_):
        subprocess.run([self.script, "stop", self.folder], check=False)

    def run(self, *command, **options):
        return subprocess.run(command, env={**self.environment, **options}, capture_output=True, text=True, check=True).stdout

    def jobs(self):
        """Lines "ID STATE" of what waits or runs."""
        return self.run("squeue", "-h", "-r", "-o", "%i %T").splitlines()

    def wait(self, seconds):
        end = time.monotonic() + seconds
        while self.jobs():
            if time.monotonic() > end:
                sys.exit(f"jobs did not end: {self.run('squeue', '-r')}")
            time.sleep(0.5)


def submit(cluster, bench, output, tasks):
    script = bench.folder / "submit.sh"
    script.write_text(bench.run(output, "--slurm", str(tasks), "-j", "1").stdout)
    path = f"{os.path.dirname(bench.program)}:{os.environ['PATH']}"
    return cluster.run("bash", str(script), PATH=path)


def log_of(output):
    return "\n".join(f"{log}: {log.read_text()}" for log in pathlib.Path(output).parent.glob("*.log"))


def check_array(cluster, bench, reference):
    output = bench.folder / "array.h5"
    submit(cluster, bench, output, 4)
    cluster.wait(200)
    if not output.exists():
        expect(False, f"the merge job made the file\n{log_of(output)}")
    expect(same(reference, output), "an array of 4 and its merge job: same bits as a local run")


def check_requeue(cluster, bench, reference):
    output = bench.folder / "requeued.h5"
    submit(cluster, bench, output, 2)
    warned = ""
    for _ in range(100):
        running = [line.split()[0] for line in cluster.jobs() if line.endswith("RUNNING") and "_" in line]
        if running and pathlib.Path(f"{output}.parts").is_dir():
            warned = running[0]
            break
        time.sleep(0.1)
    expect(warned, "a task runs")
    time.sleep(0.5)
    cluster.run("scancel", "--signal=USR1", "--batch", warned)  # as Slurm does before the time limit
    cluster.wait(300)
    if not output.exists():
        expect(False, f"the merge job made the file\n{log_of(output)}")
    number = warned.split("_")[1]
    log = pathlib.Path(f"{output}.{number}.log").read_text()
    expect("interrupted" in log and "share" in log, "a warned task saved, queued again and ended well")
    expect(same(reference, output), "same bits")


def main():
    program, repository = sys.argv[1:3]
    missing = [name for name in NEEDS if shutil.which(name) is None]
    if missing:
        skip(f"no {' '.join(missing)}: apt-get install slurmctld slurmd slurm-client munge")
    if os.geteuid() != 0:
        skip("only root can start Slurm's daemons")
    with tempfile.TemporaryDirectory(prefix="nacre-slurm-") as folder:
        os.chmod(folder, 0o755)
        work = pathlib.Path(folder) / "work"
        work.mkdir()
        bench = Bench(program, work, 100)
        reference = work / "reference.h5"
        bench.run(reference)
        with Cluster(repository, pathlib.Path(folder) / "cluster") as cluster:
            check_array(cluster, bench, reference)
            check_requeue(cluster, bench, reference)


if __name__ == "__main__":
    main()
