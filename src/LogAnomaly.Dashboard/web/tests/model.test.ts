import { describe, expect, it } from 'vitest';
import { axisTime, describe as inWords, timelineOf } from '../src/charts/timeline';
import { readData, severities } from '../src/data';
import { eventsOf, filterAnomalies, groupAnomalies, sortRows, verdict } from '../src/model';
import { inline } from '../build/single-file';
import { anomaly, pageData } from './sample';

describe('the verdict', () => {
  it('counts the anomalies and names the gravest', () => {
    const found = [anomaly({ severity: 'High' }), anomaly(), anomaly(), anomaly({ severity: 'Low' })];
    expect(verdict(pageData(found))).toBe('4 anomalies, 1 High, 2 Medium, in 9 events from 2026-01-05 to 2026-01-06.');
  });

  it('says when nothing was found and when nothing was read', () => {
    const data = pageData();
    expect(verdict(data)).toBe('Nothing unusual found in 9 events from 2026-01-05 to 2026-01-06.');
    data.summary.eventCount = 0;
    data.ledger.entries = [{
      path: 'a.log', format: 'syslog', linesRead: 0, parsed: 0, unparsed: 0, skipped: 0, filtered: 0, truncated: 0,
      bytes: 0, shapes: [],
    }];
    expect(verdict(data)).toBe('No events were read, so nothing can be said.');
  });

  it('does not speak of a log that it does not know', () => {
    const data = pageData();
    data.summary.eventCount = 0;
    expect(verdict(data)).toBe('No anomalies came in; the log itself was not passed on to this page.');
  });

  it('calls no log quiet of which it understood no line', () => {
    const data = pageData();
    data.ledger = { ...data.ledger, parsed: 0, unparsed: 9 };
    expect(verdict(data)).toBe('No line was understood, so nothing can be said of 9 events.');
    data.ledger.parsed = 1;
    expect(verdict(data)).toContain('Nothing unusual found in 9 events');
  });
});

describe('the anomalies', () => {
  const all = new Set(severities);

  it('are filtered by all words, in any case, in every text of theirs', () => {
    const found = [anomaly({ entity: '203.0.113.9' }), anomaly({ title: 'Burst' }), anomaly()];
    expect(filterAnomalies(found, { text: 'RARE 113.9', severities: all })).toEqual([found[0]]);
    expect(filterAnomalies(found, { text: 'syslog:7', severities: all })).toHaveLength(3);
    expect(filterAnomalies(found, { text: '', severities: new Set(['High'] as const) })).toEqual([]);
  });

  it('are grouped by detector and template, led by the highest score', () => {
    const found = [
      anomaly({ templateId: 'a', score: 50, count: 2 }), anomaly({ templateId: 'b' }),
      anomaly({ templateId: 'a', score: 90, count: 3 }), anomaly({ templateId: 'a', detector: 'Spike' }),
    ];
    const rows = groupAnomalies(found);
    expect(rows.map((row) => [row.anomaly.score, row.others.length, eventsOf(row)]))
      .toEqual([[90, 1, 5], [60, 0, 1], [60, 0, 1]]);
  });

  it('are sorted by a column either way, and equal ones keep their order', () => {
    const rows = [['b', 1], ['a', 1], ['c', 9]] as const;
    const made = rows.map(([title, score]) => ({ anomaly: anomaly({ title, score }), others: [] }));
    const titles = (key: 'score' | 'title', descending: boolean): string[] =>
      sortRows(made, { key, descending }).map((row) => row.anomaly.title);
    expect(titles('title', false)).toEqual(['a', 'b', 'c']);
    expect(titles('score', true)).toEqual(['c', 'b', 'a']);
    expect(titles('score', false)).toEqual(['b', 'a', 'c']);
  });
});

describe('the timeline', () => {
  it('puts each anomaly into its step and lane', () => {
    const found = [anomaly({ time: '2026-01-05T08:59:00.000+01:00', severity: 'High' }), anomaly(), anomaly()];
    const timeline = timelineOf(pageData(found));
    const at = Date.parse('2026-01-05T08:00:00Z');
    expect(timeline.marks).toEqual([{ at, severity: 'High', count: 1 }, { at, severity: 'Medium', count: 2 }]);
    expect(timeline.steps.map((step) => [step.at, step.total])).toEqual([[at, 4], [at + 25 * 3_600_000, 5]]);
    expect(timeline.present).toEqual([0, 6]);
  });

  it('is told in words', () => {
    expect(inWords(timelineOf(pageData()))).toBe('Bars of 1 hour each. The busiest starts at 2026-01-06 09:00:00 with '
      + '5 events. Only the step at 2026-01-05 08:00:00 holds anomalies (1).');
  });

  it('labels midnight with the day and other times with the time', () => {
    const day = Date.parse('2026-01-05T00:00:00Z');
    expect([day, day + 7_200_000, day + 5000].map(axisTime)).toEqual(['Jan 5', '02:00', '00:00:05']);
  });
});

describe('the data block', () => {
  const withData = (text: string): Document => {
    const made = document.implementation.createHTMLDocument();
    const block = made.createElement('script');
    block.id = 'data';
    block.type = 'application/json';
    block.textContent = text;
    made.body.append(block);
    return made;
  };

  it('is read when it is of this version', () => {
    expect(readData(withData(JSON.stringify(pageData()))).title).toBe('A report');
  });

  it.each([['', 'holds no data'], ['{{LOGANOMALY-DATA}}', 'holds no data'], ['{"version":2}', 'version 2']])(
    'is refused with a reason otherwise: %s', (text, reason) => {
      expect(() => readData(withData(text))).toThrow(reason);
    });
});

describe('the single file', () => {
  const html = '<head>\n<meta charset="utf-8">\n<script type="module" src="/a.js"></script>\n'
    + '<link rel="stylesheet" href="/a.css">\n</head><body></body>';

  it('holds script and style and points at neither', () => {
    const page = inline(html, 'p { margin: 0 }', 'const a = "$& $1";', 'notice');
    expect(page).toContain('<style>p { margin: 0 }</style>');
    expect(page).toContain('<script>const a = "$& $1";</script>');
    expect(page).not.toMatch(/src=|stylesheet/);
    expect(page.match(/'sha256-[\w+/]{43}='/g)).toHaveLength(2);
  });

  it('keeps script text from ending the script', () => {
    const page = inline(html, '', 'const a = "</script><!--";', '');
    expect(page).toContain('<script>const a = "<\\/script><\\!--";</script>');
  });
});
