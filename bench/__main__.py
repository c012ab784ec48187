"""All measurements, one after the other: `make bench`. The exit code is 1 when a bound or target is missed.

python -m bench          # all of them: about an hour
python -m bench speed    # one of them
"""

import subprocess
import sys

MEASUREMENTS = {
    "speed": "bench.speed",
    "growth": "bench.growth",
    "load": "bench.load",
    "soak": "bench.load --soak 3000",
    "fairness": "bench.load --viewers 20 --ramp 10 --think 8 --greedy 20",
    "memory": "bench.memory",
}


def main() -> int:
    names = sys.argv[1:] or list(MEASUREMENTS)
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        print(f"there is no measurement {unknown[0]}; there are {', '.join(MEASUREMENTS)}")
        return 2
    codes = []
    for name in names:
        print(f"\n## {name}\n", flush=True)
        command = [sys.executable, "-m", *MEASUREMENTS[name].split()]
        codes.append(subprocess.run(command, check=False).returncode)
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
