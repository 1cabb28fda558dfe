#!/usr/bin/env python3
"""Runs the program's sweeps as users and clusters do: kills, signals, full disks, shares, a Slurm array without Slurm.

usage: test_sweep.py NACRE REPOSITORY [--kills N] [--only kills]
What a kill -9 at a random moment must not do: lose a point of a finished shard, have it computed again, change a number.
CI deals 50 of them; `test_sweep.py NACRE . --only kills --kills 1000` a thousand, in half an hour.
Exit code 77 when nothing could be tested here. Needs h5py and numpy.
"""
import argparse
import glob
import os
import pathlib
import pty
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import h5py
import numpy

SWEEP = """schema = 1
base = "case.toml"
[[axis]]
key = "sizes.mean"
from = "3 nm"
to = "12 nm"
count = 30
[[axis]]
key = "confinement.temperature"
from = "80 K"
to = "300 K"
count = {temperatures}
[keep]
scalars = ["pl_peak", "pl_fwhm", "stokes_shift"]
[[keep.curve]]
name = "photoluminescence"
from = "1.5 eV"
to = "4.5 eV"
points = 100
outside = "zero"
"""
CASE = """schema = 1
[material]
composition = "CsPbBr3"
[sizes]
source = "given"
mean = "5 nm"
standard_deviation = "0.5 nm"
[confinement]
"""


def expect(condition, sentence):
    if not condition:
        sys.exit(f"FAILED: {sentence}")
    print(f"ok: {sentence}", flush=True)


def files_of(folder):
    return sorted(os.path.basename(p) for p in glob.glob(f"{folder}/*.h5") if not p.endswith("plan.h5"))


def points_of(folder):
    """The id of every point in the shards of a folder, with repetitions."""
    ids = []
    for name in files_of(folder):
        with h5py.File(f"{folder}/{name}") as shard:
            ids += shard["point"][()].astype(int).tolist()
    return ids


def same(first, second):
    """Whether two merged files hold the same bits outside /provenance."""
    with h5py.File(first) as a, h5py.File(second) as b:
        if set(a) != set(b):
            return False
        for name in set(a) - {"provenance"}:
            x, y = a[name][()], b[name][()]
            if (x != y) if isinstance(x, bytes) else (x.tobytes() != y.tobytes()):
                return False
    return True


def wait_until_begun(output, seconds=1.0):
    """Until a sweep that was started has its folder, and some time longer."""
    end = time.monotonic() + 60
    while not os.path.isdir(f"{output}.parts"):
        if time.monotonic() > end:
            sys.exit(f"FAILED: no sweep began to write {output}")
        time.sleep(0.02)
    time.sleep(seconds)


