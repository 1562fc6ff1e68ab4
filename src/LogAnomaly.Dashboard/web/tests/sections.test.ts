import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestData } from '../src/data';
import { amountText, drill, pick } from '../src/drill';
import { everything } from '../src/filter';
import { filterWords } from '../src/filter-words';
import { powershellCommand, shellCommand } from '../src/filter-commands';
import { agentFamily, statusClass, statusName } from '../src/http';
import { markedText, placesOf, templateText } from '../src/marked';
import { agentRows } from '../src/sections/agents';
import { cuts, ledgerSection } from '../src/sections/ledger';
import { shortPath } from '../src/sections/kept-lines';
import { lineRows, linesSection, saidOf } from '../src/sections/lines';
import { admits, milliseconds } from '../src/sections/requests';
import { curveOf, peakText, sparkline } from '../src/sections/sparkline';
import { programRows, ruleRows, systemSection, troubleRows } from '../src/sections/system';
import { newFrom, templateRows, templatesSection } from '../src/sections/templates';
import { pathRows, webSection } from '../src/sections/web';
import { statusSeries, statusWords } from '../src/charts/status';
import { anomaly, cubeData, viewOf } from './view-sample';
import { present } from './sample';
import type { Counted, Kept } from './view-sample';

// jsdom lays nothing out, so charts are left to the tests in a browser.
vi.mock('../src/charts/echarts', () => ({ Chart: class { draw(): void { /* nothing to draw on */ } } }));

const hour = 3_600_000;
const hostile = '<script>alert(1)</script>\u202e\u001b[31m';

function access(step: number, count: number, path: string, status: string, agent = 'curl/8'): Counted {
  return { step, count, bytes: count * 10, values: { kind: 'Access', path, status, agent, source: '192.0.2.7' } };
}

function system(step: number, count: number, program: string, level: string, action?: string): Counted {
  return { step, count, values: { kind: 'System', program, level, ...(action === undefined ? {} : { action }) } };
}

function texts(root: ParentNode, selector: string): string[] {
  return [...root.querySelectorAll(selector)].map((found) => found.textContent);
}

beforeEach(() => {
  document.body.replaceChildren();
});

describe('a number that leads to its lines', () => {
  it('says how sure it is', () => {
    expect(amountText({ least: 1203, most: 1203 })).toBe('1,203');
    expect(amountText({ least: 0, most: 340 })).toBe('0 to 340');
    expect(amountText({ least: 200, most: 340 })).toBe('200 to 340');
    expect(amountText({ least: 12, most: 9000 })).toBe('at least 12');
  });

  it('narrows the filter and is named by what it counts', () => {
    const view = viewOf(cubeData([]));
    const made = drill(view, '482', { values: { source: ['203.0.113.7'] } }, '482 events of 203.0.113.7');
    expect(made.getAttribute('aria-label')).toBe('482 events of 203.0.113.7: show lines');
    made.click();
    expect(view.filter.values).toEqual({ source: ['203.0.113.7'] });
    expect(drill(view, '51.6%', {}, 'errors').getAttribute('aria-label')).toBe('51.6%: errors: show lines');
  });

  it('has values that switch the filter on and off', () => {
    const view = viewOf(cubeData([]));
    const made = pick(view, 'program', hostile);
    expect([made.getAttribute('aria-pressed'), made.textContent])
      .toEqual(['false', '<script>alert(1)</script>U+202E\\x1b[31m']);
    made.click();
    expect(view.filter.values).toEqual({ program: [hostile] });
    expect(pick(view, 'program', hostile).getAttribute('aria-pressed')).toBe('true');
  });
});

describe('a sparkline', () => {
  it('puts steps together and tells its peak', () => {
    const view = viewOf(cubeData([]));
    expect(curveOf(view, [1, 2, 3, 4, 5], 3)).toEqual({ values: [3, 7, 5], bins: { join: 2, lead: 0, count: 3 } });
    expect(peakText(view, curveOf(view, Float64Array.from({ length: 48 }, (_, step) => (step === 14 ? 120 : 1)))))
      .toBe('Peak 120 per hour at 2026-01-05 14:00');
    expect(peakText(view, curveOf(view, [0, 0]))).toBe('None with a time');
    const drawn = sparkline(view, [0, 3, 1]) as SVGElement;
    expect([drawn.getAttribute('role'), drawn.hasAttribute('style')]).toEqual(['img', false]);
    expect(sparkline(view, undefined)).toBeNull();
  });
});

