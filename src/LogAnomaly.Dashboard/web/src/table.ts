import './styles/print.css';
import './styles/table.css';
import { element } from './dom';
import type { Exported } from './export';
import { count, counted } from './format';
import type { Slot } from './row-window';
import { RowWindow } from './row-window';
import { arrange, controlsOf, longestCells, spacer } from './table-dom';
import { Fold } from './table-fold';
import { TableHead } from './table-head';
import type { Column, TableOptions } from './table-options';
import { isNumber } from './table-options';
import { OrderedRows } from './table-order';
import type { Drawn } from './table-row';
import { RowMaker } from './table-row';
import { TableTools } from './table-tools';

export type { Column, TableOptions } from './table-options';

/** The most rows that are all drawn; longer tables draw those that are seen. */
const drawnWhole = 60;
const printedRows = 100;

/** A table of the page: sortable, copied and saved as CSV, its rows drawn only where they are seen. */
export class DataTable<T> {
  readonly element: HTMLElement;
  private readonly order: OrderedRows<T>;
  private readonly opened = new Set<string>();
  private readonly drawn = new Map<string, Drawn>();
  private readonly shown: readonly Column<T>[];
  private readonly heads: TableHead<T>;
  private readonly maker: RowMaker<T>;
  private readonly table: HTMLTableElement;
  private readonly sizer = element('tbody', { class: 'sizer', 'aria-hidden': 'true' });
  private readonly box: HTMLElement;
  private readonly body: HTMLElement;
  private readonly tools: TableTools;
  private readonly nothing = element('p', { class: 'empty', hidden: true });
  private readonly window: RowWindow;
  private readonly fold: Fold;
  private printing = false;
  private isStacked = false;
  private drawing = false;
  private again = false;

  constructor(private readonly options: TableOptions<T>) {
    const { id, caption } = options;
    this.order = new OrderedRows(options);
    this.shown = options.columns.filter((column) => column.isExportOnly !== true);
    this.heads = new TableHead(id, this.shown, (column) => { this.sortBy(column); });
    this.maker = new RowMaker(options, this.shown, {
      isOpen: (key) => this.opened.has(key), flip: (key) => { this.flip(key); },
    });
    this.fold = new Fold(() => { this.drawBody(false); });
    this.table = element(
      'table', { id, role: 'table', class: 'data' },
      element('caption', { class: 'hidden' }, caption),
      this.heads.element,
      this.sizer,
    );
    this.box = element('div', { class: 'table-box' }, this.table);
    this.tools = new TableTools(caption, () => this.exported());
    this.body = element('div', {}, this.tools.element, this.box, this.fold.element);
    this.element = element('div', { class: 'data-table' }, this.body, this.nothing);
    this.window = new RowWindow(this.box, () => { this.drawBody(false); });
    this.fit();
    window.addEventListener('beforeprint', () => { this.print(true); });
    window.addEventListener('afterprint', () => { this.print(false); });
  }

  /** Makes rows cards where the room is too small for the columns. */
  private fit(): void {
    const columns = this.shown.length;
    const leastRoom = columns <= 2 ? 0 : [25, 39, 40, 52, 52, 52, 56][Math.min(columns - 3, 6)] ?? 0;
    // Only a test without a layout has no such observer.
    if (!('ResizeObserver' in window)) {
      return;
    }

    new ResizeObserver(() => {
      const room = this.element.clientWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      this.isStacked = room > 0 && room < leastRoom;
      this.element.classList.toggle('stacked', this.isStacked && !this.printing);
    }).observe(this.element);
  }

  /** Shows these rows, in the reader's order. */
  setRows(rows: readonly T[]): void {
    this.order.give(rows);
    this.heads.show(this.order.order);
    this.body.hidden = rows.length === 0;
    this.nothing.hidden = rows.length > 0;
    this.nothing.textContent = this.options.empty;
    this.tools.count(counted(rows.length, ...(this.options.nouns ?? ['row', 'rows'] as const)));
    const { rows: sorted } = this.order;
    this.sizer.replaceChildren(...(sorted.length > drawnWhole ? [longestCells(this.shown, sorted)] : []));
    this.drawBody(true);
  }

  /** All rows in the reader's order, as text. */
  exported(): Exported {
    const { columns } = this.options;
    return {
      names: columns.map((column) => column.name),
      numbers: columns.map((column) => isNumber(column)),
      rows: this.order.rows.map((row) => columns.map((column) => column.text(row))),
    };
  }

  private sortBy(column: Column<T>): void {
    this.order.sortBy(column);
    this.heads.show(this.order.order);
    this.box.scrollTop = 0;
    this.drawBody(true);
  }

  private get isLong(): boolean {
    return this.order.rows.length > drawnWhole && !this.printing;
  }

  /** Draws the rows that are seen; `anew` also those that are drawn already. */
  private drawBody(anew: boolean): void {
    if (this.drawing) {
      this.again = true;
      return;
    }

    this.drawing = true;
    try {
      this.follow();
      const focus = anew ? this.focused() : undefined;
      if (anew) {
        this.drawn.clear();
      }

      // Heights that turn out otherwise than assumed may bring other rows into view.
      let passes = 0;
      do {
        this.place();
        passes++;
      } while (this.isAskedAgain() && passes < 3);

      this.refocus(focus);
    } finally {
      this.drawing = false;
    }
  }

