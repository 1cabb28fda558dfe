#!/usr/bin/env python3
"""Sweeps over MPI ranks: the same bits as by one process, over tcp too; a warning; a killed rank; a full disk; the bar.

usage: test_mpi.py NACRE REPOSITORY
Exit code 77 where there is no mpirun, or the program was built without MPI. Needs h5py and numpy.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from test_sweep import Bench, expect, points_of, same, seen_on_terminal, wait_until_begun

MPI = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
TCP = ("--mca", "osc", "pt2pt", "--mca", "btl", "self,tcp")


def skip(why):
    print(f"SKIPPED: {why}", flush=True)
    sys.exit(77)


def command_of(bench, ranks, output, *options, launcher=()):
    return ["mpirun", "--oversubscribe", "-n", str(ranks), *launcher, *bench.command(output, "--backend", "mpi", *options)]


def launch(bench, ranks, output, *options, launcher=()):
    command = command_of(bench, ranks, output, *options, launcher=launcher)
    return subprocess.Popen(command, env=MPI, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def check_equal(bench, reference):
    for ranks, threads, launcher in ((1, 1, ()), (2, 1, ()), (4, 1, ()), (2, 2, ()), (4, 1, TCP)):
        output = bench.folder / "ranks.h5"
        run = launch(bench, ranks, output, "-j", str(threads), launcher=launcher)
        text, error = run.communicate(timeout=300)
        what = f"{ranks} ranks of {threads} threads{' over tcp' if launcher else ''}"
        if run.returncode != 0:
            expect(False, f"{what}: exit {run.returncode}\n{text}{error}")
        expect(same(reference, output), f"same bits by {what}")
        output.unlink()


def check_warning(bench, reference):
    output = bench.folder / "warned.h5"
    run = launch(bench, 2, output)
    wait_until_begun(output)
    run.send_signal(signal.SIGUSR1)  # mpirun passes it on
    run.communicate(timeout=60)
    expect(run.returncode == 75 and points_of(f"{output}.parts"), f"ranks that are warned save and exit with 75: {run.returncode}")
    expect(launch(bench, 2, output, "--resume").wait(timeout=300) == 0 and same(reference, output), "and go on, same bits")


def ranks_of(run):
    found = subprocess.run(["pgrep", "-P", str(run.pid)], capture_output=True, text=True).stdout.split()
    return [int(number) for number in found]


def check_killed_rank(bench, reference):
    """mpirun ends the job; what finished shards hold is kept."""
    output = bench.folder / "killed.h5"
    run = launch(bench, 2, output)
    wait_until_begun(output, 2)
    ranks = ranks_of(run)
    expect(len(ranks) == 2, "two ranks run")
    os.kill(ranks[1], signal.SIGKILL)
    run.communicate(timeout=60)
    held = set(points_of(f"{output}.parts"))
    expect(run.returncode != 0, f"a killed rank ends the job; {len(held)} points are kept")
    again = launch(bench, 2, output, "--resume", "--keep-parts")
    again.communicate(timeout=300)
    ids = points_of(f"{output}.parts")
    expect(again.returncode == 0 and len(ids) == bench.points and held <= set(ids), "none of them is computed again")
    expect(same(reference, output), "same bits")


def check_refusal(bench):
    """One rank finds out that it cannot go on: no other may wait for it for ever."""
    run = launch(bench, 2, bench.folder / "no" / "such" / "folder.h5")
    error = run.communicate(timeout=60)[1]
    expect(run.returncode == 2 and "an existing folder" in error, "a place that cannot be written ends all ranks")


def check_shown(bench):
    """Standard error of a rank is a pipe; the terminal is mpirun's."""
    code, text = seen_on_terminal(command_of(bench, 2, bench.folder / "bar.h5"), env=MPI)
    expect(code == 0 and "[#" in text and " left" in text, "a terminal shows one bar of all ranks")
    run = launch(bench, 2, bench.folder / "summary.h5")
    text, error = run.communicate(timeout=300)
    expect(f"{bench.points} points computed" in text and text.count("slow:") == 3 and "[#" not in error,
           "one summary of all ranks")


def check_ctrl_c(bench, reference):
    """mpirun answers Ctrl-C with SIGTERM and, a second later, SIGKILL: what was finished by then is saved at once."""
    output = bench.folder / "stopped.h5"
    run = launch(bench, 2, output)
    wait_until_begun(output)
    sent = time.monotonic()
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=60)
    waited = time.monotonic() - sent
    held = set(points_of(f"{output}.parts"))
    expect(run.returncode != 0 and held and waited < 5, f"Ctrl-C: {len(held)} points saved, exit {run.returncode} after {waited:.1f} s")
    expect(launch(bench, 2, output, "--resume").wait(timeout=300) == 0 and same(reference, output), "and go on, same bits")


def check_full_disk(bench, reference):
    disk = bench.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True)
    if mounted.returncode != 0:
        print("SKIPPED: a full disk needs a file system of its own, and this user may not mount one", flush=True)
        return
    try:
        for level in range(5):
            output, ballast = disk / "x.h5", disk / "ballast"
            ballast.write_bytes(b"x" * (2 * 1024 * 1024 - 4096 * (3 + 10 * level)))
            run = launch(bench, 2, output, "--quiet")
            error = run.communicate(timeout=120)[1]
            what = f"a disk that is full for ranks (level {level})"
            if run.returncode != 4 or "no space left" not in error or str(disk) not in error:
                expect(False, f"{what}: exit {run.returncode}\n{error}")
            held = set(points_of(f"{output}.parts"))
            ballast.unlink()
            again = launch(bench, 2, output, "--resume", "--quiet", "--keep-parts")
            error = again.communicate(timeout=120)[1]
            ids = points_of(f"{output}.parts")
            if again.returncode != 0 or len(ids) != bench.points or not held <= set(ids) or not same(reference, output):
                expect(False, f"{what}: {len(held)} points kept, exit {again.returncode}, {len(ids)} points\n{error}")
            shutil.rmtree(f"{output}.parts")
            output.unlink()
        expect(True, "a disk full for ranks, 5 fill levels: exit 4, nothing lost, same bits after --resume")
    finally:
        subprocess.run(["umount", disk], check=False)


def main():
    program = sys.argv[1]
    if shutil.which("mpirun") is None:
        skip("there is no mpirun")
    with tempfile.TemporaryDirectory(prefix="nacre-mpi-") as folder:
        small, large = pathlib.Path(folder) / "small", pathlib.Path(folder) / "large"
        small.mkdir()
        large.mkdir()
        bench = Bench(program, small, 10)
        built = subprocess.run(bench.command(small / "x.h5", "--backend", "mpi", "--dry-run"), capture_output=True, text=True)
        if built.returncode != 0 and "no MPI" in built.stderr:
            skip("this program was built without MPI")
        bench.run(small / "reference.h5")
        check_equal(bench, small / "reference.h5")
        check_refusal(bench)
        check_full_disk(bench, small / "reference.h5")
        bench = Bench(program, large, 100)
        bench.run(large / "reference.h5")
        check_warning(bench, large / "reference.h5")
        check_killed_rank(bench, large / "reference.h5")
        check_ctrl_c(bench, large / "reference.h5")
        check_shown(bench)


if __name__ == "__main__":
    main()