describe('marked text', () => {
  it('marks words in any case and joins those that overlap', () => {
    expect(placesOf('Failed FAILED ledge', ['failed', 'led', ''])).toEqual([[0, 6], [7, 13], [14, 17]]);
    expect(markedText('a <b> c', ['<b>']).querySelector('mark')?.textContent).toBe('<b>');
    expect(markedText(`x ${hostile}`, ['script']).querySelector('script')).toBeNull();
  });

  it('styles only what stands for something in a template', () => {
    const made = templateText(`from <ip> to <*> ${hostile}`);
    expect(texts(made, '.varies')).toEqual(['<ip>', '<*>']);
    expect(made.querySelector('script')).toBeNull();
    expect(templateText(' ').textContent).toBe('empty message');
  });
});

describe('commands for the lines of a filter', () => {
  const view = viewOf(cubeData([]));
  const filter = {
    ...everything, from: Date.parse('2026-01-05T08:00:00Z'), text: 'two words',
    values: { source: ['192.0.2.7'], level: ['Error'], path: ['/it\'s'] },
  };

  it('use the options of the cmdlets and quote what no option knows', () => {
    expect(powershellCommand(view, filter)).toBe('Get-SystemLog \'/var/log/it\'\'s.log\''
      + ' -After \'2026-01-05T09:00:00+01:00\' -SourceIP \'192.0.2.7\' -Match \'two\' | Where-Object {'
      + ' $_.Level -ceq \'Error\' -and $_.UrlPath -ceq \'/it\'\'s\''
      + ' -and $_.Raw.IndexOf(\'words\', [StringComparison]::OrdinalIgnoreCase) -ge 0 } | ForEach-Object Raw');
  });

  it('ask jq for what the program has no option for, with the values beside its program', () => {
    const command = shellCommand(view, filter);
    expect(command).toContain('loganomaly parse \'/var/log/it\'\\\'\'s.log\' --after \'2026-01-05T09:00:00+01:00\'');
    expect(command).toContain('--source-ip \'192.0.2.7\' --match \'two\' --json | jq -r --arg v0 \'Error\'');
    expect(command).toContain('--arg v1 \'/it\'\\\'\'s\'');
    expect(command).toContain('(.UrlPath|tostring) == $v1');
  });

  it('ask for a level and those above by its option', () => {
    const graver = { ...everything, values: { level: ['Error', 'Critical', 'Alert', 'Emergency'] } };
    expect(powershellCommand(view, graver)).toContain('-MinimumLevel \'Error\'');
    expect(shellCommand(view, graver)).not.toContain('jq');
  });

  it('look for the name of a host where a source is no address', () => {
    const named = { ...everything, values: { source: ['evil.example', '192.0.2.7'] } };
    expect(powershellCommand(view, named)).toContain('Where-Object { ($_.SourceIP -cin \'evil.example\', \'192.0.2.7\''
      + ' -or $_.SourceHost -cin \'evil.example\', \'192.0.2.7\') }');
    expect(shellCommand(view, named)).toContain('select(((.SourceIP|tostring) == $v0 or (.SourceIP|tostring) == $v1'
      + ' or (.SourceHost|tostring) == $v0 or (.SourceHost|tostring) == $v1)).Raw');
  });

  it('cannot be left by a hostile value', () => {
    const command = powershellCommand(view, { ...everything, values: { user: ['\'; Remove-Item x; \u2019'] } });
    expect(command).toContain('-UserName \'\'\'; Remove-Item x; \u2019\u2019\'');
    expect(shellCommand(view, { ...everything, values: { user: ['-x\';rm'] } }))
      .toContain('--user-name=\'-x\'\\\'\';rm\'');
  });
});

describe('the filter in words', () => {
  it('names every part', () => {
    const view = viewOf(cubeData([]));
    expect(filterWords(view, everything)).toBe('');
    expect(filterWords(view, {
      ...everything, to: Date.parse('2026-01-05T08:00:00Z'), severities: ['High'], rules: ['SYS-01'],
      values: { host: ['a', 'b\u202e'], country: ['DE', '(Private)'] }, text: 'x',
    })).toBe('Only before 2026-01-05 09:00; severity High; rule SYS-01; host a or bU+202E; '
      + 'country Germany or private network; with the words “x”.');
  });
});

