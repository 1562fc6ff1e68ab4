import type { AnomalyData, LedgerEntryData } from './data';
import { sourceOf, userOf } from './entity';
import { quotedForPowerShell, quotedForShell } from './quoting';

/** Commands that show the lines of a finding. */
export interface Commands {
  powershell: string;
  shell: string;
}

/** The commands for the lines of a finding: those of its file, narrowed by whom and what it is about. */
export function commandsOf(anomaly: AnomalyData, files: readonly LedgerEntryData[]): Commands | undefined {
  const paths = [...new Set(anomaly.evidence.map((line) => line.path))].filter((path) => path !== '');
  if (paths.length === 0) {
    return undefined;
  }

  const [source, user] = [sourceOf(anomaly), userOf(anomaly)];
  const narrow = narrowing(anomaly, source, user);
  const after = anomaly.time === undefined ? undefined : wholeSecond(anomaly.time, 0);
  const before = anomaly.time === undefined ? undefined : wholeSecond(anomaly.lastTime ?? anomaly.time, 1);
  const options = [...narrow, ['-After', '--after', after], ['-Before', '--before', before]]
    .filter((option): option is [string, string, string] => option[2] !== undefined && option[2] !== '');
  const formats = new Set(files.filter((file) => paths.includes(file.path)).map((file) => file.format));
  return { powershell: powershellOf(cmdletFor([...formats]), paths, options), shell: shellOf(paths, options) };
}

/** By what the lines are narrowed: one thing only, since not every line of a finding names all that it is about. */
function narrowing(
  anomaly: AnomalyData, source: string | undefined, user: string | undefined,
): [string, string, string | undefined][] {
  if (source !== undefined) {
    return /^[\d.]+$|:/.test(source) ? [['-SourceIP', '--source-ip', source]] : [['-Match', '--match', source]];
  }

  return user === undefined
    ? [['-HostName', '--host-name', anomaly.host], ['-Program', '--program', anomaly.program]]
    : [['-UserName', '--user-name', user]];
}

/** The cmdlet that reads files of these formats. */
function cmdletFor(formats: readonly string[]): string {
  const [format] = formats;
  if (formats.length !== 1 || format === undefined) {
    return 'Get-LogEvent';
  }

  switch (format) {
    case 'auth': return 'Get-AuthLog';
    case 'syslog': return 'Get-SystemLog';
    case 'access':
    case 'apache-error':
    case 'nginx-error': return 'Get-ApacheLog';
    default: return 'Get-LogEvent';
  }
}

function powershellOf(
  cmdlet: string, paths: readonly string[], options: readonly [string, string, string][],
): string {
  // -Path would take brackets for wildcards.
  const literal = paths.some((path) => /[[\]*?`]/.test(path)) ? ' -LiteralPath' : '';
  return `${cmdlet}${literal} ${paths.map(quotedForPowerShell).join(', ')}`
    + options.map(([name, , value]) => ` ${name} ${quotedForPowerShell(value)}`).join('');
}

function shellOf(paths: readonly string[], options: readonly [string, string, string][]): string {
  // A path that begins with a dash would be an option, and one with an at sign a file of arguments.
  const files = paths.map((path) => quotedForShell(/^[-@]/.test(path) ? `./${path}` : path));
  return `loganomaly parse ${files.join(' ')}`
    + options.map(([, name, value]) => ` ${name}${/^[-@/]/.test(value) ? '=' : ' '}${quotedForShell(value)}`).join('');
}

/** A time without its fraction, `later` seconds on: -Before leaves out its own second. */
function wholeSecond(text: string, later: number): string {
  const match = /^(.{19})(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (match === null) {
    return text;
  }

  const wall = new Date(Date.parse(`${match[1] ?? ''}Z`) + later * 1000);
  return `${wall.toISOString().slice(0, 19)}${match[2] ?? ''}`;
}
