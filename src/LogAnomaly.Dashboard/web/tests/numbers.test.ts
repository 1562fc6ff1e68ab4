import { beforeEach, describe, expect, it, vi } from 'vitest';
import { binsOf } from '../src/charts/bins';
import { timelineOf } from '../src/charts/timeline';
import type { PageData } from '../src/data';
import { element } from '../src/dom';
import { contentsSection } from '../src/sections/contents';
import { drillEvents } from '../src/sections/finding-lines';
import { ledgerSection } from '../src/sections/ledger';
import { linesSection } from '../src/sections/lines';
import { requestTable } from '../src/sections/requests';
import { sourceTable } from '../src/sections/source-table';
import { templatesSection } from '../src/sections/templates';
import { timelineTable } from '../src/sections/timeline-table';
import { verdictSection } from '../src/sections/verdict';
import { parseTime } from '../src/time';
import type { View } from '../src/view';
import { anomaly, noCube, pageData, present, source, viewOf } from './sample';

const first = Date.parse('2026-01-05T08:00:00+01:00');

function buttons(inside: Element): HTMLButtonElement[] {
  return [...inside.querySelectorAll('button')];
}

/** Presses the button of this name. */
function press(inside: Element, name: string): void {
  present(buttons(inside).find((made) => (made.getAttribute('aria-label') ?? made.textContent) === name)).click();
}

function heads(inside: Element): string[] {
  return [...inside.querySelectorAll('thead th .sort')].map((head) => head.textContent);
}

beforeEach(() => {
  document.body.replaceChildren(element('div', { id: 'lines' }, element('h2', { tabindex: -1 })));
  Element.prototype.scrollIntoView = vi.fn();
});

describe('a number', () => {
  it('brings to its lines by a step of the history, and the way back undoes it', async () => {
    const view = viewOf(pageData(), 'host=web1');
    const before = window.history.length;
    view.showLines({ text: 'refused' });
    expect(window.history.length).toBe(before + 1);
    expect(document.activeElement?.tagName).toBe('H2');
    view.change({ text: 'reset' });
    expect(window.history.length).toBe(before + 1);
    window.history.back();
    await vi.waitFor(() => { expect(view.filter).toMatchObject({ text: '', values: { host: ['web1'] } }); });
  });

  it('of the verdict leads to lines of the whole log, whatever the filter is', () => {
    const data = pageData();
    data.ledger.unparsed = 1;
    data.ledger.entries = [{
      path: 'a.log', format: 'auth', linesRead: 10, parsed: 8, unparsed: 1, skipped: 1, filtered: 0, truncated: 0,
      bytes: 9, shapes: [{ shape: 'a 0', count: 1, line: 4, example: 'b 1' }],
    }];
    const view = viewOf(data, 'host=web1&text=no&from=2026-01-05T08:00:00Z');
    press(verdictSection(view, []), '1 line not understood of the whole log: show lines');
    expect(view.filter).toEqual({
      severities: [], rules: [], text: '', from: undefined, to: undefined, values: { kind: ['Unparsed'] },
    });
    view.clear();
    press(ledgerSection(view), '1 line not understood: show lines');
    expect(view.filter.values).toEqual({ kind: ['Unparsed'] });
  });

  it('of the timeline as a table leads to the lines or the findings of its time and value', () => {
    const view = viewOf(pageData([anomaly()]));
    const timeline = timelineOf({
      stack: 'outcome', series: view.series('outcome'), valueOf: (code) => view.cube.valueOf('outcome', code),
      anomalies: view.anomaliesAtAnyTime(), origin: parseTime(view.data.cube.start ?? ''), step: view.cube.step,
      bins: binsOf(first + 3_600_000, view.cube.step, view.cube.steps, 1),
    });
    const made = timelineTable(view, timeline, [0, 25]);
    expect(buttons(made).map((one) => one.getAttribute('aria-label'))).toEqual([
      '1 finding from 2026-01-05 08:00:00: show them', '4 events from 2026-01-05 08:00:00: show lines',
      '4 events, Failure, from 2026-01-05 08:00:00: show lines', '5 events from 2026-01-06 09:00:00: show lines',
      '1 event, Success, from 2026-01-06 09:00:00: show lines',
      '4 events, Failure, from 2026-01-06 09:00:00: show lines',
    ]);
    press(made, '4 events, Failure, from 2026-01-05 08:00:00: show lines');
    expect(view.filter).toMatchObject({ from: first, to: first + 3_600_000, values: { outcome: ['Failure'] } });
  });

  it('of a value leads to its lines, and the value itself filters where the reader is', () => {
    const view = viewOf(pageData());
    const made = present(contentsSection(view));
    press(made, 'web1');
    expect(view.filter.values).toEqual({ host: ['web1'] });
    expect(document.activeElement?.tagName).not.toBe('H2');
    press(made, '2 events of web2: show lines');
    expect(view.filter.values).toEqual({ host: ['web2'] });
    expect(document.activeElement?.tagName).toBe('H2');
  });

  it('of an incident leads to the lines of its time and source, or of its kinds of message', () => {
    const ends = '2026-01-05T08:20:00.000+01:00';
    const guess = anomaly({ source: '203.0.113.7', lastTime: ends, count: 3, title: 'Guessing' });
    const view = viewOf(pageData([guess]), 'severity=High');
    const told = 'Guessing, among the lines of their time and source: show lines';
    press(element('div', {}, drillEvents(view, 3, [guess])), `3 events of ${told}`);
    expect(view.filter).toMatchObject({
      from: first, to: Date.parse(ends) + 1, values: { source: ['203.0.113.7'] }, severities: [],
    });
    expect(drillEvents(view, 0, [guess])).toBe('0');
  });

  it('of a single request leads to its second', () => {
    const view = viewOf(pageData());
    const table = requestTable(view, 'largest', 'Largest', false);
    table.setRows([{
      time: '2026-01-05T08:00:00.900+01:00', source: '203.0.113.7', path: '/a', bytes: 9, line: 5,
      file: '/var/log/apache2/access.log',
    }]);
    press(table.element, 'Line /var/log/apache2/access.log:5: show lines');
    expect(table.element.textContent).toContain('…/access.log:5');
    expect(view.filter).toMatchObject({ from: first, to: first + 1000, values: { source: ['203.0.113.7'] } });
  });
});