describe('web requests', () => {
  const view = viewOf(cubeData([
    access(1, 10, '/', '200'), access(2, 4, '/', '404'), access(3, 6, '/login', '503', 'Mozilla/5.0 Firefox/133.0'),
    system(4, 3, 'kernel', 'Error'),
  ]));

  it('are absent without access logs', () => {
    expect(webSection(viewOf(cubeData([system(0, 1, 'a', 'Error')])))).toBeNull();
  });

  it('count requests, errors and bytes by path', () => {
    expect(pathRows(view).map((row) => [row.value, row.amount.least, row.errors.least, row.bytes]))
      .toEqual([['/', 14, 4, 140], ['/login', 6, 6, 60]]);
  });

  it('are put together by class of status, without what is no request', () => {
    const series = statusSeries(view);
    expect(series.classes.map((entry) => entry.name)).toEqual(['2xx', '4xx', '5xx']);
    expect(statusWords(view, series)).toBe('Answers by class: 10 2xx, 4 4xx, 6 5xx. Most errors per hour: 6, from '
      + '2026-01-05 03:00.');
  });

  it('keep to the time of the filter', () => {
    const narrow = viewOf(cubeData([access(1, 10, '/', '200'), access(9, 4, '/', '404')]));
    narrow.set({ ...everything, from: narrow.start + 5 * hour });
    expect(statusSeries(narrow).classes.map((entry) => entry.name)).toEqual(['4xx']);
    expect(pathRows(narrow).map((row) => row.amount.least)).toEqual([4]);
  });

  it('name status codes', () => {
    expect([statusName('404'), statusName('799'), statusClass('404'), statusClass('x'), statusClass('600')])
      .toEqual(['Not Found', '', 4, 0, 0]);
  });

  it.each([
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Googlebot', 'Bot'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0', 'Edge', 'Browser'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36', 'Chrome and kin', 'Browser'],
    ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15', 'Safari', 'Browser'],
    ['sqlmap/1.7.2#stable (https://sqlmap.org)', 'Scanners', 'Tool'],
    ['curl/8.5.0', 'curl', 'Tool'],
    ['SomethingBot/1.0', 'Other bots', 'Bot'],
    [hostile, 'Other', 'Other'],
    ['', 'Other', 'Other'],
  ])('put agents into families: %s', (agent, name, kind) => {
    expect(agentFamily(agent)).toEqual({ name, kind });
  });

  it('sum up the agents of a family', () => {
    expect(agentRows(view.by('agent')).map((row) => [row.name, row.amount.least, row.agents.length]))
      .toEqual([['curl', 14, 1], ['Firefox', 6, 1]]);
  });

  it('narrow single requests by what they tell', () => {
    const narrowed = viewOf(cubeData([]));
    narrowed.set({ ...everything, values: { path: ['/a'], source: ['192.0.2.7'] }, from: narrowed.start });
    const request: RequestData = { path: '/a', file: 'f', line: 1 };
    expect(admits(narrowed, request)).toBe(true);
    expect(admits(narrowed, { ...request, source: '192.0.2.8' })).toBe(false);
    expect(admits(narrowed, { ...request, path: '/b' })).toBe(false);
    expect(admits(narrowed, { ...request, time: '2026-01-04T00:00:00.000+01:00' })).toBe(false);
  });

  it('say when the log holds no durations', () => {
    expect(webSection(view)?.textContent).toContain('The log does not tell how long requests took.');
    expect([0.5, 35, 2400, 185_000].map(milliseconds)).toEqual(['0.5 ms', '35 ms', '2.4 s', '3 min 05 s']);
  });
});

