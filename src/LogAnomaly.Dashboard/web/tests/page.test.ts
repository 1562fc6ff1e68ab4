import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageData, PageSource } from '../src/data';
import { element } from '../src/dom';
import { start } from '../src/main';
import { anomaly, cube, holdTimers, noCube, pageData, settled, source, without } from './sample';

// jsdom lays nothing out, so charts are left to the tests in a browser.
vi.mock('../src/charts/echarts', () => ({
  Chart: class {
    constructor(_box: HTMLElement, option: (width: number) => unknown) {
      option(800);
    }

    draw(): void { /* nothing to draw on */ }
  },
}));

class Given implements PageSource {
  constructor(private readonly data: PageData | Error) {}

  async load(): Promise<PageData> {
    await Promise.resolve();
    if (this.data instanceof Error) {
      throw this.data;
    }

    return this.data;
  }
}

async function open(data: PageData | Error, fragment = ''): Promise<HTMLElement> {
  window.history.replaceState(null, '', `/${fragment === '' ? '' : `#${fragment}`}`);
  const app = element('div', { id: 'app' });
  document.body.replaceChildren(app);
  await start(app, new Given(data));
  await settled();
  return app;
}

function all(app: HTMLElement, selector: string): (string | null)[] {
  return [...app.querySelectorAll(selector)].map((found) => found.textContent);
}

async function press(app: HTMLElement, selector: string, text?: string): Promise<void> {
  const found = [...app.querySelectorAll<HTMLElement>(selector)]
    .find((one) => text === undefined || one.textContent === text);
  expect(found, `${selector} ${text ?? ''}`).toBeDefined();
  found?.click();
  await settled();
}

async function key(target: Element | null, name: string): Promise<void> {
  expect(target).not.toBeNull();
  target?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  await settled();
}

const three = [
  anomaly({
    severity: 'High', title: 'Guessing', source: '203.0.113.7', ruleId: 'SSH-01', ruleName: 'Guessing', score: 82,
  }),
  anomaly({ source: '203.0.113.7', title: 'Rare' }),
  anomaly({ program: 'cron', host: 'web2', title: 'Other', time: '2026-01-06T09:10:00.000+01:00' }),
];

afterEach(() => { vi.useRealTimers(); });

beforeEach(() => {
  holdTimers();
  window.matchMedia = () => Object.assign(new EventTarget(), { matches: false }) as unknown as MediaQueryList;
});

describe('the page', () => {
  it('says why it cannot be drawn', async () => {
    const app = await open(new Error('This page holds data of version 9.'));
    expect(all(app, '[role=alert]')).toEqual(['This page holds data of version 9.']);
  });

  it('has one first heading, named sections, and no element with markup from the log', async () => {
    const app = await open(pageData([anomaly({ title: '<img src=x onerror=alert(1)>' })], { title: '<b>bold</b>' }));
    expect(all(app, 'h1')).toEqual(['<b>bold</b>']);
    expect(app.querySelectorAll('section:not([aria-labelledby], [aria-label])')).toHaveLength(0);
    expect(app.querySelectorAll('img, h1 b')).toHaveLength(0);
    expect(document.title).toBe('<b>bold</b>');
    expect(document.documentElement.dataset['ready']).toBe('true');
  });

  it('names in its navigation the sections that are there, and brings the keyboard to them', async () => {
    const app = await open(pageData([anomaly()]));
    expect(all(app, 'nav li')).toHaveLength(app.querySelectorAll('main > section').length);
    Element.prototype.scrollIntoView = vi.fn();
    await press(app, 'nav li button', 'Anomalies');
    expect(document.activeElement?.textContent).toBe('Anomalies');
    expect(document.activeElement?.tagName).toBe('H2');
    expect(window.location.hash).toBe('');
  });

  it('puts a sentence in the place of a section that fails, and draws the others', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const broken = pageData([anomaly()]);
    Object.defineProperty(broken, 'minimumScore', { get: () => 25 });
    Object.defineProperty(broken.summary, 'outcomes', { get: () => { throw new Error('broken'); } });
    const app = await open(broken);
    expect(all(app, '#timeline .warning')).toEqual([
      'This part of the page could not be drawn; the rest is not touched by that.']);
    expect(app.querySelector('#anomalies table')).not.toBeNull();
    silent.mockRestore();
  });

  it('says what is missing instead of leaving gaps', async () => {
    const data = pageData([], { cube: noCube });
    data.lines = { ...data.lines, codes: [] };
    data.ledger.unparsed = 5;
    const app = await open({ ...data, summary: without(data.summary, 'firstSeen', 'lastSeen') });
    expect(all(app, '#timeline .empty, #anomalies .empty')).toEqual([
      'No event has a time, so there is nothing to draw over time.',
      'No event or group of events reached the least score of 25.',
    ]);
    expect(all(app, '#verdict .warning')[0]).toContain('50.0% of the lines were not understood');
    expect(app.querySelector('#hours')).toBeNull();
  });

  it('gives no figures of a log that it does not know', async () => {
    expect((await open(pageData())).querySelector('.facts')).not.toBeNull();
    const data = pageData();
    data.summary.eventCount = 0;
    expect((await open(data)).querySelector('.facts')).toBeNull();
  });

  it('marks the theme that the reader chooses', async () => {
    const app = await open(pageData());
    const select = app.querySelector('select');
    if (select !== null) {
      select.value = 'dark';
      select.dispatchEvent(new Event('change'));
    }

    expect(document.documentElement.dataset['theme']).toBe('dark');
  });

  it('refuses attributes that its policy forbids', () => {
    expect(() => element('p', { style: 'color: red' })).toThrow('policy');
    expect(() => element('p', { onclick: 'x' })).toThrow('policy');
  });
});