describe('the table of sources', () => {
  function drawn(data: PageData): { view: View; made: HTMLElement } {
    const view = viewOf(data);
    const table = sourceTable(view);
    table.draw();
    return { view, made: table.element };
  }

  const quiet = source({ code: 3, name: '198.51.100.1', failed: 0, accepted: 0, count: 900, users: 0, topUsers: [] });
  const sources = [quiet, source({ failed: 0, accepted: 0, users: 0, topUsers: [] })];

  it('says which sources have findings, puts them first, and leads to them', () => {
    const found = anomaly({ source: '203.0.113.7' });
    const { view, made } = drawn(pageData([found, found], { sources }));
    expect([...made.querySelectorAll('tbody th')].map((cell) => cell.textContent))
      .toEqual(['203.0.113.7', '198.51.100.1']);
    press(made, '2 findings of 203.0.113.7: show them');
    expect(view.filter.values).toEqual({ source: ['203.0.113.7'] });
  });

  it('has no column of findings where no finding names a source', () => {
    const { made } = drawn(pageData([], { sources }));
    expect(heads(made)).not.toContain('Findings');
    expect(made.querySelector('tbody th')?.textContent).toBe('198.51.100.1');
  });
});

describe('a log without times or findings', () => {
  const lines = {
    paths: ['a.log'], path: [0], line: [1], time: [-1], codes: [], raw: ['hello'], cut: {},
  };
  const templates = [{ id: 't1', text: 'hello', count: 1, share: 1, example: 'hello' }];

  it('has no columns for them', () => {
    const view = viewOf(pageData([], { cube: noCube, lines, templates }));
    expect(heads(present(linesSection(view)))).toEqual(['Place']);
    expect(heads(present(templatesSection(view)))).toEqual(['Template', 'Events', 'Share']);
  });

  it('has no section of lines or messages where nothing was read', () => {
    const data = pageData([], { cube: noCube });
    data.summary.eventCount = 0;
    expect([linesSection(viewOf(data)), templatesSection(viewOf(data))]).toEqual([null, null]);
  });
});