describe('the system', () => {
  const events = [
    system(1, 5, 'kernel', 'Error', 'out_of_memory'), system(30, 2, 'systemd', 'Informational', 'service_restarting'),
    system(31, 1, 'systemd', 'Critical', 'service_failed'), system(40, 9, hostile, 'Informational'),
  ];

  it('is absent without its logs', () => {
    expect(systemSection(viewOf(cubeData([access(0, 1, '/', '200')])))).toBeNull();
  });

  it('counts troubles by what happened', () => {
    const rows = troubleRows(viewOf(cubeData(events)));
    expect(rows.map((row) => [row.name, row.amount.least, row.actions])).toEqual([
      ['Out of memory', 5, ['out_of_memory']], ['Services failed or killed', 1, ['service_failed']],
      ['Services restarted', 2, ['service_restarting']],
    ]);
  });

  it('counts events and errors by program, as the filter asks', () => {
    const view = viewOf(cubeData(events));
    expect(programRows(view).map((row) => [row.program, row.amount.least, row.errors.least]))
      .toEqual([[hostile, 9, 0], ['kernel', 5, 5], ['systemd', 3, 1]]);
    view.set({ ...everything, values: { level: ['Critical'] } });
    expect(programRows(view).map((row) => [row.program, row.errors.least])).toEqual([['systemd', 1]]);
  });

  it('lists findings by rule with the gravest severity', () => {
    const finding = (ruleId: string, severity: 'High' | 'Low'): ReturnType<typeof anomaly> => (
      anomaly({ ruleId, severity, ruleName: 'x' }));
    const rows = ruleRows([finding('SYS-02', 'Low'), finding('SYS-02', 'High'), finding('AUTH-01', 'High'), anomaly()]);
    expect(rows.map((row) => [row.id, row.severity, row.findings.length])).toEqual([['SYS-02', 'High', 2]]);
  });

  it('shows hostile names as text', () => {
    const made = systemSection(viewOf(cubeData(events)));
    expect(made?.querySelector('script')).toBeNull();
    expect(made?.textContent).toContain('<script>alert(1)</script>U+202E\\x1b[31m');
  });
});

describe('templates', () => {
  const template = (id: string, text: string, firstSeen: string): Parameters<typeof cubeData>[2] => ({
    templateCount: 1, templates: [{
      id, text, count: 5, share: 1, firstSeen, lastSeen: '2026-01-06T23:00:00.000+01:00', example: hostile,
    }],
  });
  const events: Counted[] = [{ step: 2, count: 5, values: { kind: 'System', template: 't1' } }];

  it('are new in the last tenth of a log that is long enough', () => {
    const first = '2026-01-05T00:00:00.000+01:00';
    expect(newFrom(first, '2026-01-05T10:00:00.000+01:00')).toBe(Date.parse('2026-01-05T09:00:00+01:00'));
    expect(newFrom(first, '2026-01-05T01:00:00.000+01:00')).toBe(Number.POSITIVE_INFINITY);
    const rows = (at: string): boolean[] => (
      templateRows(viewOf(cubeData(events, [], template('t1', 'a', at))), new Set()).map((row) => row.isNew));
    expect([rows('2026-01-06T22:00:00.000+01:00'), rows(first)]).toEqual([[true], [false]]);
  });

  it('are rare when a finding names them', () => {
    const view = viewOf(cubeData(events, [], template('t1', 'a', '2026-01-05T00:00:00.000+01:00')));
    expect(templateRows(view, new Set(['t1'])).map((row) => row.isRare)).toEqual([true]);
    expect(templateRows(view, new Set()).map((row) => row.isRare)).toEqual([false]);
  });

  it('follow the filter and its text', () => {
    const view = viewOf(cubeData(events, [], template('t1', 'hello', '2026-01-05T00:00:00.000+01:00')));
    view.set({ ...everything, from: view.start + 10 * hour });
    expect(templateRows(view, new Set())).toEqual([]);
    view.set({ ...everything, text: 'nothing' });
    expect(templateRows(view, new Set())).toEqual([]);
  });

  it('show hostile text as text, also in what they open to', () => {
    const data = cubeData(events, [], template('t1', hostile, '2026-01-05T00:00:00.000+01:00'));
    const made = present(templatesSection(viewOf(data)));
    document.body.append(made);
    made.querySelector<HTMLElement>('.opener')?.click();
    expect(made.querySelector('script')).toBeNull();
    expect(texts(made, '.raw')).toEqual(['<script>alert(1)</script>U+202E\\x1b[31m']);
  });
});

