import { quotedForPowerShell, quotedForShell } from './quoting';

/** A condition on an event that no option of a command knows: one of its properties has one of the values. */
export interface Condition {
  properties: readonly string[];
  values: readonly string[];
}

/** What a command must say so that it shows the lines that are wanted. */
export interface CommandParts {
  paths: readonly string[];
  /** Formats of these files. */
  formats: ReadonlySet<string>;
  options: readonly CommandOption[];
  conditions: readonly Condition[];
  /** Texts that a line must hold, beside that of the option `-Match`, which takes one. */
  texts: readonly string[];
}

/** An option as either command names it, and its values. */
export interface CommandOption {
  powershell: string;
  shell: string;
  values: readonly string[];
}

const cmdlets: Readonly<Record<string, string>> = {
  auth: 'Get-AuthLog', access: 'Get-ApacheLog', 'apache-error': 'Get-ApacheLog', 'nginx-error': 'Get-ApacheLog',
  syslog: 'Get-SystemLog',
};

/** The cmdlet that reads files of these formats: `Get-LogEvent` where they have no single one. */
function cmdletFor(formats: ReadonlySet<string>): string {
  const names = new Set([...formats].map((format) => (Object.hasOwn(cmdlets, format) ? cmdlets[format] : undefined)));
  return (names.size === 1 ? [...names][0] : undefined) ?? 'Get-LogEvent';
}

/** Whether a source is an address, which the commands have an option for, and not the name of a host. */
export function isAddress(source: string): boolean {
  return /^[\d.]+$|:/.test(source);
}

/** The PowerShell command. */
export function powershellOf(parts: CommandParts): string {
  const list = (values: readonly string[]): string => values.map(quotedForPowerShell).join(', ');
  // -Path would take brackets for wildcards.
  const literal = parts.paths.some((path) => /[[\]*?`]/.test(path)) ? '-LiteralPath ' : '';
  const wheres = [
    ...parts.conditions.map(({ properties, values }) => {
      const compare = values.length === 1 ? '-ceq' : '-cin';
      const tests = properties.map((property) => `$_.${property} ${compare} ${list(values)}`);
      return tests.length === 1 ? tests.join('') : `(${tests.join(' -or ')})`;
    }),
    ...parts.texts.map((text) => `$_.Raw.IndexOf(${list([text])}, [StringComparison]::OrdinalIgnoreCase) -ge 0`),
  ];
  return [
    `${cmdletFor(parts.formats)} ${literal}${list(parts.paths)}`,
    ...parts.options.map(({ powershell, values }) => `${powershell} ${list(values)}`),
  ].join(' ') + (wheres.length === 0 ? '' : ` | Where-Object { ${wheres.join(' -and ')} }`) + ' | ForEach-Object Raw';
}

/** The same for a POSIX shell; what no option knows is asked of `jq`. */
export function shellOf(parts: CommandParts): string {
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
    ...parts.conditions.map(({ properties, values: wanted }) => {
      const named = wanted.map(() => `$v${String(next++)}`);
      return `(${properties.flatMap((property) => (
        named.map((name) => `(.${property}|tostring) == ${name}`))).join(' or ')})`;
    }),
    ...parts.texts.map(() => `(.Raw|ascii_downcase|contains($v${String(next++)}|ascii_downcase))`),
  ];
  const given = values.map((value, index) => `--arg v${String(index)} ${quotedForShell(value)}`).join(' ');
  return `${command} --json | jq -r ${given} 'select(${tests.join(' and ')}).Raw'`;
}
