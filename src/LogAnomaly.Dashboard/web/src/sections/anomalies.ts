import type { AnomalyData, Severity } from '../data';
import { severities } from '../data';
import { button, element, logText, section } from '../dom';
import { count, counted, score } from '../format';
import type { AnomalyRow, SortKey, SortOrder } from '../model';
import { about, eventsOf, filterAnomalies, groupAnomalies, sortRows } from '../model';
import type { Page } from '../page';
import { detail } from './detail';
import { timeCell } from './time';

const pageSize = 50;

interface Column {
  key: SortKey;
  name: string;
  /** Class of its cells; `wide` columns give way on a narrow screen. */
  className: string;
  /** Whether the first click sorts the greatest first. */
  descending: boolean;
}

const columns: readonly Column[] = [
  { key: 'severity', name: 'Severity', className: 'severity', descending: true },
  { key: 'score', name: 'Score', className: 'number wide', descending: true },
  { key: 'time', name: 'Time', className: 'time', descending: false },
  { key: 'title', name: 'What', className: 'what', descending: false },
  { key: 'about', name: 'About', className: 'about wide', descending: false },
  { key: 'detector', name: 'Detector', className: 'detector wide', descending: false },
  { key: 'count', name: 'Events', className: 'number wide', descending: true },
];

function badge(severity: Severity): HTMLElement {
  return element('span', { class: `badge ${severity.toLowerCase()}` }, severity);
}

/** The table of anomalies: filtered, grouped, sorted, a page at a time; a row opens to its detail. */
class AnomalyTable {
  private text = '';
  private readonly chosen = new Set<Severity>(severities);
  private grouped = true;
  private order: SortOrder = { key: 'score', descending: true };
  private first = 0;
  private rows: AnomalyRow[] = [];
  private readonly open = new Set<AnomalyData>();
  private readonly status = element('p', { class: 'muted', role: 'status' });
  private readonly head = element('tr');
  private readonly body = element('tbody');
  private readonly pager = element('nav', { class: 'pager', 'aria-label': 'Pages of anomalies' });
  private readonly empty = element('p', { class: 'empty', hidden: true });
  private readonly table = element('table', { class: 'anomalies' });

  constructor(private readonly page: Page) {}

  /** Draws the controls and the table. */
  draw(): Node[] {
    this.table.append(element('caption', { class: 'hidden' }, 'Anomalies'), element('thead', {}, this.head), this.body);
    this.refresh();
    return [this.controls(), this.status, this.table, this.empty, this.pager];
  }

  private controls(): HTMLElement {
    const search = element('input', { type: 'search', id: 'filter', autocomplete: 'off', spellcheck: 'false' });
    search.addEventListener('input', () => {
      this.text = search.value;
      this.restart();
    });
    const group = element('input', { type: 'checkbox', id: 'group', checked: true });
    group.addEventListener('change', () => {
      this.grouped = group.checked;
      this.restart();
    });
    const present = this.page.data.severities.filter((entry) => entry.count > 0);
    return element(
      'div',
      { class: 'controls' },
      element('label', { class: 'search', for: 'filter' }, 'Filter by text', search),
      element(
        'fieldset',
        {},
        element('legend', {}, 'Severity'),
        ...present.map((entry) => this.severityBox(entry.name as Severity)),
      ),
      element('label', { class: 'check', for: 'group' }, group, 'Group repeats'),
    );
  }

  private severityBox(severity: Severity): HTMLElement {
    const id = `severity-${severity.toLowerCase()}`;
    const box = element('input', { type: 'checkbox', id, checked: true });
    box.addEventListener('change', () => {
      if (box.checked) {
        this.chosen.add(severity);
      } else {
        this.chosen.delete(severity);
      }

      this.restart();
    });
    return element('label', { class: 'check', for: id }, box, severity);
  }

  private restart(): void {
    this.first = 0;
    this.refresh();
  }

  private refresh(): void {
    const { data } = this.page;
    const found = filterAnomalies(data.anomalies, { text: this.text, severities: this.chosen });
    const rows = this.grouped ? groupAnomalies(found) : found.map((anomaly) => ({ anomaly, others: [] }));
    this.rows = sortRows(rows, this.order);
    const total = counted(data.anomalyCount, 'anomaly', 'anomalies');
    const all = data.anomalyCount > data.anomalies.length
      ? `The page holds the ${count(data.anomalies.length)} highest scores of ${total}. `
      : '';
    const groups = this.grouped && rows.length < found.length ? ` in ${counted(rows.length, 'group')}` : '';
    this.status.textContent = found.length === data.anomalies.length
      ? `${all}${counted(found.length, 'anomaly', 'anomalies')}${groups}.`
      : `${all}${count(found.length)} of ${counted(data.anomalies.length, 'anomaly', 'anomalies')}${groups}.`;
    this.empty.textContent = 'No anomaly fits the filter.';
    this.empty.hidden = found.length > 0;
    this.table.hidden = found.length === 0;
    this.drawHead();
    this.drawBody();
    this.drawPager();
  }

