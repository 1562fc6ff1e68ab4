#!/usr/bin/env bash
# Ours beside others on the same logs, in one run: tests/Benchmarks/peers.sh [lines, 1000000 unless told]
# Peers that are not installed are named and left out (Debian has goaccess, lnav and fail2ban). Each command runs three
# times as a whole process; the best counts. Of ours, the rows "engine" leave out the start of the process.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
export LANG=en_US.UTF-8 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

lines=${1:-1000000}
work=${TMPDIR:-/tmp}/loganomaly-benchmarks
program=src/LogAnomaly.Cli/bin/Release/net10.0/loganomaly.dll
engine=tests/Benchmarks/bin/Release/net10.0/LogAnomaly.Benchmarks.dll
mkdir -p "$work"
dotnet build -c Release -nodeReuse:false -v quiet src/LogAnomaly.Cli && dotnet build -c Release -nodeReuse:false -v quiet tests/Benchmarks || exit 1

make_log() {
  local path=$work/$1-$lines.log
  [ -f "$path" ] || dotnet "$program" new-log --type "$2" --count "$lines" --anomaly-rate 0.001 --path "$path" >"$work/made" 2>&1 || exit 1
  printf '%s' "$path"
}

# best NAME LINES COMMAND...: seconds of the best of three runs, as a row with lines a second.
best() {
  local name=$1 count=$2 shortest=
  shift 2
  for _ in 1 2 3; do
    local start end
    start=$(date +%s.%N)
    "$@" >"$work/out" 2>"$work/err" </dev/null || { printf '| %s | failed: %s | | |\n' "$name" "$(tail -n 1 "$work/err")"; return; }
    end=$(date +%s.%N)
    shortest=$(awk -v a="$start" -v b="$end" -v s="${shortest:-1e9}" 'BEGIN { d = b - a; printf "%.3f", d < s ? d : s }')
  done
  printf '| %s | %s | %s | %.0f |\n' "$name" "$count" "$shortest" "$(awk -v n="$count" -v s="$shortest" 'BEGIN { print n / s }')"
}

engine() {
  dotnet "$engine" --measure "$2" "$3" "$4" | sed -E 's/.*"Lines":([0-9]+),.*"Seconds":([0-9.eE-]+),.*"Allocated":([0-9]+),"PeakBytes":([0-9]+).*/\1 \2 \3 \4/' |
    while read -r n s a p; do
      printf '| %s | %s | %.3f | %.0f | (%.0f B an event, peak %.0f MB)\n' "$1" "$n" "$s" \
        "$(awk -v n="$n" -v s="$s" 'BEGIN { print n / s }')" "$(awk -v n="$n" -v a="$a" 'BEGIN { print a / n }')" "$(awk -v p="$p" 'BEGIN { print p / 1e6 }')"
    done
}

has() {
  command -v "$1" >/dev/null || { printf '| %s | not installed | | |\n' "$1"; return 1; }
}

access=$(make_log Access access)
auth=$(make_log Auth auth)
printf '\n| %s | lines | s | lines/s |\n|---|---|---|---|\n' "access log, $(du -h "$access" | cut -f1)"
engine 'newline scan' Newlines "$access" 1
engine 'engine: counts, 1 thread' Count "$access" 1
engine 'engine: counts, 2 threads' Count "$access" 2
engine 'engine: objects, 1 thread' Parse "$access" 1
engine 'engine: objects, 2 threads' Parse "$access" 2
best 'loganomaly parse --count' "$lines" dotnet "$program" parse --count "$access"
best 'loganomaly parse --json' "$lines" dotnet "$program" parse --json "$access"
has goaccess && best 'goaccess to JSON' "$lines" goaccess "$access" --log-format=COMBINED --no-global-config --no-progress -o "$work/goaccess.json"
has lnav && best 'lnav -n, count(*)' "$lines" lnav -n -N -c ';SELECT count(*) FROM access_log' "$access"

gzipped=$access.gz
[ -f "$gzipped" ] || gzip -k "$access"
printf '\n| %s | lines | s | lines/s |\n|---|---|---|---|\n' "the same in gzip, $(du -h "$gzipped" | cut -f1)"
best 'zcat' "$lines" zcat "$gzipped"
engine 'engine: lines from gzip' Read "$gzipped" 1
engine 'engine: objects from gzip, 2 threads' Parse "$gzipped" 2
engine 'engine: objects from plain text, 2 threads' Parse "$access" 2

printf '\n| %s | lines | s | lines/s |\n|---|---|---|---|\n' "auth log, $(du -h "$auth" | cut -f1)"
engine 'newline scan' Newlines "$auth" 1
engine 'engine: classified objects with message, 1 thread' ParseMessage "$auth" 1
engine 'engine: classified objects, 1 thread' Parse "$auth" 1
if has fail2ban-regex; then
  part=$work/auth-part.log
  head -n 30000 "$auth" >"$part"
  best 'fail2ban-regex sshd, 30,000 lines of it' 30000 fail2ban-regex "$part" sshd
fi
