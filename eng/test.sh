#!/usr/bin/env bash
# Runs all tests: gets the servers they need, builds, tests. Shows failures and ends with one line: N passed, N failed.
# Arguments go to `dotnet test`, e.g.: eng/test.sh --max-parallel-test-modules 1
set -euo pipefail
cd "$(dirname "$0")/.."

eng/servers.sh

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build Dossier.slnx --nologo --verbosity quiet -clp:ErrorsOnly </dev/null

# libtorch's threads that wait for each other would keep the cores from the test program beside them.
export OMP_WAIT_POLICY=passive

# More test programs at a time than two would only wait for each other on a small machine.
status=0
dotnet test --solution Dossier.slnx --no-build --no-progress --max-parallel-test-modules 2 "$@" </dev/null 2>&1 |
  tee "$log" | grep -v '^Running tests from' || status=${PIPESTATUS[0]}

# The summary at the log's end sums over the projects.
count() { tac "$log" | sed -n "s/^  $1: \([0-9]*\)$/\1/p" | head -n 1; }
passed=$(count succeeded) failed=$(count failed)
echo "${passed:-0} passed, ${failed:-0} failed"
exit "$status"
