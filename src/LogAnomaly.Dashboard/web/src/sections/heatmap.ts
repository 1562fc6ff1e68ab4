import { element, section, sentence } from '../dom';
import { count, counted } from '../format';
import type { HeatMap } from '../heat';
import { heatMapOf, rowName, shadeLimits } from '../heat';
import type { View } from '../view';

/** The least width of a cell with its gap that a finger can hit, in pixels. */
const leastCell = 26;

/** Events by day and hour of the log's clock, as a grid that is its own table; a cell chooses its time. */
class HeatPanel {
  private map: HeatMap | undefined;
  private at = { row: 0, column: 0 };
  private drawn = '';
  private readonly body = element('table', { class: 'heat', role: 'grid', 'aria-label': 'Events by day and hour' });
  private readonly words = element('p', { class: 'muted' });
  private readonly key = element('p', { class: 'heat-key note' });
  private readonly box = element('div', { class: 'heat-box' }, this.body);

  constructor(private readonly view: View) {
    this.body.addEventListener('keydown', (event) => { this.press(event); });
    this.body.addEventListener('click', (event) => {
      const cell = event.target instanceof Element ? event.target.closest('td') : null;
      if (cell !== null) {
        this.choose(Number(cell.dataset['row']), Number(cell.dataset['column']));
      }
    });
    view.onChange(() => { this.redraw(); });
    if (typeof ResizeObserver === 'function') {
      new ResizeObserver(() => { this.redraw(); }).observe(this.box);
    }
  }

  /** The parts of the section. */
  parts(): HTMLElement[] {
    this.redraw();
    return [this.words, this.box, this.key];
  }

  private redraw(): void {
    const { view } = this;
    // Beside the cells stands the name of the row.
    const room = this.box.clientWidth === 0 ? 900 : this.box.clientWidth - (this.box.clientWidth < 600 ? 76 : 116);
    const hours = [1, 2, 3, 4, 6].find((each) => (room / 24) * each >= leastCell) ?? 6;
    const now = JSON.stringify([view.filter, hours]);
    if (now === this.drawn) {
      return;
    }

    this.drawn = now;
    this.map = heatMapOf(view.series(undefined), view.start, view.cube, view.clock, hours);
    this.draw();
  }

  private draw(): void {
    const { map } = this;
    if (map === undefined) {
      return;
    }

    const head = element('tr', {}, element('th', { scope: 'col' }, map.byWeekday ? 'Weekday' : 'Day'),
      ...map.columns.map((hour) => element('th', { scope: 'col' }, element('span', {}, hoursOf(map, hour)))));
    this.at = {
      row: Math.min(this.at.row, map.rows.length - 1), column: Math.min(this.at.column, map.columns.length - 1),
    };
    const limits = shadeLimits(map);
    const shadeOf = (events: number): number => limits.findIndex((limit) => events <= limit);
    const rows = map.rows.map((row, index) => element(
      'tr',
      {},
      element('th', { scope: 'row' }, ...rowHead(rowName(map, index))),
      ...row.counts.map((events, column) => this.cell(map, index, column, events, shadeOf(events))),
    ));
    this.body.replaceChildren(element('thead', {}, head), element('tbody', {}, ...rows));
    this.words.replaceChildren(sentence(inWords(map)));
    this.key.replaceChildren(...keyOf(map));
  }

  private cell(map: HeatMap, row: number, column: number, events: number, shade: number): HTMLElement {
    const isCurrent = row === this.at.row && column === this.at.column;
    const span = map.rows[row]?.spans[column];
    const { from, to } = this.view.filter;
    const isChosen = span !== undefined && from === span.from && to === span.to;
    const text = `${rowName(map, row)} ${hourText(map, column)}: ${counted(events, 'event')}`;
    return element('td', {
      class: `heat-${String(shade)}`, tabindex: isCurrent ? 0 : -1, 'data-row': row, 'data-column': column,
      'aria-selected': map.byWeekday ? undefined : String(isChosen), title: text,
    }, element('span', { class: 'hidden' }, count(events)));
  }

