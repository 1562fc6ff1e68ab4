import { beforeEach, describe, expect, it } from 'vitest';
import { element, logText } from '../src/dom';
import { csvOf, fileName, harmless, tabbedOf } from '../src/export';
import { DataTable } from '../src/table';
import type { TableOptions } from '../src/table';

interface Row {
  name: string;
  events: number;
}

function table(said: Partial<TableOptions<Row>> = {}): DataTable<Row> {
  const made = new DataTable<Row>({
    id: 'things', caption: 'All things', empty: 'There is nothing.', keyOf: (row) => row.name,
    columns: [
      {
        key: 'name', name: 'Name', isHeader: true, cell: (row) => logText(row.name), text: (row) => row.name,
        compare: (left, right) => left.name.localeCompare(right.name),
      },
      {
        key: 'events', name: 'Events', className: 'number', descending: true, cell: (row) => String(row.events),
        text: (row) => String(row.events), compare: (left, right) => left.events - right.events,
      },
      { key: 'fixed', name: 'Fixed', cell: () => 'x', text: () => 'x' },
    ],
    detail: (row) => element('p', { class: 'inside' }, `About ${row.name}`),
    ...said,
  });
  document.body.replaceChildren(made.element);
  return made;
}

const rows: Row[] = [{ name: 'b', events: 2 }, { name: 'a', events: 2 }, { name: 'c', events: 30 }];
const many = Array.from({ length: 5000 }, (_, index) => ({ name: `row ${String(index)}`, events: index }));

function texts(selector: string): string[] {
  return [...document.querySelectorAll(selector)].map((found) => found.textContent);
}

function click(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.click();
}

