import { describe, expect, it } from 'vitest';
import { inline } from '../build/single-file';
import { axisTime, binsOf } from '../src/charts/bins';
import { describe as inWords, slotText, timelineOf } from '../src/charts/timeline';
import type { Timeline } from '../src/charts/timeline';
import { checked, EmbeddedSource } from '../src/data';
import type { AnomalyData, PageData } from '../src/data';
import { withTemplates } from '../src/entity';
import { heatMapOf, rowName, shadeLimits } from '../src/heat';
import { incidentsOf } from '../src/incidents';
import { cautions, cuts, verdictText } from '../src/model';
import { clockOf, LogClock, parseTime } from '../src/time';
import { anomaly, pageData, source, viewOf } from './sample';

function said(data: PageData): string {
  return verdictText(data, incidentsOf(data.anomalies));
}

describe('the verdict', () => {
  const guessed = anomaly({
    severity: 'Critical', score: 95, title: 'SSH login after guessing', entityType: 'Source', entity: '203.0.113.7',
    source: '203.0.113.7', host: 'web1', time: '2026-01-05T03:12:40.000+01:00', count: 482,
  });

  it('says what happened, how bad, by whom, where, when, and what there is besides', () => {
    const others = [anomaly({ severity: 'High', host: 'db1' }), anomaly({ severity: 'Low' }), anomaly()];
    const data = pageData([guessed, ...others], { sources: [source({ failed: 482, acceptedUser: 'deploy' })] });
    expect(said(data)).toBe('Critical: SSH login after guessing from 203.0.113.7 on web1 at 2026-01-05 03:12: '
      + '482 logins failed, then it got in as deploy; 1 more incident of High or above, 2 findings below High.');
  });

  it('claims no login that the data does not tell', () => {
    const data = pageData([guessed], { sources: [source({ failed: 482, accepted: 3 })] });
    expect(said(data)).toBe(
      'Critical: SSH login after guessing from 203.0.113.7 on web1 at 2026-01-05 03:12: 482 logins failed.');
    expect(said(pageData([guessed]))).toContain('2026-01-05 03:12, 482 events.');
  });

  it('does not say twice what the title says', () => {
    const data = pageData([anomaly({ title: 'Burst of cron on db1', program: 'cron', host: 'db1' })]);
    expect(said(data)).toBe('Medium: Burst of cron on db1 at 2026-01-05 08:00.');
  });

  it('gives the words of a template that a finding only names by its id, and counts the lines of all findings', () => {
    const rare = (line: number): AnomalyData => anomaly({
      title: 'Rare or new kind of error', entityType: 'TemplateId', entity: '5b45df88cd7e',
      evidence: [{ path: 'error.log', line, raw: 'a line' }],
    });
    const data = withTemplates(pageData([rare(7), rare(9), rare(7)], {
      templates: [{ id: '5b45df88cd7e', text: 'AH01234: module <*> leaks', count: 2, share: 0.1, example: '' }],
    }));
    expect(said(data))
      .toBe('Medium: Rare or new kind of error: “AH01234: module <*> leaks” at 2026-01-05 08:00, 2 events.');
    expect(data.anomalies[0]?.templateId).toBe('5b45df88cd7e');
    expect(said(withTemplates(pageData([rare(7)])))).toContain('about 5b45df88cd7e');
  });

  it('names no host where the findings are of several', () => {
    const both = [guessed, { ...guessed, host: 'web2' }];
    expect(said(pageData(both))).toContain('from 203.0.113.7 at 2026-01-05');
  });

  it('says that nothing was found, in how much, and what was not understood or hidden', () => {
    const data = pageData();
    expect(said(data)).toBe(
      'Nothing unusual in 9 events, 2026-01-05 to 2026-01-06; all lines were understood.');
    data.ledger.unparsed = 1;
    data.suppressed = 2;
    expect(said(data)).toBe('Nothing unusual is left in 9 events, 2026-01-05 to 2026-01-06; 2 findings are hidden by '
      + 'suppressions, 1 line was not understood.');
  });

  it('does not speak of a log that it does not know, was not read or not understood', () => {
    const data = pageData();
    data.ledger = { ...data.ledger, parsed: 0, unparsed: 9 };
    expect(said(data)).toBe('No line was understood, so nothing can be said of 9 events.');
    data.summary.eventCount = 0;
    expect(said(data)).toBe('No findings came in; the log itself was not passed on to this page.');
    data.ledger.entries = [{
      path: 'a.log', format: 'syslog', linesRead: 0, parsed: 0, unparsed: 0, skipped: 0, filtered: 0, truncated: 0,
      bytes: 0, shapes: [], error: 'The archive ends early.',
    }];
    expect(said(data)).toBe('No events were read, so nothing can be said.');
    expect(cautions(data).map((caution) => caution.text)).toEqual([
      '1 file was not read to the end.',
      'No line fits a format that was tried. Naming the format, or giving a pattern, lets lines be understood.',
    ]);
    data.ledger.parsed = 1;
    expect(cautions(data).map((caution) => caution.text)).toEqual([
      '1 file was not read to the end.',
      '90.0% of the lines were not understood, so the verdict says little about them.',
    ]);
  });

  it('says what the page leaves out', () => {
    expect(cuts(pageData([anomaly()]))).toEqual([]);
    expect(cuts(pageData([anomaly()], { anomalyCount: 9 })))
      .toEqual(['The page holds the 1 highest scores of 9 findings.']);
  });
});

