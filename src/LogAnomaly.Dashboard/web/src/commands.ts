import type { CommandOption } from './command-text';
import { isAddress, powershellOf, shellOf } from './command-text';
import type { AnomalyData, LedgerEntryData } from './data';
import { sourceOf, userOf } from './entity';

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

  const after = anomaly.time === undefined ? undefined : wholeSecond(anomaly.time, 0);
  const before = anomaly.time === undefined ? undefined : wholeSecond(anomaly.lastTime ?? anomaly.time, 1);
  const options = [
    ...narrowing(anomaly), option('-After', '--after', after), option('-Before', '--before', before),
  ].filter(({ values }) => values.length > 0);
  const formats = new Set(files.filter((file) => paths.includes(file.path)).map((file) => file.format));
  const parts = { paths, formats, options, conditions: [], texts: [] };
  return { powershell: powershellOf(parts), shell: shellOf(parts) };
}

function option(powershell: string, shell: string, value: string | undefined): CommandOption {
  return { powershell, shell, values: value === undefined || value === '' ? [] : [value] };
}

/** By what the lines are narrowed: one thing only, since not every line of a finding names all that it is about. */
function narrowing(anomaly: AnomalyData): CommandOption[] {
  const [source, user] = [sourceOf(anomaly), userOf(anomaly)];
  if (source !== undefined) {
    return [isAddress(source) ? option('-SourceIP', '--source-ip', source) : option('-Match', '--match', source)];
  }

  return user === undefined
    ? [option('-HostName', '--host-name', anomaly.host), option('-Program', '--program', anomaly.program)]
    : [option('-UserName', '--user-name', user)];
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
