import type { DimensionName, PageData } from '../src/data';
import { ThemeSwitch } from '../src/theme';
import { View } from '../src/view';
import { anomaly } from './sample';

const names: readonly DimensionName[] = [
  'kind', 'level', 'program', 'source', 'action', 'template', 'path', 'status', 'agent',
];

/** An event of the sample, and how many of them there are. */
export interface Counted {
  step: number;
  count: number;
  bytes?: number;
  values: Partial<Record<DimensionName, string>>;
}

/** A kept line of the sample. */
export interface Kept {
  line: number;
  time: number;
  raw: string;
  cut?: number;
  values?: Partial<Record<DimensionName, string>>;
}

/** Data of a log of two days by the hour, counted in one table. */
export function cubeData(
  counted: readonly Counted[], kept: readonly Kept[] = [], said: Partial<PageData> = {},
): PageData {
  const values = new Map(names.map((name) => [name, ['', '']]));
  const codeOf = (name: DimensionName, value: string | undefined): number => {
    const known = values.get(name) ?? [];
    if (value === undefined) {
      return 0;
    }

    return known.includes(value) ? known.indexOf(value) : known.push(value) - 1;
  };
  const rows = [...counted].sort((a, b) => a.step - b.step);
  const codes = names.map((name) => rows.map((row) => codeOf(name, row.values[name])));
  const lineCodes = names.map((name) => kept.map((line) => codeOf(name, line.values?.[name])));
  const eventCount = rows.reduce((sum, row) => sum + row.count, 0);
  const kinds = [...new Set(rows.map((row) => row.values.kind).filter((kind) => kind !== undefined))];
  return {
    version: 2, title: 'A report', theme: 'auto', generatedAt: '2026-01-07T00:00:00.000+01:00',
    generator: 'LogAnomaly 1', minimumScore: 25, falseAlarmsPerDay: 1, heldBack: 0, suppressed: 0, anomalyCount: 0,
    severities: [],
    ledger: {
      linesRead: eventCount, parsed: eventCount, unparsed: 0, skipped: 0, bytes: 2048,
      entries: [{
        path: '/var/log/it\'s.log', format: 'syslog', linesRead: eventCount, parsed: eventCount, unparsed: 0,
        skipped: 0, filtered: 0, truncated: 0, bytes: 2048, shapes: [],
      }],
    },
    summary: {
      eventCount, firstSeen: '2026-01-05T00:00:00.000+01:00', lastSeen: '2026-01-07T00:00:00.000+01:00',
      kinds: kinds.map((name) => ({ name, count: 1 })), levels: [], outcomes: [], hosts: [], programs: [], sources: [],
      users: [], statusCodes: [], sourceCount: 0, userCount: 0,
    },
    cube: {
      start: '2026-01-05T00:00:00.000+01:00', step: 3_600_000, steps: 48,
      dimensions: names.map((name) => ({ name, values: values.get(name) ?? [] })),
      tables: [{
        dimensions: [...names], time: rows.map((row, index) => row.step - (rows[index - 1]?.step ?? 0)), codes,
        count: rows.map((row) => row.count), bytes: rows.map((row) => row.bytes ?? 0),
      }],
    },
    lines: {
      paths: ['/var/log/it\'s.log'], path: kept.map(() => 0), line: kept.map((line) => line.line),
      time: kept.map((line) => line.time), codes: lineCodes, raw: kept.map((line) => line.raw),
      cut: Object.fromEntries(kept.flatMap((line, index): [string, number][] => (
        line.cut === undefined ? [] : [[String(index), line.cut]]))),
    },
    sources: [], slowest: [], largest: [], templateCount: 0, templates: [], anomalies: [], techniques: {},
    ...said,
  };
}

/** A view of such data. */
export function viewOf(data: PageData): View {
  window.location.hash = '';
  window.matchMedia = () => Object.assign(new EventTarget(), { matches: false }) as unknown as MediaQueryList;
  return new View(data, new ThemeSwitch('auto'));
}

export { anomaly };
