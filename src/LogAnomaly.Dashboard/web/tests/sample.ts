import type { AnomalyData, PageData } from '../src/data';

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

/** Data of a page with these anomalies. */
export function pageData(anomalies: AnomalyData[] = [], said: Partial<PageData> = {}): PageData {
  const names = ['Critical', 'High', 'Medium', 'Low', 'Informational'];
  return {
    version: 1, title: 'A report', theme: 'auto', generatedAt: '2026-02-04T07:00:00.000+00:00',
    generator: 'LogAnomaly 1', minimumScore: 25, anomalyCount: anomalies.length,
    severities: names.map((name) => ({ name, count: anomalies.filter((entry) => entry.severity === name).length })),
    ledger: { linesRead: 10, parsed: 9, unparsed: 0, skipped: 1, bytes: 2048, entries: [] },
    summary: {
      eventCount: 9, firstSeen: '2026-01-05T08:00:00.000+01:00', lastSeen: '2026-01-06T09:30:00.000+01:00',
      kinds: [], levels: [{ name: 'Error', count: 9 }], outcomes: [], hosts: [], programs: [], sources: [], users: [],
      statusCodes: [], sourceCount: 0, userCount: 0, timelineStep: 3_600_000,
      timeline: [
        { start: '2026-01-05T08:00:00.000+01:00', counts: [0, 0, 0, 0, 0, 0, 4, 0, 0, 0], anomalies: 1 },
        { start: '2026-01-06T09:00:00.000+01:00', counts: [1, 0, 0, 0, 0, 0, 4, 0, 0, 0], anomalies: 0 },
      ],
    },
    templateCount: 0, templates: [], anomalies,
    ...said,
  };
}
