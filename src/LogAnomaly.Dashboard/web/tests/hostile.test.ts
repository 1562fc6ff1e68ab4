import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageData } from '../src/data';
import { element } from '../src/dom';
import { start } from '../src/main';
import { visibleText } from '../src/visible';
import { anomaly, holdTimers, pageData, source } from './sample';

// jsdom lays nothing out, so charts are left to the tests in a browser.
vi.mock('../src/charts/echarts', () => ({
  Chart: class {
    constructor(_box: HTMLElement, option: (width: number) => unknown) {
      option(800);
    }

    draw(): void { /* nothing to draw on */ }

    onClick(): void { /* nothing to click on */ }
  },
}));

const seeds = 200;

/** Pages; each takes its texts from several seeds in turn, since a page costs jsdom a tenth of a second and more. */
const pages = 40;

const pieces: readonly string[] = [
  '<script>window.ran = true</script>', '</script><script>window.ran = true</script>',
  '<img src=x onerror="window.ran=1">', '<svg onload=window.ran=1>', '"><b onmouseover=window.ran=1>',
  '\' onfocus=window.ran=1 autofocus x=\'', '<!--', '-->', ']]>', '<![CDATA[', '&lt;b&gt;', '&#x3c;script&#x3e;',
  '<a href="javascript:window.ran=1">x</a>', 'javascript:window.ran=1',
  'data:text/html,<script>window.ran=1</script>', '{{LOGANOMALY-DATA}}', '${window.ran=1}',
  '<style>*{display:none}</style>', '<iframe srcdoc="<script>1</script>">', '<base href="//evil.example/">',
  '<meta http-equiv=refresh content=0>', '\u001b[31m', '\u001b]8;;http://evil.example\u0007', '\u0000', '\r\n', '\t',
  '\u2028', '\u2029', '\u202e', '\u2066', '\u200b', '\ufeff', '\ud800', '\udfff', '\ud83e\udd80', '\u{e0041}',
  '=1+1', '+cmd|x', '-1', '@SUM(A1)', '__proto__', 'constructor', 'toString', '(.*)+$', '<ip>', '<*>', '\\', '\'',
  '"', '`', '%E0%A4%A', '#', '&from=', '; reboot', 'x'.repeat(5000), 'é', 'ש', '漢', ' ', '…', '/a/../b', '\u0130',
];

/** Numbers from 0 to below 1 that are the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4_294_967_296;
  };
}

/** Makes hostile texts, no two alike, and remembers them by where they went. */
class Texts {
  private made = 0;
  private readonly randoms: readonly (() => number)[];

  constructor(seeds: readonly number[]) {
    this.randoms = seeds.map(randomOf);
  }

  next(): string {
    const random = this.randoms[this.made % this.randoms.length] ?? Math.random;
    const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => (
      pieces[Math.floor(random() * pieces.length)] ?? ''));
    return `${parts.join('')}${String(this.made++)}`;
  }
}

/** Data with a hostile text wherever the log, its files or its rules have a say. */
function hostileData(page: number): PageData {
  const texts = new Texts(Array.from({ length: seeds / pages }, (_, part) => page + part * pages));
  // A page of each kind in turn, for a page of all takes jsdom twice as long.
  const kind = page % 2 === 0 ? 'Access' : 'System';
  const text = (): string => texts.next();
  const values = ['', '', text(), text()];
  const [, , one = '', two = ''] = values;
  const path = text();
  const template = { id: text(), text: text(), example: text() };
  const evidence = [{ path, line: 7, time: '2026-01-05T08:00:00.000+01:00', raw: text() }];
  const reason = {
    code: text(), feature: text(), observed: text(), typical: text(), contribution: 1, sentence: text(), evidence,
  };
  const about = {
    detector: 'RareTemplate', kind: text(), host: one, program: one, user: one, source: one, entity: text(),
    level: text(), entityType: text(), templateId: template.id, template: template.text, normalIf: text(),
    label: text(),
    techniques: text(),
  };
  const found = [
    anomaly({ ...about, title: text(), ruleId: `SYS-${text()}`, ruleName: text(), reasons: [reason], evidence }),
    anomaly({ ...about, title: text(), source: two, reasons: [reason], evidence }),
    anomaly({ title: text(), program: two, host: two, reasons: [reason], evidence }),
  ];
  const base = pageData(found);
  const names = [
    'level', 'outcome', 'host', 'program', 'source', 'user', 'country', 'action', 'template', 'path', 'status', 'agent',
  ] as const;
  const dimensions = [
    { name: 'kind' as const, values: ['', '', kind] },
    ...names.map((name) => ({
      name, values: name === 'template' ? ['', '', template.id, two] : ['', '', one, two],
    })),
  ];
  const request = { path: text(), source: one, file: path, line: 3, status: 500, duration: 12, bytes: 9 };
  const codes = dimensions.map((dimension) => [2, dimension.name === 'kind' ? 2 : 3]);
  return {
    ...base,
    title: text(), generator: text(), techniques: { [about.techniques]: text() },
    ledger: {
      ...base.ledger, unparsed: 4, entries: [{
        path, format: text(), linesRead: 9, parsed: 5, unparsed: 4, skipped: 0, filtered: 1, truncated: 1, bytes: 9,
        error: text(), shapes: [{ shape: text(), count: 4, line: 2, example: text() }],
      }],
    },
    summary: {
      ...base.summary, kinds: [{ name: kind, count: 9 }],
      hosts: [{ name: one, count: 9 }], programs: [{ name: one, count: 9 }], users: [{ name: one, count: 9 }],
    },
    cube: {
      ...base.cube, steps: page % 10 === 0 ? 26 : 12, dimensions, tables: [{
        dimensions: dimensions.map((dimension) => dimension.name), time: [0, 11], codes, count: [4, 5], bytes: [1, 2],
      }],
    },
    lines: { paths: [path], path: [0, 0], line: [7, 9], time: [0, -1], codes, raw: [text(), text()], cut: { 1: 5 } },
    sources: [
      source({ name: one, acceptedUser: text(), topUsers: [{ name: text(), count: 3 }] }),
      source({ code: 3, name: two, origin: 'Name', country: text() }),
    ],
    slowest: [request], largest: [request], templateCount: 1,
    templates: [{ ...template, count: 9, share: 1 }],
  };
}

