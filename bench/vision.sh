#!/usr/bin/env bash
# Publishes the classifier's bench as it is shipped, measures the classifier beside plain TorchSharp and prints the table: about six minutes.
# All arguments go to the bench, e.g.: bench/vision.sh --quick   bench/vision.sh --only training --format json
set -euo pipefail
cd "$(dirname "$0")/.."
out=artifacts/bench
dotnet publish bench/Dossier.Vision.Bench --configuration Release --output "$out/Dossier.Vision.Bench" --artifacts-path "$out/build" --nologo --verbosity quiet -clp:ErrorsOnly >&2
exec dotnet "$out/Dossier.Vision.Bench/Dossier.Vision.Bench.dll" "$@"
