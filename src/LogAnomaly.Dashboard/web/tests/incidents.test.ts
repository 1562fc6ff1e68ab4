import { describe, expect, it } from 'vitest';
import type { AnomalyData } from '../src/data';
import { incidentsOf, summaryOf } from '../src/incidents';
import { withUnit } from '../src/sections/detail';
import { storyOf } from '../src/story';
import { anomaly, pageData, source, without } from './sample';

function at(minutes: number, said: Partial<AnomalyData> = {}): AnomalyData {
  const time = new Date(Date.UTC(2026, 0, 5, 8, minutes)).toISOString().replace('Z', '+00:00');
  return anomaly({ time, lastTime: time, ...said });
}

function shapes(anomalies: AnomalyData[]): number[] {
  return incidentsOf(anomalies).map((incident) => incident.findings.length);
}

describe('an incident', () => {
  it('holds findings of one source, whatever their host, user and detector', () => {
    const of = (said: Partial<AnomalyData>): AnomalyData => at(0, { source: '203.0.113.7', ...said });
    expect(shapes([of({ host: 'web1' }), of({ host: 'web2', user: 'root' }), of({ detector: 'Rule' })])).toEqual([3]);
    expect(shapes([of({}), at(0, { entityType: 'Source', entity: '203.0.113.7' })])).toEqual([2]);
    expect(shapes([of({}), at(0, { source: '203.0.113.8' })])).toEqual([1, 1]);
  });

  it('holds findings of a user on one host, and of a program on one host', () => {
    expect(shapes([at(0, { user: 'ann', host: 'a' }), at(1, { user: 'ann', host: 'a' })])).toEqual([2]);
    expect(shapes([at(0, { user: 'ann', host: 'a' }), at(1, { user: 'ann', host: 'b' })])).toEqual([1, 1]);
    expect(shapes([at(0, { program: 'cron', host: 'a' }), at(1, { program: 'cron', host: 'a' })])).toEqual([2]);
    expect(shapes([at(0, { title: 'One' }), at(0, { title: 'Two' })])).toEqual([1, 1]);
  });

  it('does not mistake values that hold the marks between values', () => {
    expect(shapes([at(0, { user: 'a","b', host: 'c' }), at(0, { user: 'a', host: 'b","c' })])).toEqual([1, 1]);
  });

  it('ends where an hour passes without a finding, counted from the end of the longest', () => {
    const source7 = { source: '203.0.113.7' };
    expect(shapes([at(0, source7), at(60, source7)])).toEqual([2]);
    expect(shapes([at(0, source7), at(61, source7)])).toEqual([1, 1]);
    const long = at(0, { ...source7, lastTime: '2026-01-05T12:00:00.000+00:00' });
    expect(shapes([long, at(30, source7), at(290, source7)])).toEqual([3]);
  });

  it('keeps findings without a time together', () => {
    const timeless = without(anomaly({ source: '203.0.113.7' }), 'time');
    expect(shapes([timeless, { ...timeless }, at(0, { source: '203.0.113.7' })]).sort()).toEqual([1, 2]);
  });

  it('has an id of its own that does not hang on the order of the findings', () => {
    const found = [at(0, { source: 'a' }), at(200, { source: 'a' }), at(0, { source: 'b' })];
    const ids = incidentsOf(found).map((incident) => incident.id).sort();
    expect(new Set(ids).size).toBe(3);
    expect(incidentsOf([...found].reverse()).map((incident) => incident.id).sort()).toEqual(ids);
  });

  it('comes first when its gravest finding is the gravest, and is told by that', () => {
    const incidents = incidentsOf([
      at(0, { source: 'a', score: 99 }), at(5, { source: 'b', severity: 'Low', techniques: 'T2 T1', count: 2 }),
      at(9, { source: 'b', severity: 'High', title: 'Worst', techniques: 'T1', score: 80 }),
    ]);
    const [first, ...rest] = incidents[0]?.findings ?? [];
    expect(first).toBeDefined();
    const told = first === undefined ? undefined : summaryOf([first, ...rest]);
    expect(told).toMatchObject({
      severity: 'High', score: 80, events: 2, techniques: ['T1', 'T2'],
      from: '2026-01-05T08:05:00.000+00:00', to: '2026-01-05T08:09:00.000+00:00',
    });
    expect(told?.worst.title).toBe('Worst');
  });
});

describe('the story of a source', () => {
  it('tells its tries, its findings in order of time and its success', () => {
    const found = [at(9, { source: '203.0.113.7', title: 'Later' }), at(1, { source: '203.0.113.7', title: 'Sooner' })];
    const data = pageData(found, { sources: [source({ acceptedUser: 'deploy' })] });
    const parts = storyOf(data, anomaly({ source: '203.0.113.7' })).map((part) => `${part.text}${part.logText ?? ''}`);
    expect(parts).toEqual([
      'First seen', 'Tried 2 users: root 3, deploy 1', 'Medium: Sooner', 'Medium: Later', '4 logins failed, 1 accepted',
      'After failures it was let in as deploy', 'Last seen, after 6 events',
    ]);
  });

  it('says nothing where nothing more is known', () => {
    const only = anomaly({ program: 'cron' });
    expect(storyOf(pageData([only]), only)).toEqual([]);
  });
});

describe('a number of a reason', () => {
  it.each([
    ['EventCount', '28', '28 events'], ['EventCount', '1', '1 event'], ['Detection', '0', '0 events'],
    ['ValueCount', '19', '19 distinct values of UserName'], ['Temporal', '2', '2 kinds of events'],
    ['Learned', '12 of 6000', '12 of 6000'], ['UnusualNumber', '12', '12'],
  ])('of %s says what it counts: %s', (code, value, told) => {
    expect(withUnit({
      code, feature: 'UserName', observed: value, typical: '', contribution: 1, sentence: '', evidence: [],
    }, value)).toBe(told);
  });
});
