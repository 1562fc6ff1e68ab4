import type { CommandParts, Condition } from './command-text';
import { isAddress, powershellOf, shellOf } from './command-text';
import type { DimensionName } from './data';
import { levels } from './data';
import type { Filter } from './filter';
import { dimensionNames, valuesOf } from './filter';
import type { View } from './view';

const properties: Readonly<Partial<Record<DimensionName, string>>> = {
  kind: 'Kind', level: 'Level', outcome: 'Outcome', action: 'Action', path: 'UrlPath', status: 'StatusCode',
  agent: 'UserAgent',
};

/** The PowerShell command for all lines of a filter; severity and rule narrow findings, so they are left out. */
export function powershellCommand(view: View, filter: Filter): string {
  return powershellOf(partsOf(view, filter));
}

/** The same for a POSIX shell. */
export function shellCommand(view: View, filter: Filter): string {
  return shellOf(partsOf(view, filter));
}

function partsOf(view: View, filter: Filter): CommandParts {
  const options: CommandParts['options'][number][] = [];
  const conditions: Condition[] = [];
  const add = (powershell: string, shell: string, values: readonly string[]): void => {
    if (values.length > 0) {
      options.push({ powershell, shell, values });
    }
  };
  const time = (instant: number | undefined): string[] => (
    instant === undefined ? [] : [view.clock.iso(instant).replace('.000', '')]);
  const texts = filter.text.trim() === '' ? [] : filter.text.trim().split(/\s+/);
  texts.push(...templateTexts(view, filter));
  add('-After', '--after', time(filter.from));
  add('-Before', '--before', time(filter.to));
  const sources = sourcesOf(view, filter);
  if (sources.every(isAddress)) {
    add('-SourceIP', '--source-ip', sources);
  } else {
    conditions.push({ properties: ['SourceIP', 'SourceHost'], values: sources });
  }

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
      conditions.push({ properties: [property], values });
    }
  }

  add('-Match', '--match', texts.slice(0, 1));
  const paths = [...new Set(view.data.ledger.entries.map((entry) => entry.path))].filter((path) => path !== '');
  const formats = new Set(view.data.ledger.entries.map((entry) => entry.format));
  return { paths, formats, options, conditions, texts: texts.slice(1) };
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
