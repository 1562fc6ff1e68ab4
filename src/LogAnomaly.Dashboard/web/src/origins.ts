import type { Group, Query } from './cube';
import { noValue, otherValues } from './cube';
import type { DimensionName, SourceData } from './data';
import { countryOfSource, isCountry } from './countries';
import type { View } from './view';

/** Events of a country, or of a kind of address that has none. */
export interface Origin {
  /** A value of the dimension `country`; empty for those that the counts do not break down. */
  value: string;
  least: number;
  most: number;
}

/** A source with its events under the filter. */
export interface SourceRow {
  source: SourceData;
  country: string;
  least: number;
  most: number;
}

// Kinds of events in which a failure is a refused login; elsewhere the action has to say so.
const loginKinds = ['Authentication', 'Windows'];
const loginAction = /(^|_)login$/;

/** The query narrowed to values of a dimension; undefined where the filter leaves none of them. */
function narrowed(view: View, query: Query, dimension: DimensionName, values: readonly string[]): Query | undefined {
  const codes = values.map((value) => view.cube.codeOf(dimension, value)).filter((code) => code !== undefined);
  const asked = query.where.get(dimension);
  const left = codes.filter((code) => asked === undefined || asked.has(code));
  return left.length === 0 ? undefined : { ...query, where: new Map([...query.where, [dimension, new Set(left)]]) };
}

function valuesOf(view: View, dimension: DimensionName): readonly string[] {
  return view.data.cube.dimensions.find((entry) => entry.name === dimension)?.values ?? [];
}

/** The queries whose events are failed logins; no event answers two of them. */
export function failedQueries(view: View, query: Query): Query[] {
  const failed = narrowed(view, query, 'outcome', ['Failure']);
  if (failed === undefined) {
    return [];
  }

  const others = valuesOf(view, 'kind').filter((kind) => kind !== '' && !loginKinds.includes(kind));
  const byKind = narrowed(view, failed, 'kind', loginKinds);
  const rest = narrowed(view, failed, 'kind', others);
  const byAction = rest === undefined ? undefined
    : narrowed(view, rest, 'action', valuesOf(view, 'action').filter((action) => loginAction.test(action)));
  return [byKind, byAction].filter((one) => one !== undefined);
}

/** Events by country that answer any of the queries, the most frequent first; the rest, if any, is last. */
export function originsOf(view: View, queries: readonly Query[]): Origin[] {
  const origins = new Map<number, Origin>();
  const groups: Group[] = queries.flatMap((query) => view.cube.by('country', query));
  for (const { code, value, amount } of groups) {
    if (code !== noValue && amount.most > 0) {
      const origin = origins.get(code) ?? { value, least: 0, most: 0 };
      origins.set(code, { value, least: origin.least + amount.least, most: origin.most + amount.most });
    }
  }

  return [...origins.values()].sort((a, b) => (
    Number(a.value === '') - Number(b.value === '') || b.least - a.least || b.most - a.most
      || (a.value < b.value ? -1 : 1)));
}

/** Whether the filter narrows events by more than their source, which whole sources cannot follow. */
export function isNarrowed(view: View): boolean {
  const { from, to, values } = view.filter;
  return from !== undefined || to !== undefined
    || Object.keys(values).some((name) => name !== 'source' && name !== 'country');
}

/** The sources that the data tell of, as far as the filter lets them through. */
export function sourceRows(view: View): SourceRow[] {
  const { values } = view.filter;
  const groups = isNarrowed(view) ? view.by('source') : undefined;
  const byCode = new Map(groups?.map((group) => [group.code, group.amount]));
  const rest = byCode.get(otherValues)?.most ?? 0;
  const rows: SourceRow[] = [];
  for (const source of view.data.sources) {
    const country = countryOfSource(source);
    if ((values.source !== undefined && !values.source.includes(source.name))
      || (values.country !== undefined && !values.country.includes(country))) {
      continue;
    }

    // Of a source that is not broken down, no more is known than how many events those have together.
    const folded = { least: 0, most: Math.min(rest, source.count) };
    const amount = groups === undefined ? { least: source.count, most: source.count }
      : source.code === otherValues ? folded : byCode.get(source.code) ?? folded;
    if (amount.most > 0) {
      rows.push({ source, country, ...amount });
    }
  }

  return rows;
}

/** The countries among origins, for the map. */
export function bubblesOf(origins: readonly Origin[]): { country: string; count: number }[] {
  return origins.filter((origin) => isCountry(origin.value) && origin.least > 0)
    .map((origin) => ({ country: origin.value, count: origin.least }));
}
