import type { DimensionName } from './data';
import { levels } from './data';
import type { Filter } from './filter';
import { dimensionNames, valuesOf } from './filter';
import { isoOf } from './instants';
import { quotedForPowerShell, quotedForShell } from './quoting';
import type { View } from './view';

/** A condition on a property of an event that no option of a command knows. */
interface Condition {
  property: string;
  values: readonly string[];
}

/** What a command must say so that it shows the lines of a filter. */
interface Parts {
  paths: readonly string[];
  options: readonly { powershell: string; shell: string; values: readonly string[] }[];
  conditions: readonly Condition[];
  /** Texts beside that of the option `-Match`, which takes one. */
  texts: readonly string[];
}

const properties: Readonly<Partial<Record<DimensionName, string>>> = {
  kind: 'Kind', level: 'Level', outcome: 'Outcome', action: 'Action', path: 'UrlPath', status: 'StatusCode',
  agent: 'UserAgent',
};

const cmdlets: Readonly<Record<string, string>> = {
  auth: 'Get-AuthLog', access: 'Get-ApacheLog', 'apache-error': 'Get-ApacheLog', 'nginx-error': 'Get-ApacheLog',
  syslog: 'Get-SystemLog',
};

/** The PowerShell command for all lines of a filter; severity and rule narrow findings, so they are left out. */
export function powershellCommand(view: View, filter: Filter): string {
  const parts = partsOf(view, filter);
  const formats = new Set(view.data.ledger.entries.map((entry) => entry.format));
  const cmdlet = formats.size === 1 ? cmdlets[[...formats][0] ?? ''] ?? 'Get-LogEvent' : 'Get-LogEvent';
  const list = (values: readonly string[]): string => values.map(quotedForPowerShell).join(', ');
  // -Path would take brackets for wildcards.
  const literal = parts.paths.some((path) => /[[\]*?`]/.test(path)) ? '-LiteralPath ' : '';
  const wheres = [
    ...parts.conditions.map(({ property, values }) => (values.length === 1
      ? `$_.${property} -ceq ${list(values)}`
      : `$_.${property} -cin ${list(values)}`)),
    ...parts.texts.map((text) => `$_.Raw.IndexOf(${list([text])}, [StringComparison]::OrdinalIgnoreCase) -ge 0`),
  ];
  return [
    `${cmdlet} ${literal}${list(parts.paths)}`,
    ...parts.options.map(({ powershell, values }) => `${powershell} ${list(values)}`),
  ].join(' ') + (wheres.length === 0 ? '' : ` | Where-Object { ${wheres.join(' -and ')} }`) + ' | ForEach-Object Raw';
}

/** The same for a POSIX shell; what no option knows is asked of `jq`. */
export function shellCommand(view: View, filter: Filter): string {
  const parts = partsOf(view, filter);
  const words = (name: string, value: string): string => (
    `${name}${/^[-@/]/.test(value) ? '=' : ' '}${quotedForShell(value)}`);
  const command = [
    'loganomaly parse',
    // A path that begins with a dash would be an option, and one with an at sign a file of arguments.
    ...parts.paths.map((path) => quotedForShell(/^[-@]/.test(path) ? `./${path}` : path)),
    ...parts.options.flatMap(({ shell, values }) => values.map((value) => words(shell, value))),
  ].join(' ');
  const values = [...parts.conditions.flatMap((condition) => condition.values), ...parts.texts];
  if (values.length === 0) {
    return command;
  }

  // The values are given beside the program of jq, never within it, so that they cannot change it.
  let next = 0;
  const tests = [
    ...parts.conditions.map(({ property, values: wanted }) => (
      `(${wanted.map(() => `(.${property}|tostring) == $v${String(next++)}`).join(' or ')})`)),
    ...parts.texts.map(() => `(.Raw|ascii_downcase|contains($v${String(next++)}|ascii_downcase))`),
  ];
  const given = values.map((value, index) => `--arg v${String(index)} ${quotedForShell(value)}`).join(' ');
  return `${command} --json | jq -r ${given} 'select(${tests.join(' and ')}).Raw'`;
}

function partsOf(view: View, filter: Filter): Parts {
  const options: Parts['options'][number][] = [];
  const conditions: Condition[] = [];
  const add = (powershell: string, shell: string, values: readonly string[]): void => {
    if (values.length > 0) {
      options.push({ powershell, shell, values });
    }
  };
  const time = (instant: number | undefined): string[] => (
    instant === undefined ? [] : [isoOf(view, instant).replace('.000', '')]);
  const texts = filter.text.trim() === '' ? [] : filter.text.trim().split(/\s+/);
  texts.push(...templateTexts(view, filter));
  add('-After', '--after', time(filter.from));
  add('-Before', '--before', time(filter.to));
  add('-SourceIP', '--source-ip', sourcesOf(view, filter));
  add('-UserName', '--user-name', valuesOf(filter, 'user'));
  add('-HostName', '--host-name', valuesOf(filter, 'host'));
  add('-Program', '--program', valuesOf(filter, 'program'));
  for (const dimension of dimensionNames) {
    const values = valuesOf(filter, dimension);
    const property = properties[dimension];
    const least = dimension === 'level' ? leastLevel(values) : undefined;
    if (least !== undefined) {
      add('-MinimumLevel', '--minimum-level', [least]);
    } else if (property !== undefined && values.length > 0) {
      conditions.push({ property, values });
    }
  }

  add('-Match', '--match', texts.slice(0, 1));
  const paths = [...new Set(view.data.ledger.entries.map((entry) => entry.path))].filter((path) => path !== '');
  return { paths, options, conditions, texts: texts.slice(1) };
}

/** The level from which on all are asked for, if that is what a filter says. */
function leastLevel(values: readonly string[]): string | undefined {
  const least = levels.findIndex((level) => values.includes(level));
  const all = least > 0 && values.length > 1 && levels.slice(least).every((level) => values.includes(level));
  return all && values.length === levels.length - least ? levels[least] : undefined;
}

/** Addresses asked for, by themselves or by their country. */
function sourcesOf(view: View, filter: Filter): readonly string[] {
  const named = valuesOf(filter, 'source');
  const countries = valuesOf(filter, 'country');
  if (countries.length === 0) {
    return named;
  }

  const within = view.data.sources.map((source) => source.name)
    .filter((name) => countries.includes(view.countryOf(name) ?? ''));
  return named.length === 0 ? within : named.filter((name) => within.includes(name));
}

/** The longest piece of a template that every line of it holds; events do not carry the id of their template. */
function templateTexts(view: View, filter: Filter): string[] {
  const ids = valuesOf(filter, 'template');
  const text = ids.length === 1 ? view.data.templates.find((template) => template.id === ids[0])?.text : undefined;
  const pieces = (text ?? '').split(/<[a-z*]+>/).map((piece) => piece.trim());
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  return longest === '' ? [] : [longest];
}