/** Tags that the page makes by itself. */
const tags = new Set([
  'A', 'B', 'BDI', 'BUTTON', 'CAPTION', 'CODE', 'DD', 'DETAILS', 'DIV', 'DL', 'DT', 'FOOTER', 'FORM', 'H1', 'H2',
  'H3', 'H4', 'HEADER', 'I', 'INPUT', 'LABEL', 'LI', 'MAIN', 'MARK', 'NAV', 'OL', 'OPTION', 'P', 'PRE', 'SECTION',
  'SELECT', 'SMALL', 'SPAN', 'STRONG', 'SUMMARY', 'TABLE', 'TBODY', 'TD', 'TH', 'THEAD', 'TIME', 'TR', 'UL', 'WBR',
  'svg', 'title', 'polygon', 'polyline', 'circle',
]);

/** What an element has that data must never give it. */
function faults(root: Element): string[] {
  const found: string[] = [];
  for (const one of root.querySelectorAll('*')) {
    if (!tags.has(one.tagName)) {
      found.push(`element ${one.tagName}`);
    }

    for (const name of one.getAttributeNames()) {
      const isLink = ['src', 'href', 'action', 'formaction', 'srcdoc', 'data', 'xlink:href'].includes(name);
      if (name.startsWith('on') || (isLink && one.getAttribute(name) !== '#main')) {
        found.push(`attribute ${name} of ${one.tagName}`);
      }
    }
  }

  return found;
}

/** Draws a page; timers are not waited for but run, which takes a tenth of the time. */
async function drawn(data: PageData, isInPage: boolean): Promise<HTMLElement> {
  const app = element('div', { id: 'app' });
  document.body.replaceChildren(...(isInPage ? [app] : []));
  delete document.documentElement.dataset['complete'];
  await start(app, { load: async () => Promise.resolve(data) });
  vi.runAllTimers();
  expect(document.documentElement.dataset['complete']).toBe('true');
  return app;
}

afterEach(() => { vi.useRealTimers(); });

beforeEach(() => {
  holdTimers();
  window.history.replaceState(null, '', '/');
  window.matchMedia = () => Object.assign(new EventTarget(), { matches: false }) as unknown as MediaQueryList;
});

describe('hostile text in every field', () => {
  it(`is text, whatever it holds (${String(seeds)} seeds)`, async () => {
    const errors = vi.spyOn(console, 'error');
    for (let page = 1; page <= pages; page++) {
      const data = hostileData(page);
      const app = await drawn(data, false);
      expect({ page, faults: faults(app) }).toEqual({ page, faults: [] });
      const shown = app.textContent;
      const [first] = data.anomalies;
      for (const text of [data.title, data.templates[0]?.text, data.ledger.entries[0]?.error, first?.host]) {
        expect(shown.includes(visibleText(text ?? '').slice(0, 300)), `page ${String(page)}: ${text ?? ''}`).toBe(true);
      }

      expect(document.title).toBe(visibleText(data.title).trim().replaceAll(/[\t\n\f\r ]+/g, ' '));
    }

    // A section that fails says so there, and no section may.
    expect(errors).not.toHaveBeenCalled();
    expect('ran' in window).toBe(false);
    errors.mockRestore();
  });

  it('is text in what opens, too', async () => {
    for (let page = 1; page <= 6; page++) {
      const app = await drawn(hostileData(page), true);
      for (let round = 0; round < 3; round++) {
        app.querySelectorAll<HTMLElement>('.opener[aria-expanded="false"]').forEach((opener) => { opener.click(); });
        app.querySelectorAll('details:not([open])').forEach((one) => {
          one.setAttribute('open', '');
          one.dispatchEvent(new Event('toggle'));
        });
      }

      app.querySelectorAll<HTMLElement>('.picker-button').forEach((one) => { one.click(); });
      expect(app.querySelectorAll('.reason').length).toBeGreaterThan(0);
      expect({ page, faults: faults(app) }).toEqual({ page, faults: [] });
    }

    expect('ran' in window).toBe(false);
  });
});