function timelineFor(anomalies: AnomalyData[], fragment = '', join = 1): Timeline {
  const view = viewOf(pageData(anomalies), fragment);
  return timelineOf({
    stack: 'outcome', series: view.series('outcome'), valueOf: (code) => view.cube.valueOf('outcome', code),
    anomalies: view.anomaliesAtAnyTime(), origin: parseTime(view.data.cube.start ?? ''), step: view.cube.step,
    bins: binsOf(Date.parse('2026-01-05T08:00:00Z'), view.cube.step, view.cube.steps, join),
  });
}

describe('the timeline', () => {
  it('counts events by slot and value, and findings by slot and severity', () => {
    const found = [anomaly({ time: '2026-01-05T08:59:00.000+01:00', severity: 'High' }), anomaly(), anomaly()];
    const timeline = timelineFor(found);
    expect(timeline.marks)
      .toEqual([{ slot: 0, severity: 'High', count: 1 }, { slot: 0, severity: 'Medium', count: 2 }]);
    expect(timeline.layers.map((layer) => [layer.name, layer.counts[0], layer.counts[25]]))
      .toEqual([['Success', 0, 1], ['Failure', 4, 4]]);
  });

  it('joins steps, and counts as many events then', () => {
    const timeline = timelineFor([anomaly()], '', 10);
    expect([...timeline.totals]).toEqual([4, 0, 5]);
    expect(timeline.width).toBe(12 * 3_600_000);
    expect([0, 1].map((slot) => slotText(timeline, slot))).toEqual(['2026-01-05 00:00:00', '2026-01-05 12:00:00']);
    expect(timeline.marks).toEqual([{ slot: 0, severity: 'Medium', count: 1 }]);
  });

  it('keeps the whole period under a filter of time, and follows the rest of the filter', () => {
    expect([...timelineFor([], 'from=2026-01-06T00:00:00Z').totals].filter((events) => events > 0)).toEqual([4, 5]);
    expect([...timelineFor([], 'host=web1').totals].filter((events) => events > 0)).toEqual([3, 4]);
  });

  it('is told in words', () => {
    expect(inWords(timelineFor([anomaly()]))).toBe('The busiest hour starts at 2026-01-06 09:00:00 with 5 events. '
      + 'All findings (1) are in the one that starts at 2026-01-05 08:00:00.');
    expect(inWords(timelineFor([], 'user=nobody'))).toBe('No event fits the filter.');
  });

  it('labels midnight with the day and other times with the time', () => {
    const day = Date.parse('2026-01-05T00:00:00Z');
    expect([day, day + 7_200_000, day + 5000].map(axisTime)).toEqual(['Jan 5', '02:00', '00:00:05']);
    expect(axisTime(Date.parse('2026-01-01T00:00:00Z'))).toBe('Jan 1, 2026');
  });
});

describe('joined bars', () => {
  const minute = 60_000;
  const hour = 60 * minute;
  const at = (text: string): number => Date.parse(`${text}Z`);

  it.each([
    // From 10:07 on, steps of a minute, at least 22 to a bar: bars of half an hour from 10:00 on.
    ['2026-01-05T10:07', minute, 100, 22, { join: 30, lead: 7, count: 4 }],
    ['2026-01-05T10:00', 15 * minute, 333, 1, { join: 1, lead: 0, count: 333 }],
    ['2026-01-05T10:00', 15 * minute, 333, 2.6, { join: 4, lead: 0, count: 84 }],
    ['2026-01-05T10:00', 15 * minute, 333, 9, { join: 12, lead: 4, count: 29 }],
    // A week begins on Monday; 9 January 2026 is a Friday.
    ['2026-01-09T00:00', 24 * hour, 265, 2.2, { join: 7, lead: 4, count: 39 }],
    // No natural width is a multiple of 7 minutes below a week.
    ['2026-01-05T00:07', 7 * minute, 10, 3, { join: 3, lead: 0, count: 4 }],
    ['1969-12-31T23:00', hour, 4, 1.5, { join: 2, lead: 1, count: 3 }],
  ])('have a natural width and begin at round times: %s', (start, step, steps, least, expected) => {
    expect(binsOf(at(start), step, steps, least)).toEqual(expected);
  });

  it('are as wide as asked where no width is natural', () => {
    expect(binsOf(0, 11 * minute, 100, 3)).toEqual({ join: 3, lead: 0, count: 34 });
  });
});