describe('a table', () => {
  beforeEach(() => { document.body.replaceChildren(); });

  it('marks cells with nothing to see, which a narrow page leaves out', () => {
    const graph = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const cells = ['opens', logText(''), '', 'x', graph];
    const made = table({
      columns: cells.map((cell, index) => ({ key: String(index), name: '', cell: () => cell, text: () => '' })),
    });
    made.setRows(rows.slice(0, 1));
    const shown = [...document.querySelectorAll('tbody td .cell')];
    expect(shown.map((cell) => cell.classList.contains('blank'))).toEqual([false, true, true, false, false]);
  });

  it('keeps the order of its rows until a head is pressed, and then says which it has', () => {
    const made = table();
    made.setRows(rows);
    expect(texts('tbody th')).toEqual(['b', 'a', 'c']);
    expect(document.querySelector('[aria-sort]')).toBeNull();
    click('#things-sort-events');
    expect(texts('tbody th')).toEqual(['c', 'b', 'a']);
    expect(document.querySelector('[aria-sort]')?.getAttribute('aria-sort')).toBe('descending');
    click('#things-sort-events');
    expect(texts('tbody th')).toEqual(['b', 'a', 'c']);
    click('#things-sort-name');
    expect(texts('tbody th')).toEqual(['a', 'b', 'c']);
    expect(document.querySelectorAll('[aria-sort]')).toHaveLength(1);
  });

  it('keeps order and opened rows when it is given other rows', () => {
    const made = table();
    made.setRows(rows);
    click('#things-sort-name');
    click('tbody [aria-expanded]');
    made.setRows([{ name: 'z', events: 1 }, ...rows.slice(0, 2)]);
    expect(texts('tbody th')).toEqual(['a', 'b', 'z']);
    expect(texts('.inside')).toEqual(['About a']);
  });

  it('opens by its button and by a click on the row, and closes again', () => {
    table().setRows(rows);
    click('tbody [aria-expanded]');
    const opener = document.querySelector('tbody [aria-expanded]');
    expect(opener?.getAttribute('aria-expanded')).toBe('true');
    expect(document.getElementById(opener?.getAttribute('aria-controls') ?? '')?.textContent).toBe('About b');
    expect(opener?.getAttribute('aria-label')).toBe('Details of b');
    click('tbody td.number');
    expect(texts('.inside')).toEqual([]);
  });

  it('keeps the focus on the button that opened a row', () => {
    table().setRows(rows);
    document.querySelector<HTMLElement>('tbody [aria-expanded]')?.focus();
    click('tbody [aria-expanded]');
    expect(document.activeElement?.getAttribute('aria-expanded')).toBe('true');
  });

  it('does not open when text in the row is selected or another control is pressed', () => {
    const columns = [{ key: 'x', name: 'X', cell: () => element('button', { class: 'other' }), text: () => '' }];
    table({ columns }).setRows(rows);
    click('.other');
    expect(texts('.inside')).toEqual([]);
    const cell = document.querySelector('td');
    window.getSelection()?.selectAllChildren(cell ?? document.body);
    cell?.click();
    expect(texts('.inside')).toEqual([]);
    window.getSelection()?.removeAllRanges();
  });

  it('draws few of many rows and says how many there are and where each stands', () => {
    const made = table();
    made.setRows(many);
    expect(document.querySelectorAll('tr.opens').length).toBeLessThan(100);
    expect(document.querySelector('table')?.getAttribute('aria-rowcount')).toBe('5001');
    expect(document.querySelector('tr.opens')?.getAttribute('aria-rowindex')).toBe('2');
    click('tbody [aria-expanded]');
    expect(document.querySelector('table')?.getAttribute('aria-rowcount')).toBe('5002');
    expect(document.querySelectorAll('tr.opens')[1]?.getAttribute('aria-rowindex')).toBe('4');
    const region = document.querySelector('[role=region]');
    expect([region?.getAttribute('aria-label'), region?.getAttribute('tabindex')]).toEqual(['Table: All things', '0']);
    made.setRows(rows);
    expect(document.querySelector('[role=region], [aria-rowcount]')).toBeNull();
  });

  it('shows the first rows on a phone, and all when asked or printed', () => {
    const phone = Object.assign(new EventTarget(), { matches: true });
    window.matchMedia = () => phone as unknown as MediaQueryList;
    const made = table();
    made.setRows(many.slice(0, 20));
    expect(document.querySelectorAll('tr.opens')).toHaveLength(8);
    expect(texts('.fold:not([hidden])')).toEqual(['Show all 20']);
    window.dispatchEvent(new Event('beforeprint'));
    expect(document.querySelectorAll('tr.opens')).toHaveLength(20);
    window.dispatchEvent(new Event('afterprint'));
    click('.fold');
    expect(document.querySelectorAll('tr.opens')).toHaveLength(20);
    expect(texts('.fold')).toEqual(['Show the first 8']);
    click('.fold');
    phone.matches = false;
    phone.dispatchEvent(new Event('change'));
    expect(document.querySelectorAll('tr.opens')).toHaveLength(20);
    phone.matches = true;
    made.setRows(many.slice(0, 10));
    expect(texts('.fold:not([hidden])')).toEqual([]);
    made.setRows(many);
    expect(texts('.fold:not([hidden])')).toEqual([]);
    Reflect.deleteProperty(window, 'matchMedia');
  });

  it('says that there is nothing', () => {
    const made = table();
    made.setRows([]);
    expect(texts('.empty:not([hidden])')).toEqual(['There is nothing.']);
    made.setRows(rows);
    expect(texts('.empty:not([hidden])')).toEqual([]);
  });

  it('prints the first hundred rows and says how many are left', () => {
    table().setRows(many);
    window.dispatchEvent(new Event('beforeprint'));
    expect(document.querySelectorAll('tr.opens')).toHaveLength(100);
    expect(texts('.data tbody .note')).toEqual(['4,900 more are in the page.']);
    window.dispatchEvent(new Event('afterprint'));
    expect(document.querySelectorAll('tr.opens').length).toBeLessThan(100);
  });

  it('tells rows with the same key apart', () => {
    table().setRows([...rows, ...rows]);
    expect(texts('tbody th')).toEqual(['b', 'a', 'c', 'b', 'a', 'c']);
  });

  it('exports all rows in the order of the reader', () => {
    const made = table();
    made.setRows(many);
    click('#things-sort-events');
    const { names, rows: cells } = made.exported();
    expect(names).toEqual(['Name', 'Events', 'Fixed']);
    expect(cells).toHaveLength(5000);
    expect(cells[0]).toEqual(['row 4999', '4999', 'x']);
  });

  it('shows hostile text as text', () => {
    table().setRows([{ name: '<script>alert(1)</script>\u202e\u001b[31m', events: 1 }]);
    expect(document.querySelector('script')).toBeNull();
    expect(texts('tbody th')).toEqual(['<script>alert(1)</script>U+202E\\x1b[31m']);
    expect(document.querySelector('.opener')?.getAttribute('aria-label'))
      .toBe('Details of <script>alert(1)</script>U+202E\\x1b[31m');
  });
});

describe('an exported table', () => {
  const numbers = [false, true];

  it('is CSV by RFC 4180 with the mark of UTF-8', () => {
    expect(csvOf({ names: ['a', 'n'], numbers, rows: [['x "y", z', '1'], ['two\nlines', '-2.5']] }))
      .toBe('\ufeffa,n\r\n"x ""y"", z",1\r\n"two\nlines",-2.5\r\n');
  });

  it('is parted by tabs for the clipboard', () => {
    expect(tabbedOf({ names: ['a', 'n'], numbers, rows: [['x\ty', '1']] })).toBe('a\tn\n"x\ty"\t1');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\uff1d1'])('runs no formula: %j', (text) => {
    expect(harmless(text)).toBe(`'${text}`);
  });

  it('leaves numbers in columns of numbers alone, and nothing else', () => {
    expect(harmless('-12', true)).toBe('-12');
    expect(harmless('-1+cmd|x', true)).toBe('\'-1+cmd|x');
    expect(harmless('a=1')).toBe('a=1');
  });

  it('holds no character that a terminal would obey', () => {
    expect(harmless('a\u001b[31m\u202e\n\tb')).toBe('a\\x1b[31mU+202E\n\tb');
  });

  it('has a plain file name', () => {
    expect([fileName('Attack sources'), fileName('../../<x>')]).toEqual(['attack-sources', 'x']);
    expect(fileName('…')).toBe('table');
  });
});