class Bench:
    """A program, a folder with a sweep in it, and how to run one on the other."""

    def __init__(self, program, folder, temperatures):
        self.program, self.folder = program, pathlib.Path(folder)
        (self.folder / "case.toml").write_text(CASE)
        (self.folder / "sweep.toml").write_text(SWEEP.format(temperatures=temperatures))
        self.points = 30 * temperatures

    def command(self, output, *options):
        return [self.program, "sweep", str(self.folder / "sweep.toml"), "-o", str(output), *options]

    def run(self, output, *options, code=0, **more):
        done = subprocess.run(self.command(output, *options), capture_output=True, text=True, timeout=300, **more)
        if done.returncode != code:
            sys.exit(f"{' '.join(self.command(output, *options))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def start(self, output, *options, **more):
        return subprocess.Popen(self.command(output, *options), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)


def check_equal(bench, reference):
    for backend, threads in (("serial", 1), ("threads", 1), ("threads", 2), ("threads", 4), ("threads", 8),
                             *((backend, threads) for backend in ("openmp", "tbb") for threads in (1, 2, 4, 8))):
        output = bench.folder / f"{backend}{threads}.h5"
        bench.run(output, "--backend", backend, "-j", str(threads), "--quiet")
        expect(same(reference, output), f"same bits by {backend} with {threads}")


def check_kills(bench, reference, kills):
    """Kills runs of one sweep at random moments until it is complete, then begins anew, until `kills` were dealt."""
    output, parts = bench.folder / "killed.h5", bench.folder / "killed.h5.parts"
    chance = random.Random(1)
    dealt = rounds = lost = 0
    while dealt < kills:
        held = set()
        for attempt in range(1000):
            run = bench.start(output, "--resume", "--quiet", "--keep-parts")
            try:
                run.wait(timeout=chance.uniform(0.01, 1.8))
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                dealt += 1
                if dealt % 100 == 0:
                    print(f"{dealt} kills in {rounds} complete sweeps and a part, {lost} shards lost", flush=True)
            run.wait()
            now = set(files_of(parts)) if parts.is_dir() else set()
            lost += len(held - now)
            held = now
            if run.returncode == 0:
                break
            if dealt >= kills:
                bench.run(output, "--resume", "--quiet", "--keep-parts")
                break
        rounds += 1
        ids = points_of(parts)
        if sorted(ids) != list(range(bench.points)):
            expect(False, f"no point of a finished shard was computed again ({len(ids)} of {bench.points})")
        if not same(reference, output):
            expect(False, "a killed and resumed sweep holds the same bits")
        shutil.rmtree(parts)
        output.unlink()
    expect(lost == 0, f"{dealt} kills in {rounds} rounds: no shard lost, no point computed again, same bits")


def check_signals(bench, reference):
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGUSR1, 75)):
        output = bench.folder / f"signal{code}.h5"
        run = bench.start(output)
        wait_until_begun(output, 0.5)
        sent = time.monotonic()
        run.send_signal(number)
        message = run.communicate(timeout=60)[1].decode()
        waited = time.monotonic() - sent
        expect(run.returncode == code and waited < 5 and "--resume" in message, f"{number.name}: exit {code} after {waited:.2f} s")
        expect(points_of(f"{output}.parts"), f"{number.name}: open shards were saved")
        expect(not output.exists(), f"{number.name}: no half result")
        refused = bench.run(output, code=2)
        expect("--resume" in refused.stderr, "a sweep that was begun is not begun again by chance")
        bench.run(output, "--resume")
        expect(same(reference, output), f"{number.name}: resumed, same bits")
    bench.run(bench.folder / "signal75.h5", "--resume")  # complete already


DEAR = """schema = 1
base = "{case}"
variant = "ln"
axis = [{{key = "synthesis.unknowns", values = [50000]}}, {{key = "synthesis.relative_tolerance", values = [1e-8]}},
        {{key = "synthesis.largest_edge", values = ["500 nm"]}},
        {{key = "synthesis.precursor", from = "0.5 mol/m3", to = "1 mol/m3", count = 4}}]
[keep]
scalars = ["size_mean"]
"""


def check_patience(bench, repository):
    """Points of minutes are not waited for."""
    sweep = bench.folder / "dear.toml"
    sweep.write_text(DEAR.format(case=pathlib.Path(repository).resolve() / "scenarios/cases/peng2022.toml"))
    run = subprocess.Popen([bench.program, "sweep", sweep, "-o", bench.folder / "dear.h5"], stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, text=True)
    wait_until_begun(bench.folder / "dear.h5")
    sent = time.monotonic()
    run.terminate()
    message = run.communicate(timeout=60)[1]
    waited = time.monotonic() - sent
    expect(run.returncode == 143 and waited < 5 and "under way are lost" in message, f"points of minutes: exit 143 after {waited:.1f} s")


def check_changes(bench):
    output = bench.folder / "changed.h5"
    bench.run(output, "--shard", "1/2")
    case = bench.folder / "case.toml"
    case.write_text(CASE.replace("0.5 nm", "0.6 nm"))
    refused = bench.run(output, "--resume", code=2)
    expect("another sweep" in refused.stderr, "a changed case is not gone on with")
    case.write_text(CASE)
    damaged = bench.folder / "changed.h5.parts" / files_of(f"{output}.parts")[0]
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    verified = subprocess.run([bench.program, "verify", f"{output}.parts"], capture_output=True, text=True)
    expect(verified.returncode == 2 and damaged.name in verified.stderr, "verify names a damaged shard")
    bench.run(output, "--resume")
    expect(subprocess.run([bench.program, "verify", output]).returncode == 0, "and resume computes its points again")


