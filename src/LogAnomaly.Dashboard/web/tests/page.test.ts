import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageData } from '../src/data';
import { element } from '../src/dom';
import { start } from '../src/main';
import { anomaly, pageData } from './sample';

// jsdom lays nothing out, so charts are left to the tests in a browser.
vi.mock('../src/charts/echarts', () => ({ Chart: class { draw(): void { /* nothing to draw on */ } } }));

function open(data: PageData | string): HTMLElement {
  const block = element('script', { type: 'application/json', id: 'data' },
    typeof data === 'string' ? data : JSON.stringify(data));
  const app = element('div', { id: 'app' });
  document.body.replaceChildren(block, app);
  start(app);
  return app;
}

function all(app: HTMLElement, selector: string): (string | null)[] {
  return [...app.querySelectorAll(selector)].map((found) => found.textContent);
}

function press(app: HTMLElement, selector: string): void {
  const found = app.querySelector<HTMLElement>(selector);
  expect(found).not.toBeNull();
  found?.click();
}

describe('the page', () => {
  beforeEach(() => {
    window.matchMedia = () => Object.assign(new EventTarget(), { matches: false }) as unknown as MediaQueryList;
  });

  it('says why it cannot be drawn', () => {
    expect(open('{"version":9}').querySelector('[role=alert]')?.textContent).toContain('version 9');
  });

  it('has one first heading, named sections, and no element with markup from the log', () => {
    const app = open(pageData([anomaly({ title: '<img src=x onerror=alert(1)>' })], { title: '<b>bold</b>' }));
    expect(all(app, 'h1')).toEqual(['<b>bold</b>']);
    expect(app.querySelectorAll('section:not([aria-labelledby], [aria-label])')).toHaveLength(0);
    expect(app.querySelectorAll('img, b b, h1 b')).toHaveLength(0);
    expect(document.title).toBe('<b>bold</b>');
  });

  it('opens a row to its reasons and lines and closes it again', () => {
    const app = open(pageData([anomaly()]));
    expect(app.querySelector('.detail')).toBeNull();
    press(app, 'button.open');
    expect(all(app, '.sentence')).toEqual(['This message was never seen before.']);
    expect(all(app, '.place')).toEqual(['/var/log/syslog:7']);
    expect(all(app, '.detail pre')).toEqual(['a line']);
    expect(app.querySelector('.open')?.getAttribute('aria-expanded')).toBe('true');
    press(app, 'button.open');
    expect(app.querySelector<HTMLElement>('tr.opened')?.hidden).toBe(true);
  });

  it('keeps a row open while the table is sorted', () => {
    const app = open(pageData([anomaly({ templateId: 'a' }), anomaly({ templateId: 'b', score: 10 })]));
    press(app, 'button.open');
    press(app, '#sort-score');
    expect(all(app, 'tr.row [aria-expanded]')).toHaveLength(2);
    expect([...app.querySelectorAll('tr.row .open')].map((found) => found.getAttribute('aria-expanded')))
      .toEqual(['false', 'true']);
    expect(app.querySelector('[aria-sort]')?.getAttribute('aria-sort')).toBe('ascending');
  });

  it('shows repeats as one row until grouping is switched off', () => {
    const app = open(pageData([anomaly(), anomaly(), anomaly()]));
    expect(all(app, '.repeats')).toEqual(['+2 like this']);
    expect(all(app, '#anomalies [role=status]')).toEqual(['3 anomalies in 1 group.']);
    press(app, '#group');
    expect(app.querySelectorAll('tr.row')).toHaveLength(3);
  });

  it('says when the page holds fewer anomalies than were found', () => {
    const app = open(pageData([anomaly()], { anomalyCount: 9 }));
    expect(all(app, '#anomalies [role=status]')[0]).toContain('1 highest scores of 9 anomalies');
  });

  it('says what is missing instead of leaving gaps', () => {
    const data = pageData();
    data.summary.timeline = [];
    data.ledger.unparsed = 5;
    const app = open(data);
    expect(all(app, '.empty')).toEqual([
      'No event has a time, so there is nothing to draw over time.',
      'No event or group of events reached the least score of 25.',
      'No event names a source address.', 'No message was read.', 'No file was read.',
    ]);
    expect(all(app, '.warning')[0]).toContain('50.0% of the lines were not understood');
  });

  it('gives no figures of a log that it does not know', () => {
    expect(open(pageData()).querySelector('.facts')).not.toBeNull();
    const data = pageData();
    data.summary.eventCount = 0;
    expect(open(data).querySelector('.facts')).toBeNull();
  });

  it('marks the theme that the reader chooses', () => {
    const app = open(pageData());
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