describe('the filter bar', () => {
  it('says how much is left, and what is asked for, from the fragment on', async () => {
    const app = await open(pageData(three), 'severity=High&source=203.0.113.7');
    expect(all(app, '.filter-summary')).toEqual(['7 of 9 events, 1 of 3 findings']);
    expect(all(app, '.filter-chip')).toEqual(['Remove filter Severity High×', 'Remove filter Source 203.0.113.7×']);
    expect(app.querySelector('.filter-chip')?.textContent).toBe('Remove filter Severity High×');
    expect(app.querySelector<HTMLElement>('.filter-scope')?.hidden).toBe(false);
  });

  it('says countries and kinds of addresses in words', async () => {
    const app = await open(pageData(three), 'country=DE&country=%28Private%29&level=None');
    expect(all(app, '.filter-chip')).toEqual([
      'Remove filter Level no level×',
      'Remove filter Country Germany×',
      'Remove filter Origin private network×',
    ]);
    await press(app, '.filter-chip', 'Remove filter Country Germany×');
    expect(window.location.hash).toBe('#level=None&country=%28Private%29');
  });

  it('takes parts away one by one or all at once, and the fragment follows', async () => {
    const app = await open(pageData(three), 'severity=High&host=web2&text=rare');
    await press(app, '.filter-chip');
    expect(window.location.hash).toBe('#host=web2&text=rare');
    await press(app, '.filter-active button', 'Clear all');
    expect(window.location.hash).toBe('');
    expect(all(app, '.filter-summary')).toEqual(['9 events, 3 findings']);
    expect(app.querySelector<HTMLElement>('.filter-active')?.hidden).toBe(true);
  });

  it('says between what bounds the events are where the page cannot tell', async () => {
    const data = pageData(three);
    const [table] = cube.tables;
    const codes = table?.codes.map((column, index) => (index === 5 ? [1, 1, 3, 0] : column)) ?? [];
    const folded = { ...data.cube, tables: table === undefined ? [] : [{ ...table, codes }] };
    const app = await open({ ...data, cube: folded }, 'user=root');
    expect(all(app, '.filter-summary')[0]).toContain('between 0 and 4 of 9 events');
  });

  it('follows the address when the reader changes it', async () => {
    const app = await open(pageData(three));
    window.location.hash = '#severity=High';
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    await settled();
    expect(all(app, '.filter-summary')).toEqual(['9 events, 1 of 3 findings']);
  });

  it('finds and chooses values by keyboard', async () => {
    const app = await open(pageData(three));
    await press(app, '#pick-host');
    const search = app.querySelector<HTMLInputElement>('#pick-host-search');
    expect(document.activeElement).toBe(search);
    expect(all(app, '#pick-host-list [role=option]')).toEqual(['web17', 'web22']);
    await key(search, 'ArrowDown');
    await key(search, 'ArrowDown');
    expect(search?.getAttribute('aria-activedescendant')).toBe('pick-host-1');
    await key(search, 'Enter');
    expect(window.location.hash).toBe('#host=web2');
    await key(search, 'Escape');
    expect(app.querySelector<HTMLElement>('#pick-host-panel')?.hidden).toBe(true);
    expect(document.activeElement?.id).toBe('pick-host');
  });

  it('takes times by the clock of the log, and refuses an end before the begin', async () => {
    const app = await open(pageData(three));
    const from = app.querySelector<HTMLInputElement>('#time-from');
    const to = app.querySelector<HTMLInputElement>('#time-to');
    const give = async (begin: string, end: string): Promise<void> => {
      if (from !== null && to !== null) {
        from.value = begin;
        to.value = end;
      }

      app.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await settled();
    };
    await give('2026-01-06T09:00', '2026-01-06T08:00');
    expect(all(app, '.fault')).toEqual(['The end must be after the begin.']);
    expect(window.location.hash).toBe('');
    await give('2026-01-06T09:00', '');
    expect(window.location.hash).toBe('#from=2026-01-06T08%3A00%3A00Z');
    expect(all(app, '.filter-summary')).toEqual(['5 of 9 events, 1 of 3 findings']);
  });
});