def check_data(bench, repository):
    """Data that changed, in a word or in a table, are not gone on with."""
    mine = bench.folder / "mine"
    shutil.copytree(pathlib.Path(repository) / "models/data", mine)
    output = bench.folder / "data.h5"

    def sweep(*options, code=0):
        command = [bench.program, "--data", str(mine), *bench.command(output, *options, "--quiet")[1:]]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != code:
            sys.exit(f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stderr

    sweep("--shard", "1/2")
    for name, old, new in (("materials/CsPbBr3.toml", '"cube"', '"sphere"'), ("cie/cie1931_2deg_5nm.csv", "0.0", "0.1")):
        file = mine / name
        text = file.read_text()
        if old not in text:
            sys.exit(f"{name} holds no {old}")
        file.write_text(text.replace(old, new, 1))
        expect("data that changed" in sweep("--shard", "2/2", "--resume", code=2), f"a changed {name} is not gone on with")
        file.write_text(text)
    sweep("--shard", "2/2", "--resume")
    script = subprocess.run([bench.program, "--data", str(mine), *bench.command(output, "--slurm", "2")[1:]],
                            capture_output=True, text=True, check=True).stdout
    expect(f"nacre --data '{mine}' sweep" in script, "a script for Slurm passes --data on")


def check_outputs(bench, reference):
    """What the result may be, and how it is looked at."""
    case = bench.folder / "case.toml"
    bench.run(case, code=2)
    expect(case.read_text() == CASE, "the case is not overwritten by the result")
    bench.run("/dev/null", code=2)
    expect(not os.path.exists("/dev/null.parts"), "a device is refused before anything is made")
    limited = subprocess.run(["bash", "-c", 'ulimit -f 40; exec "$@"', "bash", *bench.command(bench.folder / "limit.h5", "--quiet")],
                             capture_output=True, text=True)
    expect(limited.returncode == 4 and "--resume" in limited.stderr, "a limit on the size of files: exit 4, no signal")
    tables = bench.folder / "tables"
    subprocess.run([bench.program, "export", reference, "--csv", tables], check=True, capture_output=True)
    expect((tables / "root-point.csv").exists() and (tables / "failures.txt").read_text() == "", "a sweep is exported")
    shown = subprocess.run([bench.program, "show", reference], check=True, capture_output=True, text=True).stdout
    expect("failures" in shown and "none" in shown, "and shown, with the reasons of failures")
    merged = bench.folder / "finished.h5"
    bench.run(merged, "--quiet")
    case.write_text(CASE.replace("0.5 nm", "0.6 nm"))
    refused = bench.run(merged, "--resume", code=2)
    expect("changed since" in refused.stderr and same(reference, merged), "a finished file of another case is not gone on with")
    case.write_text(CASE)


def check_ready(bench, repository):
    """A few points of every sweep that comes with nacre."""
    for path in sorted((pathlib.Path(repository) / "scenarios/sweeps").glob("*.toml")):
        output = bench.folder / f"ready-{path.stem}.h5"
        run = subprocess.run([bench.program, "sweep", path, "-o", output, "--shard", "1/24", "--quiet"], capture_output=True, text=True)
        with_failures = [name for name in files_of(f"{output}.parts") if h5py.File(f"{output}.parts/{name}")["failures"][()]]
        expect(run.returncode == 0 and not with_failures, f"ready sweep {path.stem}: no point fails{run.stderr}")


def check_verify(bench, reference, copies=300):
    """The command line over many damaged files at once: each is named, none ends the program."""
    folder = bench.folder / "damaged"
    folder.mkdir()
    data, chance = pathlib.Path(reference).read_bytes(), random.Random(2)
    for number in range(copies):
        changed = bytearray(data)
        at = chance.randrange(len(data))
        if number % 2:
            changed[at] ^= 1 << chance.randrange(8)
        else:
            del changed[at:]
        (folder / f"{number}.h5").write_bytes(changed)
    paths = sorted(folder.iterdir())
    verified = subprocess.run([bench.program, "verify", *paths, reference], capture_output=True, text=True)
    named = sum(f"{path}:" in verified.stderr for path in paths)
    expect(verified.returncode == 2 and named == copies and f"{reference}: 300 points" in verified.stdout,
           f"verify names each of {copies} damaged files, and goes on to the intact one")
    shutil.rmtree(folder)
    output = bench.folder / "part.h5"
    bench.run(output, "--shard", "1/3", "--quiet")
    incomplete = subprocess.run([bench.program, "verify", f"{output}.parts"], capture_output=True, text=True)
    expect(incomplete.returncode == 1 and "200 not computed" in incomplete.stdout, "verify tells what is not complete: exit 1")


def seen_on_terminal(command, **more):
    """What a command writes to standard error when that is a terminal."""
    ours, its = pty.openpty()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=its, **more)
    os.close(its)
    text = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # nobody writes any more
            break
        if not piece:
            break
        text += piece
    os.close(ours)
    return run.wait(), text.decode(errors="replace")