describe('raw lines', () => {
  const path = '/var/log/it\'s.log';
  const kept: Kept[] = [
    { line: 3, time: 2000, raw: 'second', values: { status: '404' } }, { line: 1, time: 1000, raw: 'first' },
    { line: 9, time: -1, raw: 'no time' },
  ];
  const finding = anomaly({
    severity: 'High', evidence: [{ path, line: 3, time: '2026-01-05T00:00:02.000+01:00', raw: 'second' },
      { path, line: 5, time: '2026-01-05T00:00:01.500+01:00', raw: 'between' }],
  });
  const data = cubeData([system(0, 9, 'a', 'Error')], kept, { anomalies: [finding] });

  it('are those of findings and samples, each once, in order of time', () => {
    expect(lineRows(viewOf(data)).map((row) => [row.line, row.severity]))
      .toEqual([[1, undefined], [5, 'High'], [3, 'High'], [9, undefined]]);
  });

  it('are those of findings alone where the filter asks for findings', () => {
    const view = viewOf(data);
    view.set({ ...everything, severities: ['High'] });
    expect(lineRows(view).map((row) => row.line)).toEqual([5, 3]);
  });

  it('leave out evidence that does not show the value asked for', () => {
    const view = viewOf(data);
    view.set({ ...everything, values: { status: ['404'] } });
    expect(lineRows(view).map((row) => row.line)).toEqual([3]);
    view.set({ ...everything, text: 'between' });
    expect(lineRows(view).map((row) => row.line)).toEqual([5]);
  });

  it('say how many of those that fit are here', () => {
    const view = viewOf(data);
    expect(saidOf(view, 4)).toBe('4 of 9 lines that fit are in this page: those of findings and samples.');
    expect(saidOf(view, 9)).toBe('9 lines that fit, all in this page.');
    view.set({ ...everything, text: 'x' });
    expect(saidOf(view, 1)).toBe('1 line of those in this page fits; the log may hold more.');
  });

  it('are cut where they are very long, and say by how much', () => {
    const long = cubeData([], [{ line: 1, time: 0, raw: 'x'.repeat(4000), cut: 1_044_576 }]);
    const made = present(linesSection(viewOf(long)));
    document.body.append(made);
    expect(made.querySelector('.more')?.textContent).toBe(' … 1,048,176 more characters');
    made.querySelector<HTMLElement>('.opener')?.click();
    expect(made.querySelector('.raw')?.textContent).toHaveLength(4000);
    expect(made.textContent).toContain('1,044,576 characters more in the file.');
  });

  it('are shown by the end of their path', () => {
    expect([shortPath('/var/log/syslog'), shortPath('C:\\logs\\a.log'), shortPath('a.log')])
      .toEqual(['…/syslog', '…/a.log', 'a.log']);
  });
});

describe('the account of files', () => {
  it('tells what the page leaves out', () => {
    const data = cubeData([system(0, 9, 'a', 'Error')], [{ line: 1, time: 0, raw: 'x', cut: 7 }], { anomalyCount: 4 });
    expect(cuts(data)).toEqual([
      'It holds the 0 findings of the highest scores of 4.', 'It holds 1 sample lines of 9, besides those of findings.',
      '1 very long line is cut at the end, and says so.',
    ]);
  });

  it('tells lines of findings that are known by their place alone from long ones', () => {
    const evidence = [{ path: 'a', line: 1, raw: '', cut: 90 }, { path: 'a', line: 2, raw: 'x', cut: 5 }];
    const found = anomaly({ evidence });
    const data = cubeData([system(0, 1, 'a', 'Error')], [], { anomalyCount: 1, anomalies: [found] });
    const said = cuts(data).join(' ');
    expect(said).toContain('Of 1 line of findings it says only where it stands');
    expect(said).toContain('1 very long line is cut');
  });

  it('shows files and shapes as text', () => {
    const data = cubeData([system(0, 9, 'a', 'Error')]);
    const entry = data.ledger.entries[0];
    data.ledger.unparsed = 4;
    entry?.shapes.push({ shape: hostile, count: 3, line: 1, example: '=1+1' });
    const made = ledgerSection(viewOf(data));
    expect(texts(made, '#shape-table tbody td.number')).toEqual(['3', '75.0%']);
    expect(made.querySelector('script')).toBeNull();
  });
});