  private drawHead(): void {
    this.head.replaceChildren(...columns.map((column) => {
      const sorted = this.order.key === column.key;
      const direction = this.order.descending ? 'descending' : 'ascending';
      const arrow = sorted ? element('span', { 'aria-hidden': 'true' }, this.order.descending ? '▼' : '▲') : null;
      const sort = button(column.name, { class: 'sort', id: `sort-${column.key}` }, () => { this.sortBy(column); });
      if (arrow !== null) {
        sort.append(arrow);
      }

      return element(
        'th', { scope: 'col', class: column.className, 'aria-sort': sorted ? direction : undefined }, sort);
    }));
  }

  private sortBy(column: Column): void {
    const descending = this.order.key === column.key ? !this.order.descending : column.descending;
    this.order = { key: column.key, descending };
    this.restart();
    document.getElementById(`sort-${column.key}`)?.focus();
  }

  private drawBody(): void {
    const shownRows = this.rows.slice(this.first, this.first + pageSize);
    this.body.replaceChildren(...shownRows.flatMap((row, index) => this.drawRow(row, `detail-${String(index)}`)));
  }

  private drawRow(row: AnomalyRow, detailId: string): HTMLElement[] {
    const { anomaly } = row;
    const isOpen = this.open.has(anomaly);
    const toggle = element('button', {
      type: 'button', class: 'open', 'aria-expanded': isOpen ? 'true' : 'false', 'aria-controls': detailId,
    }, logText(anomaly.title));
    const more = row.others.length === 0
      ? null
      : element('span', { class: 'repeats' }, `+${count(row.others.length)} like this`);
    const summary = element(
      'tr',
      { class: 'row' },
      element('td', { class: 'severity' }, badge(anomaly.severity)),
      element('td', { class: 'number wide' }, score(anomaly.score)),
      timeCell(anomaly.time, this.page.zones),
      element('td', { class: 'what' }, toggle, more),
      element('td', { class: 'about wide' }, logText(about(anomaly))),
      element('td', { class: 'detector wide' }, anomaly.detector),
      element('td', { class: 'number wide' }, count(eventsOf(row))),
    );
    const cell = element('td', { colspan: columns.length });
    const opened = element('tr', { class: 'opened', id: detailId, hidden: !isOpen }, cell);
    if (isOpen) {
      cell.append(detail(this.page, row));
    }

    const flip = (): void => {
      const opening = opened.hidden;
      opened.hidden = !opening;
      toggle.setAttribute('aria-expanded', String(opening));
      if (opening) {
        this.open.add(anomaly);
        cell.replaceChildren(detail(this.page, row));
      } else {
        this.open.delete(anomaly);
      }
    };
    // A click on the row serves the mouse; the button in it serves the keyboard. Selecting text must not close a row.
    summary.addEventListener('click', () => {
      if (window.getSelection()?.isCollapsed !== false) {
        flip();
      }
    });
    return [summary, opened];
  }

  private drawPager(): void {
    const pages = Math.ceil(this.rows.length / pageSize);
    this.pager.hidden = pages <= 1;
    const to = Math.min(this.rows.length, this.first + pageSize);
    const turn = (by: number): void => {
      this.first += by * pageSize;
      this.refresh();
      this.table.scrollIntoView({ block: 'start' });
      document.getElementById(by > 0 ? 'next-page' : 'previous-page')?.focus({ preventScroll: true });
    };
    this.pager.replaceChildren(
      button('Previous', { id: 'previous-page', disabled: this.first === 0 }, () => { turn(-1); }),
      element('span', {}, `Rows ${count(this.first + 1)} to ${count(to)} of ${count(this.rows.length)}`),
      button('Next', { id: 'next-page', disabled: to === this.rows.length }, () => { turn(1); }),
    );
  }
}

/** The anomalies: what to look at, why, and the proof. */
export function anomaliesSection(page: Page): HTMLElement {
  if (page.data.anomalies.length === 0) {
    const why = page.data.summary.eventCount === 0
      ? 'No event was read.'
      : `No event or group of events reached the least score of ${score(page.data.minimumScore)}.`;
    return section('anomalies', 'Anomalies', element('p', { class: 'empty' }, why));
  }

  return section('anomalies', 'Anomalies', ...new AnomalyTable(page).draw());
}
