import type { PageData, SourceData } from '../src/data';

/** A source with what a test wants to say of it. */
export function source(said: Partial<SourceData> = {}): SourceData {
  return {
    code: 2, name: '193.0.6.139', origin: 'Public', country: 'NL', count: 10, failed: 0, accepted: 0, users: 0,
    topUsers: [],
    firstSeen: '2026-01-05T08:00:00.000+01:00', lastSeen: '2026-01-06T08:00:00.000+01:00', ...said,
  };
}

/** One row of the counts: events of a kind and outcome from a source. */
export interface SourceEvents {
  step?: number;
  kind?: string;
  outcome?: string;
  action?: string;
  source: string;
  country: string;
  count: number;
}

/** Data of a page with these events of these sources, in steps of an hour. */
export function sourceData(events: readonly SourceEvents[], sources: readonly SourceData[]): PageData {
  const names = ['kind', 'outcome', 'source', 'country', 'action'] as const;
  const valuesOf = (name: typeof names[number]): string[] => (
    ['', '', ...new Set(events.map((event) => event[name] ?? '').filter((value) => value !== ''))]);
  const dimensions = names.map((name) => ({ name, values: valuesOf(name) }));
  const rows = [...events].sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
  const codes = dimensions.map(({ name, values }) => rows.map((row) => {
    const value = row[name] ?? '';
    return value === '' ? 0 : values.indexOf(value);
  }));
  return {
    version: 2, title: 'A report', theme: 'light', generatedAt: '2026-02-04T07:00:00.000+00:00',
    generator: 'LogAnomaly 1',
    minimumScore: 25, falseAlarmsPerDay: 0, heldBack: 0, suppressed: 0, anomalyCount: 0, severities: [],
    ledger: { linesRead: 0, parsed: 0, unparsed: 0, skipped: 0, bytes: 0, entries: [] },
    summary: {
      eventCount: rows.reduce((sum, row) => sum + row.count, 0), kinds: [], levels: [], outcomes: [], hosts: [],
      programs: [], sources: [], users: [], statusCodes: [], sourceCount: sources.length, userCount: 0,
    },
    cube: {
      start: '2026-01-05T08:00:00.000+01:00', step: 3_600_000, steps: 24, dimensions,
      tables: [{
        dimensions: [...names], codes, count: rows.map((row) => row.count),
        time: rows.map((row, index) => (row.step ?? 0) - (rows[index - 1]?.step ?? 0)),
      }],
    },
    lines: { paths: [], path: [], line: [], time: [], codes: dimensions.map(() => []), raw: [], cut: {} },
    sources: sources.map((entry) => {
      const code = dimensions[2]?.values.indexOf(entry.name) ?? -1;
      return { ...entry, code: code < 0 ? 1 : code };
    }),
    slowest: [], largest: [], templateCount: 0, templates: [], anomalies: [], techniques: {},
  };
}