describe('days and hours', () => {
  it('are by the clock of the log', () => {
    const view = viewOf(pageData());
    const map = heatMapOf(view.series(undefined), view.start, view.cube, clockOf(view.data), 1);
    const full = map?.rows.map((row) => [...row.counts.entries()].filter(([, events]) => events > 0));
    expect(full).toEqual([[[8, 4]], [[9, 5]]]);
    expect(map === undefined ? '' : rowName(map, 0)).toBe('Mon 2026-01-05');
    expect(map?.rows[0]?.spans[8]).toEqual({
      from: Date.parse('2026-01-05T08:00:00+01:00'), to: Date.parse('2026-01-05T09:00:00+01:00'),
    });
  });

  it('are added up by weekday where the log is long, from Monday on', () => {
    const steps = new Float64Array(40 * 24).fill(1);
    const start = Date.parse('2026-01-07T00:00:00Z');
    const map = heatMapOf({ counts: new Map([[0, steps]]), exact: true }, start, { step: 3_600_000, steps: 960 },
      new LogClock([]), 6);
    expect(map?.byWeekday).toBe(true);
    const names = map === undefined ? [] : map.rows.map((row, index) => [rowName(map, index), row.counts[0]]);
    expect(names)
      .toEqual([['Monday', 30], ['Tuesday', 30], ['Wednesday', 36], ['Thursday', 36], ['Friday', 36], ['Saturday', 36],
        ['Sunday', 36]]);
  });

  it.each([
    ['a steady log', (hour: number) => 88 + (hour % 48), [0, 97, 107, 116, 126, 135]],
    ['one busy hour', (hour: number) => (hour === 5 ? 9000 : 1 + (hour % 9)), [0, 15, 231, 1167, 3687, 9000]],
    ['quiet nights', (hour: number) => (hour % 24 < 8 ? 0 : (hour % 24) - 7), [0, 4, 7, 10, 13, 16]],
    ['nothing', () => 0, [0, 0, 0, 0, 0, 0]],
  ])('have shades that tell them apart: %s', (_name, eventsAt, limits) => {
    const steps = Float64Array.from({ length: 96 }, (_, hour) => eventsAt(hour));
    const map = heatMapOf({ counts: new Map([[0, steps]]), exact: true }, 0, { step: 3_600_000, steps: 96 },
      new LogClock([]), 1);
    expect(map === undefined ? [] : shadeLimits(map)).toEqual(limits);
  });

  it('are not drawn where steps are as long as a day', () => {
    const steps = { counts: new Map<number, Float64Array>(), exact: true };
    expect(heatMapOf(steps, 0, { step: 86_400_000, steps: 9 }, new LogClock([]), 1)).toBeUndefined();
  });
});

describe('the clock of the log', () => {
  const clock = new LogClock([parseTime('2026-03-01T00:00:00.000+01:00'), parseTime('2026-04-01T00:00:00.000+02:00')]);

  it('has the offset of the last known time before', () => {
    expect(clock.text(Date.parse('2026-03-02T12:00:00Z'))).toBe('2026-03-02 13:00:00');
    expect(clock.text(Date.parse('2026-04-02T12:00:00Z'))).toBe('2026-04-02 14:00:00');
    expect(clock.text(Date.parse('2025-01-01T12:00:00Z'))).toBe('2025-01-01 13:00:00');
  });

  it.each(['2026-03-02T12:00:00Z', '2026-04-02T12:00:00Z'])('finds the instant of what it shows: %s', (text) => {
    expect(clock.instantOf(clock.wall(Date.parse(text)))).toBe(Date.parse(text));
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

  it.each(['', '{{LOGANOMALY-DATA}}'])('is missed with words that say what the page is: %s', async (text) => {
    await expect(new EmbeddedSource(withData(text)).load()).rejects.toThrow('holds no data');
  });

  it('is refused when it is of another version', () => {
    expect(() => checked({ version: 1 })).toThrow('version 1');
    expect(checked(pageData()).title).toBe('A report');
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
