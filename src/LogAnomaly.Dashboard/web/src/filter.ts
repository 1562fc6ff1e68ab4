import type { DimensionName, Severity } from './data';
import { severities } from './data';

/** What the reader asks to see. Every part that says nothing lets all through. */
export interface Filter {
  /** Instants in milliseconds: from inclusive, to exclusive. */
  from?: number | undefined;
  to?: number | undefined;
  /** Severities of findings; empty for all. */
  severities: readonly Severity[];
  /** Ids of rules, or names of detectors for findings that no rule made; empty for all. */
  rules: readonly string[];
  /** Values by dimension, of which an event must have one. */
  values: Readonly<Partial<Record<DimensionName, readonly string[]>>>;
  /** Words that must all occur, in any case. */
  text: string;
}

/** The filter that lets everything through. */
export const everything: Filter = { severities: [], rules: [], values: {}, text: '' };

/** Dimensions that a filter may name, in the order in which the reader sees them. */
export const dimensionNames: readonly DimensionName[] = [
  'kind', 'level', 'outcome', 'host', 'program', 'source', 'country', 'user', 'action', 'template', 'path', 'status',
  'agent',
];

/** Whether a filter lets everything through. */
export function isEverything(filter: Filter): boolean {
  return toFragment(filter) === '';
}

/** Values that a filter asks for in a dimension. */
export function valuesOf(filter: Filter, dimension: DimensionName): readonly string[] {
  return filter.values[dimension] ?? [];
}

/** The filter with a value added to those of a dimension, or taken away if it was there. */
export function toggled(filter: Filter, dimension: DimensionName, value: string): Filter {
  const now = valuesOf(filter, dimension);
  const next = now.includes(value) ? now.filter((other) => other !== value) : [...now, value];
  return withValues(filter, dimension, next);
}

/** The filter with exactly these values in a dimension; none for all. */
export function withValues(filter: Filter, dimension: DimensionName, values: readonly string[]): Filter {
  const rest = Object.entries(filter.values).filter(([name]) => name !== dimension);
  return { ...filter, values: Object.fromEntries(values.length === 0 ? rest : [...rest, [dimension, values]]) };
}

/**
 * Writes a filter for the URL's fragment, without the `#`: `from=2026-01-05T08:00:00Z&severity=High&source=192.0.2.7`.
 * The same filter always gives the same text; the filter that lets everything through gives none.
 */
export function toFragment(filter: Filter): string {
  const parts = new URLSearchParams();
  if (filter.from !== undefined) {
    parts.append('from', instantText(filter.from));
  }

  if (filter.to !== undefined) {
    parts.append('to', instantText(filter.to));
  }

  severities.filter((severity) => filter.severities.includes(severity))
    .forEach((severity) => { parts.append('severity', severity); });
  filter.rules.forEach((rule) => { parts.append('rule', rule); });
  for (const dimension of dimensionNames) {
    valuesOf(filter, dimension).forEach((value) => { parts.append(dimension, value); });
  }

  if (filter.text.trim() !== '') {
    parts.append('text', filter.text.trim());
  }

  return parts.toString();
}

/** Reads a fragment, with or without its `#`; what it does not understand lets everything through. */
export function fromFragment(fragment: string): Filter {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const values: Partial<Record<DimensionName, readonly string[]>> = {};
  for (const dimension of dimensionNames) {
    const asked = [...new Set(parts.getAll(dimension))].filter((value) => value !== '');
    if (asked.length > 0) {
      values[dimension] = asked;
    }
  }

  return {
    from: instantOf(parts.get('from')),
    to: instantOf(parts.get('to')),
    severities: severities.filter((severity) => parts.getAll('severity').includes(severity)),
    rules: [...new Set(parts.getAll('rule'))].filter((rule) => rule !== ''),
    values,
    text: parts.get('text') ?? '',
  };
}

function instantText(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

function instantOf(text: string | null): number | undefined {
  const instant = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