  /** Whether another drawing was asked for while one went on. */
  private isAskedAgain(): boolean {
    const { again } = this;
    this.again = false;
    return again;
  }

  /** Begins or ends to draw only what is seen. */
  private follow(): void {
    const isLong = this.isLong;
    this.box.classList.toggle('long', isLong);
    const named = isLong ? { tabindex: '0', role: 'region', 'aria-label': `Table: ${this.options.caption}` } : {};
    for (const name of ['tabindex', 'role', 'aria-label']) {
      this.box.removeAttribute(name);
    }

    Object.entries(named).forEach(([name, value]) => { this.box.setAttribute(name, value); });
    if (isLong) {
      const openedRows = this.order.keys.filter((key) => this.opened.has(key)).length;
      this.table.setAttribute('aria-rowcount', String(this.order.rows.length + 1 + openedRows));
      this.window.use({
        count: this.order.rows.length,
        keyOf: (index) => this.order.keys[index] ?? '',
        kept: () => this.focused()?.index,
      });
    } else {
      this.table.removeAttribute('aria-rowcount');
      this.window.stop();
    }
  }

  private slots(): Slot[] {
    if (this.isLong) {
      this.fold.shown(0, false);
      return this.window.slots();
    }

    const rows = this.order.rows.length;
    const length = this.printing ? Math.min(rows, printedRows) : this.fold.shown(rows, true);
    return Array.from({ length }, (_, index) => ({ index, start: 0, end: 0 }));
  }

  private place(): void {
    const isLong = this.isLong;
    const wanted: HTMLElement[] = [];
    const keep = new Set<string>();
    let at = 0;
    for (const slot of this.slots()) {
      const row = this.order.rows[slot.index];
      const key = this.order.keys[slot.index];
      if (row === undefined || key === undefined) {
        continue;
      }

      if (slot.start > at) {
        wanted.push(spacer(slot.start - at, this.shown.length));
      }

      at = slot.end;
      keep.add(key);
      wanted.push(this.rowOf(row, key, slot.index).group);
    }

    const height = this.window.height();
    if (isLong && height > at) {
      wanted.push(spacer(height - at, this.shown.length));
    }

    const left = this.order.rows.length - printedRows;
    if (this.printing && left > 0) {
      wanted.push(this.leftOut(left));
    }

    [...this.drawn.keys()].filter((key) => !keep.has(key)).forEach((key) => { this.drawn.delete(key); });
    arrange(this.table, this.sizer, wanted);
    if (isLong) {
      this.window.forget();
      keep.forEach((key) => {
        const group = this.drawn.get(key)?.group;
        if (group !== undefined) {
          this.window.measure(group);
        }
      });
    }
  }

  private leftOut(rows: number): HTMLElement {
    return element('tbody', {}, element('tr', {}, element(
      'td', { colspan: this.shown.length, class: 'note' }, `${count(rows)} more are in the page.`)));
  }

  private rowOf(row: T, key: string, index: number): Drawn {
    const before = this.drawn.get(key);
    const made = before ?? this.maker.make(row, key);
    made.group.dataset['index'] = String(index);
    if (this.isLong) {
      let rowIndex = index + 2;
      this.opened.forEach((open) => { rowIndex += (this.order.indexOf(open) ?? index) < index ? 1 : 0; });
      made.row.setAttribute('aria-rowindex', String(rowIndex));
      made.row.nextElementSibling?.setAttribute('aria-rowindex', String(rowIndex + 1));
    }

    this.drawn.set(key, made);
    return made;
  }

  private flip(key: string): void {
    if (!this.opened.delete(key)) {
      this.opened.add(key);
    }

    const focus = this.focused();
    this.drawn.delete(key);
    this.drawBody(false);
    this.refocus(focus);
  }

  /** The row that holds the focus, and which of its controls. */
  private focused(): { key: string; index: number; control: number } | undefined {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || !this.table.contains(active)) {
      return undefined;
    }

    const group = active.closest('tbody');
    const index = Number(group?.dataset['index']);
    const key = [...this.drawn].find(([, drawn]) => drawn.group === group)?.[0] ?? this.order.keys[index];
    return group === null || key === undefined
      ? undefined
      : { key, index: this.order.indexOf(key) ?? index, control: controlsOf(group).indexOf(active) };
  }

  private refocus(focus: { key: string; control: number } | undefined): void {
    const group = focus === undefined ? undefined : this.drawn.get(focus.key)?.group;
    if (focus !== undefined && group !== undefined && !group.contains(document.activeElement)) {
      controlsOf(group)[focus.control]?.focus({ preventScroll: true });
    }
  }

  private print(printing: boolean): void {
    if (this.printing !== printing) {
      this.printing = printing;
      this.element.classList.toggle('stacked', !printing && this.isStacked);
      this.drawBody(true);
    }
  }
}
