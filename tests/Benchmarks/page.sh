#!/usr/bin/env bash
# A page of a log beside GoAccess's, in one run: tests/Benchmarks/page.sh [lines, 1000000 unless told]
# Both read the same access log and write one HTML file as whole processes; each runs three times, in turn, and the best
# counts. Then our page is opened in Chromium (LOGANOMALY_CHROMIUM, else /usr/bin/chromium).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
export LANG=en_US.UTF-8 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

lines=${1:-1000000}
work=${TMPDIR:-/tmp}/loganomaly-benchmarks
program=src/LogAnomaly.Cli/bin/Release/net10.0/loganomaly.dll
mkdir -p "$work"
dotnet build -c Release -nodeReuse:false -v quiet src/LogAnomaly.Cli && dotnet build -c Release -nodeReuse:false -v quiet tests/Benchmarks || exit 1

log=$work/Access-$lines.log
[ -f "$log" ] || dotnet "$program" new-log --type access --count "$lines" --anomaly-rate 0.001 --path "$log" || exit 1

# seconds COMMAND...: how long it takes; exit code 1 of ours says that something was found.
seconds() {
  local start end
  start=$(date +%s.%N)
  "$@" >"$work/out" 2>"$work/err" </dev/null
  [ $? -le 1 ] || { tail -n 1 "$work/err" >&2; return 1; }
  end=$(date +%s.%N)
  awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f\n", b - a }'
}

least() { sort -n | head -n 1; }

has_peer=false
command -v goaccess >/dev/null && has_peer=true
for _ in 1 2 3; do
  seconds dotnet "$program" report "$log" -o "$work/page.html" >>"$work/ours.$$" || exit 1
  $has_peer && seconds goaccess "$log" --log-format=COMBINED --no-global-config --no-progress -o "$work/goaccess.html" >>"$work/peer.$$"
done

ours=$(least <"$work/ours.$$")
printf '%s lines, %s\n' "$lines" "$(du -h "$log" | cut -f1)"
printf 'loganomaly report: %s s, page of %s bytes\n' "$ours" "$(stat -c %s "$work/page.html")"
if $has_peer; then
  peer=$(least <"$work/peer.$$")
  printf 'goaccess: %s s, page of %s bytes; ours is %s times as fast\n' "$peer" "$(stat -c %s "$work/goaccess.html")" \
    "$(awk -v a="$peer" -v b="$ours" 'BEGIN { printf "%.1f", a / b }')"
else
  printf 'goaccess is not installed\n'
fi
rm -f "$work/ours.$$" "$work/peer.$$"
dotnet tests/Benchmarks/bin/Release/net10.0/LogAnomaly.Benchmarks.dll --page "$work/page.html"
