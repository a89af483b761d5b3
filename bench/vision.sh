#!/usr/bin/env bash
# Measures the classifier beside plain TorchSharp and prints the table; a few minutes. All arguments go to the bench, e.g.: bench/vision.sh --quick
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build bench/Dossier.Vision.Bench --configuration Release --nologo --verbosity quiet -clp:ErrorsOnly >&2
exec dotnet bench/Dossier.Vision.Bench/bin/Release/net10.0/Dossier.Vision.Bench.dll "$@"