def check_bar(bench):
    code, text = seen_on_terminal(bench.command(bench.folder / "bar.h5"))
    expect(code == 0 and "[#" in text and " left" in text and "/s" in text, "a terminal shows a bar with rate and time left")
    code, text = seen_on_terminal(bench.command(bench.folder / "quiet.h5", "--quiet"))
    expect(code == 0 and not text, "--quiet shows nothing")
    told = bench.run(bench.folder / "summary.h5")
    expect("slow:" in told.stdout and "[#" not in told.stderr, "no terminal, no bar; the summary names the slowest points")


def largest_memory(command):
    """Runs a command; the most memory it held [kB]. (The usage that wait4 tells counts this program, too, before exec.)"""
    run, most = subprocess.Popen(command, stdout=subprocess.DEVNULL), 0
    while run.poll() is None:
        try:
            lines = pathlib.Path(f"/proc/{run.pid}/status").read_text().splitlines()
        except OSError:
            continue
        most = max([most] + [int(line.split()[1]) for line in lines if line.startswith("VmHWM")])
        time.sleep(0.002)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {run.returncode}")
    return most


TRIVIAL = """schema = 1
base = "trivial_case.toml"
[[axis]]
key = "sizes.mean"
from = "3 nm"
to = "12 nm"
count = {points}
[keep]
scalars = ["size_mean", "size_sd"]
"""


def check_memory(bench):
    """Points that cost next to nothing: twenty times as many take no more memory to run, verify and merge."""
    (bench.folder / "trivial_case.toml").write_text(CASE.replace("[confinement]\n", ""))
    held = {}
    for points in (2000, 40000):
        sweep, output = bench.folder / "trivial.toml", str(bench.folder / f"trivial{points}.h5")
        sweep.write_text(TRIVIAL.format(points=points))
        run = [bench.program, "sweep", str(sweep), "-o", output, "-j", "2", "--quiet", "--shard", "1/1", "--keep-parts"]
        held[points] = [largest_memory(run), largest_memory([bench.program, "verify", output])]
    grown = max(after - before for before, after in zip(held[2000], held[40000]))
    expect(grown < 30000, f"2000 and 40 000 points take {held} kB of memory")


SLURM = {
    "sbatch": '#!/bin/bash\nif [ "$1" = --parsable ]; then cat > "$FAKE/task.sh"; echo 42; '
              'else printf "%s\\n" "$@" > "$FAKE/merge.args"; fi\n',
    "scontrol": '#!/bin/bash\necho "$@" >> "$FAKE/requeued"\n',
}


