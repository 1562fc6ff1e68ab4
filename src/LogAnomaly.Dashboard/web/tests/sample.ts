import { vi } from 'vitest';
import type { AnomalyData, CubeData, PageData, SourceData } from '../src/data';
import { ThemeSwitch } from '../src/theme';
import { View } from '../src/view';

/** An anomaly with what a test wants to say of it. */
export function anomaly(said: Partial<AnomalyData> = {}): AnomalyData {
  return {
    score: 60, severity: 'Medium', title: 'Rare message', detector: 'RareTemplate', kind: 'System', count: 1,
    time: '2026-01-05T08:00:00.000+01:00',
    reasons: [{
      code: 'RareTemplate', feature: 'Template', observed: '1', typical: '0', contribution: 1,
      sentence: 'This message was never seen before.', evidence: [],
    }],
    evidence: [{ path: '/var/log/syslog', line: 7, raw: 'a line' }],
    ...said,
  };
}

/** A source with what a test wants to say of it. */
export function source(said: Partial<SourceData> = {}): SourceData {
  return {
    code: 2, name: '203.0.113.7', origin: 'Documentation', count: 6, failed: 4, accepted: 1, users: 2,
    topUsers: [{ name: 'root', count: 3 }, { name: 'deploy', count: 1 }],
    firstSeen: '2026-01-05T08:00:00.000+01:00', lastSeen: '2026-01-06T09:30:00.000+01:00', ...said,
  };
}

/** Twenty-six hours: four events in the first, five in the last, on two hosts, by two sources and two users. */
export const cube: CubeData = {
  start: '2026-01-05T08:00:00.000+01:00', step: 3_600_000, steps: 26,
  dimensions: [
    { name: 'level', values: ['', '', 'Error', 'Warning'] },
    { name: 'outcome', values: ['', '', 'Success', 'Failure'] },
    { name: 'host', values: ['', '', 'web1', 'web2'] },
    { name: 'program', values: ['', '', 'sshd', 'cron'] },
    { name: 'source', values: ['', '', '203.0.113.7', '198.51.100.1'] },
    { name: 'user', values: ['', '', 'root', 'deploy'] },
  ],
  tables: [{
    dimensions: ['level', 'outcome', 'host', 'program', 'source', 'user'],
    time: [0, 0, 25, 0], count: [3, 1, 4, 1],
    codes: [[2, 2, 3, 0], [3, 3, 3, 2], [2, 3, 2, 3], [2, 2, 2, 3], [2, 3, 2, 0], [2, 2, 3, 0]],
  }],
};

/** Data of a page with these anomalies. */
export function pageData(anomalies: AnomalyData[] = [], said: Partial<PageData> = {}): PageData {
  const names = ['Critical', 'High', 'Medium', 'Low', 'Informational'];
  return {
    version: 2, title: 'A report', theme: 'auto', generatedAt: '2026-02-04T07:00:00.000+00:00',
    generator: 'LogAnomaly 1', minimumScore: 25, falseAlarmsPerDay: 0, heldBack: 0, suppressed: 0,
    anomalyCount: anomalies.length,
    severities: names.map((name) => ({ name, count: anomalies.filter((entry) => entry.severity === name).length })),
    ledger: { linesRead: 10, parsed: 9, unparsed: 0, skipped: 1, bytes: 2048, entries: [] },
    summary: {
      eventCount: 9, firstSeen: '2026-01-05T08:00:00.000+01:00', lastSeen: '2026-01-06T09:30:00.000+01:00',
      kinds: [], levels: [{ name: 'Error', count: 9 }],
      outcomes: [{ name: 'Failure', count: 8 }, { name: 'Success', count: 1 }], hosts: [], programs: [], sources: [],
      users: [], statusCodes: [], sourceCount: 2, userCount: 2,
    },
    cube,
    lines: { paths: [], path: [], line: [], time: [], codes: cube.dimensions.map(() => []), raw: [], cut: {} },
    sources: [], slowest: [], largest: [], templateCount: 0, templates: [], anomalies, techniques: {},
    ...said,
  };
}

/** A cube without times or values, as of a log that nothing was read of. */
export const noCube: CubeData = { step: 0, steps: 0, dimensions: [], tables: [] };

/** A view of data, with the fragment that the URL holds. */
export function viewOf(data: PageData, fragment = ''): View {
  window.matchMedia = () => Object.assign(new EventTarget(), { matches: false }) as unknown as MediaQueryList;
  window.history.replaceState(null, '', `/#${fragment}`);
  return new View(data, new ThemeSwitch(data.theme));
}

/** What is there; a test that asks for what is not fails. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) {
    throw new Error('It is not there.');
  }

  return value;
}

/** Makes timers and frames those of the test, so that none is waited for: a loaded machine is no slower a reader. */
export function holdTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] });
}

/** Runs what was asked for in timers and frames, and what these ask for, until all has been drawn. */
export async function settled(): Promise<void> {
  await vi.runAllTimersAsync();
}

/** The same without some of its members. */
export function without<T extends object, K extends keyof T>(whole: T, ...names: K[]): Omit<T, K> {
  const copy = { ...whole };
  names.forEach((name) => { Reflect.deleteProperty(copy, name); });
  return copy;
}