  /** A cell of a day chooses its time, or all time again; one of a weekday stands for many times and chooses none. */
  private choose(row: number, column: number): void {
    this.at = { row, column };
    const span = this.map?.rows[row]?.spans[column];
    if (span === undefined || this.map?.byWeekday === true) {
      return;
    }

    const { from, to } = this.view.filter;
    this.view.change(from === span.from && to === span.to ? { from: undefined, to: undefined } : span);
    // Drawn anew in the next frame, and the keyboard must stay where it was.
    this.drawn = '';
    this.redraw();
    this.focus();
  }

  private press(event: KeyboardEvent): void {
    const { map } = this;
    if (map === undefined) {
      return;
    }

    const { row, column } = this.at;
    const last = { row: map.rows.length - 1, column: map.columns.length - 1 };
    const moves: Record<string, { row: number; column: number }> = {
      ArrowUp: { row: Math.max(0, row - 1), column }, ArrowDown: { row: Math.min(last.row, row + 1), column },
      ArrowLeft: { row, column: Math.max(0, column - 1) },
      ArrowRight: { row, column: Math.min(last.column, column + 1) },
      Home: { row, column: 0 }, End: { row, column: last.column },
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.cellAt()?.setAttribute('tabindex', '-1');
      this.at = next;
      this.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.choose(row, column);
    }
  }

  private cellAt(): HTMLElement | null {
    const { row, column } = this.at;
    return this.body.querySelector(`td[data-row="${String(row)}"][data-column="${String(column)}"]`);
  }

  private focus(): void {
    const cell = this.cellAt();
    cell?.setAttribute('tabindex', '0');
    cell?.focus();
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The head of a column: the hour at which it begins, and the one at which it ends where there is room for both. */
function hoursOf(map: HeatMap, hour: number): string {
  return map.hours < 4 ? two(hour) : `${two(hour)}–${two(hour + map.hours)}`;
}

/** The name of a row with its year apart, which a narrow screen has no room for. */
function rowHead(name: string): (HTMLElement | string)[] {
  return name.split(/(\d{4}-)/).map((part, index) => (index === 1 ? element('span', { class: 'year' }, part) : part));
}

/** `08:00 to 09:00`. */
function hourText(map: HeatMap, column: number): string {
  const from = map.columns[column] ?? 0;
  return `${two(from)}:00 to ${two(from + map.hours)}:00`;
}

function inWords(map: HeatMap): string {
  if (map.most === 0) {
    return 'No event with a time fits the filter.';
  }

  const row = map.rows.findIndex((entry) => entry.counts.includes(map.most));
  const column = map.rows[row]?.counts.indexOf(map.most) ?? 0;
  const choose = map.byWeekday
    ? 'The log is longer than 35 days, so its weekdays are added up.'
    : 'A click on a cell, or Enter, chooses its time; again, the whole log.';
  return `Most events, ${count(map.most)}, are of ${rowName(map, row)} ${hourText(map, column)}. ${choose}`;
}

function keyOf(map: HeatMap): HTMLElement[] {
  const unit = map.hours === 1 ? 'hour' : `${String(map.hours)} hours`;
  const limits = shadeLimits(map);
  const parts = limits.map((limit, shade) => {
    const from = shade === 0 ? 0 : (limits[shade - 1] ?? 0) + 1;
    return from > limit ? null : element(
      'span', {}, element('span', { class: `heat-swatch heat-${String(shade)}`, 'aria-hidden': 'true' }),
      from === limit ? count(limit) : `${count(from)} to ${count(limit)}`);
  });
  return [...parts.filter((part) => part !== null), element('span', {}, `events per ${unit}`)];
}

/** Events by day and hour; null where the log is no longer than a day, or its counts are coarser than hours. */
export function heatmapSection(view: View): HTMLElement | null {
  const map = heatMapOf(view.series(undefined), view.start, view.cube, view.clock, 1);
  if (map === undefined || map.rows.length < 2) {
    return null;
  }

  return section('hours', 'Days and hours', ...new HeatPanel(view).parts());
}