def check_slurm(bench, reference):
    """Runs the printed script with stand-ins for sbatch and scontrol."""
    output, fake = bench.folder / "it's slurm.h5", bench.folder / "fake"
    fake.mkdir()
    for name, text in SLURM.items():
        (fake / name).write_text(text)
        (fake / name).chmod(0o755)
    script = fake / "submit.sh"
    script.write_text(bench.run(output, "--slurm", "3").stdout)
    path = f"{fake}:{os.path.dirname(bench.program)}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "FAKE": str(fake)}
    subprocess.run(["bash", script], env=environment, check=True)
    arguments = (fake / "merge.args").read_text()
    expect("--dependency=afterok:42" in arguments, "the merge waits for the array")
    task = {**environment, "SLURM_ARRAY_JOB_ID": "42", "SLURM_CPUS_PER_TASK": "2"}
    warned = subprocess.Popen(["bash", fake / "task.sh"], env={**task, "SLURM_ARRAY_TASK_ID": "2"},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until_begun(output, 0.5)
    warned.send_signal(signal.SIGUSR1)
    expect(warned.wait(timeout=60) == 75, "a warned task saves and exits with 75")
    expect((fake / "requeued").read_text() == "requeue 42_2\n", "and asks to be queued again")
    for number in ("1", "2", "3"):
        subprocess.run(["bash", fake / "task.sh"], env={**task, "SLURM_ARRAY_TASK_ID": number}, check=True,
                       stdout=subprocess.DEVNULL)
    wrap = next(line for line in arguments.splitlines() if line.startswith("--wrap="))
    subprocess.run(["bash", "-c", wrap[len("--wrap="):]], env=environment, check=True)
    expect(same(reference, output), "the array's merged file holds the same bits")
    output = bench.folder / "array.h5"
    for number in ("4", "6", "8"):  # without --shard: what the array variables say
        array = {"SLURM_ARRAY_TASK_ID": number, "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "4",
                 "SLURM_ARRAY_TASK_STEP": "2"}
        bench.run(output, env={**os.environ, **array})
    subprocess.run([bench.program, "merge", output], check=True, stdout=subprocess.DEVNULL)
    expect(same(reference, output), "array variables share a sweep out, too")


def from_guide(repository, after):
    """The example of the guide that follows some words."""
    text = (pathlib.Path(repository) / "docs/guide/sweeps.md").read_text()
    block = text[text.index(after):].split("```")[1]
    return block[block.index("\n") + 1:]


def check_engines(bench, reference, repository):
    """The guide's examples of GNU parallel and Snakemake, word for word."""
    path = f"{os.path.dirname(bench.program)}:{os.environ['PATH']}"
    for program, after, run in (("parallel", "GNU parallel (", ["bash", "example"]),
                                ("snakemake", "Snakemake (", ["snakemake", "--cores", "2", "--snakefile", "example"])):
        if shutil.which(program) is None:
            print(f"SKIPPED: the guide's example for {program}, which is not installed", flush=True)
            continue
        (bench.folder / "example").write_text(from_guide(repository, after))
        done = subprocess.run(run, cwd=bench.folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=300)
        expect(done.returncode == 0 and same(reference, bench.folder / "out.h5"),
               f"the guide's example for {program}: same bits{'' if done.returncode == 0 else done.stdout + done.stderr}")
        (bench.folder / "out.h5").unlink()


def check_full_disk(bench, reference):
    """A small file system, filled to 20 levels: exit 4 and a message, no finished shard lost, and on after space is made."""
    disk = bench.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True)
    if mounted.returncode != 0:
        print("SKIPPED: a full disk needs a file system of its own, and this user may not mount one", flush=True)
        return
    try:
        stops = 0
        for level in range(20):
            output, ballast = disk / "x.h5", disk / "ballast"
            ballast.write_bytes(b"x" * (2 * 1024 * 1024 - 4096 * (1 + 4 * level)))
            full = subprocess.run(bench.command(output, "--quiet"), capture_output=True, text=True, timeout=120)
            if full.returncode == 4:
                stops += 1
                if "no space left" not in full.stderr or str(disk) not in full.stderr:
                    expect(False, f"level {level}: the message names path and need: {full.stderr}")
            elif full.returncode != 0:
                expect(False, f"level {level}: exit 4 when the disk is full, not {full.returncode}: {full.stderr}")
            held = set(points_of(disk / "x.h5.parts")) if (disk / "x.h5.parts").is_dir() else set()
            ballast.unlink()
            bench.run(output, "--resume", "--quiet", "--keep-parts")
            ids = points_of(disk / "x.h5.parts") if (disk / "x.h5.parts").is_dir() else list(range(bench.points))
            if sorted(ids) != list(range(bench.points)) or not held <= set(ids) or not same(reference, output):
                expect(False, f"level {level}: resumed after space was made, nothing lost, same bits")
            shutil.rmtree(disk / "x.h5.parts", ignore_errors=True)
            output.unlink()
        expect(stops >= 15, f"20 fill levels, {stops} of them full: exit 4, nothing lost, same bits after --resume")
    finally:
        subprocess.run(["umount", disk], check=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("repository")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--only", choices=["kills"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nacre-sweep-") as folder:
        if arguments.only:
            bench = Bench(arguments.program, folder, 100)
            bench.run(bench.folder / "reference.h5")
            return check_kills(bench, bench.folder / "reference.h5", arguments.kills)
        small = pathlib.Path(folder) / "small"
        small.mkdir()
        bench = Bench(arguments.program, small, 10)
        reference = small / "reference.h5"
        bench.run(reference, "--backend", "serial")
        check_equal(bench, reference)
        check_changes(bench)
        check_data(bench, arguments.repository)
        check_outputs(bench, reference)
        check_ready(bench, arguments.repository)
        check_verify(bench, reference)
        check_bar(bench)
        check_memory(bench)
        check_engines(bench, reference, arguments.repository)
        check_full_disk(bench, reference)
        large = pathlib.Path(folder) / "large"
        large.mkdir()
        bench = Bench(arguments.program, large, 100)
        reference = large / "reference.h5"
        start = time.monotonic()
        bench.run(reference)
        print(f"{bench.points} points in {time.monotonic() - start:.1f} s", flush=True)
        check_signals(bench, reference)
        check_patience(bench, arguments.repository)
        check_slurm(bench, reference)
        check_kills(bench, reference, arguments.kills)


if __name__ == "__main__":
    main()