describe('the brush', () => {
  const handle = (app: HTMLElement, end: string): Element | null => app.querySelector(`.brush-handle.${end}`);

  it('moves by keyboard in steps and is cleared by Escape', async () => {
    const app = await open(pageData(three));
    await key(handle(app, 'from'), 'ArrowRight');
    expect(window.location.hash).toBe('#from=2026-01-05T08%3A00%3A00Z&to=2026-01-06T09%3A00%3A00Z');
    expect(handle(app, 'from')?.getAttribute('aria-valuetext')).toBe('2026-01-05 09:00:00');
    expect(handle(app, 'to')?.getAttribute('aria-valuetext')).toBe('end of the log');
    expect(all(app, '.filter-summary')).toEqual(['5 of 9 events, 1 of 3 findings']);
    await key(handle(app, 'to'), 'Home');
    expect(handle(app, 'to')?.getAttribute('aria-valuenow')).toBe('2');
    await key(handle(app, 'to'), 'Escape');
    expect(window.location.hash).toBe('');
  });

  it('shows the time of the fragment', async () => {
    const app = await open(pageData(three), 'from=2026-01-05T10:30:00Z&to=2026-01-05T11:00:00Z');
    const now = ['from', 'to'].map((end) => handle(app, end)?.getAttribute('aria-valuenow'));
    expect(now).toEqual(['3', '4']);
  });
});

describe('days and hours', () => {
  it('choose a time by keyboard, and all time again', async () => {
    const app = await open(pageData(three));
    const grid = app.querySelector('#hours table');
    expect(app.querySelectorAll('#hours td[tabindex="0"]')).toHaveLength(1);
    for (let hour = 0; hour < 8; hour++) {
      await key(grid, 'ArrowRight');
    }

    expect(document.activeElement?.getAttribute('title')).toBe('Mon 2026-01-05 08:00 to 09:00: 4 events');
    await key(grid, 'Enter');
    expect(window.location.hash).toBe('#from=2026-01-05T07%3A00%3A00Z&to=2026-01-05T08%3A00%3A00Z');
    await key(grid, 'Enter');
    expect(window.location.hash).toBe('');
  });
});

describe('the anomalies', () => {
  it('are grouped into incidents, which open to their findings, and these to their reasons', async () => {
    const app = await open(pageData(three, { sources: [source()], techniques: {} }));
    expect(all(app, '#anomalies .section-tools [role=status]')).toEqual(['3 findings in 2 incidents.']);
    await press(app, '#incidents .opener');
    expect(all(app, '.finding summary .what')).toEqual(['Guessing', 'Rare']);
    const finding = app.querySelector('details.finding');
    finding?.setAttribute('open', '');
    finding?.dispatchEvent(new Event('toggle'));
    expect(all(app, '.finding .sentence')).toEqual(['This message was never seen before.']);
    expect(all(app, '.finding .place')).toEqual(['/var/log/syslog:7']);
    expect(all(app, '.finding .story li').length).toBeGreaterThan(3);
    expect(all(app, '.finding .finding-command code')[1]).toContain('loganomaly parse');
  });

  it('say what is usual, or what the rule asks for', async () => {
    const rule = anomaly({ detector: 'Rule', ruleId: 'SSH-01' });
    const asked = await open(pageData([rule]));
    await press(asked, '#incidents .opener');
    expect(all(asked, '.reason dt')).toEqual(['Observed', 'The rule asks for']);
    const [reason] = rule.reasons;
    const matched = await open(pageData([{
      ...rule, reasons: reason === undefined ? [] : [{ ...reason, code: 'Detection' }],
    }]));
    await press(matched, '#incidents .opener');
    expect(all(matched, '.reason dt')).toEqual(['Observed', 'Usual']);
    const learned = await open(pageData([anomaly()]));
    await press(learned, '#incidents .opener');
    expect(all(learned, '.reason dt')).toEqual(['Observed', 'Usual']);
  });

  it('are shown each for itself when asked, and follow the filter', async () => {
    const app = await open(pageData(three));
    await press(app, '#anomalies .toggle button', 'Each finding');
    expect(all(app, '#anomalies .section-tools [role=status]')).toEqual(['3 findings.']);
    await press(app, '.severities [data-severity=High]');
    expect(all(app, '#anomalies .section-tools [role=status]')).toEqual(['1 of 3 findings.']);
  });

  it('says when the page holds fewer than were found', async () => {
    const app = await open(pageData(three, { anomalyCount: 9 }));
    expect(all(app, '#anomalies .section-tools [role=status]'))
      .toEqual(['The page holds the 3 highest scores of 9. 3 findings in 2 incidents.']);
  });
});
