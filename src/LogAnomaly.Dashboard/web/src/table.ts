import './styles/print.css';
import './styles/table.css';
import { button, element } from './dom';
import type { Exported } from './export';
import { count, counted } from './format';
import type { Slot } from './row-window';
import { RowWindow } from './row-window';
import { arrange, controlsOf, spacer } from './table-dom';
import { TableHead } from './table-head';
import type { Order } from './table-head';
import type { Column, TableOptions } from './table-options';
import { isNumber } from './table-options';
import { TableTools } from './table-tools';
import { visibleText } from './visible';

export type { Column, TableOptions } from './table-options';

/** The most rows that are all drawn; longer tables draw those that are seen. */
const drawnWhole = 60;
const printedRows = 100;

/** A drawn row with what it opened to: a group of its own, so that both have one height. */
interface Drawn {
  group: HTMLTableSectionElement;
  row: HTMLTableRowElement;
}

/** A table of the page: sortable, copied and saved as CSV, its rows drawn only where they are seen. */
export class DataTable<T> {
  readonly element: HTMLElement;
  private given: readonly T[] = [];
  private rows: T[] = [];
  private keys: string[] = [];
  private indexes = new Map<string, number>();
  private readonly opened = new Set<string>();
  private order: Order | undefined;
  private readonly drawn = new Map<string, Drawn>();
  private readonly shown: readonly Column<T>[];
  private readonly heads: TableHead<T>;
  private readonly table: HTMLTableElement;
  private readonly sizer = element('tbody', { class: 'sizer', 'aria-hidden': 'true' });
  private readonly box: HTMLElement;
  private readonly body: HTMLElement;
  private readonly tools: TableTools;
  private readonly nothing = element('p', { class: 'empty', hidden: true });
  private readonly window: RowWindow;
  private printing = false;
  private isStacked = false;
  private drawing = false;
  private again = false;
  private serial = 0;
  private readonly serials = new Map<string, number>();

  constructor(private readonly options: TableOptions<T>) {
    const { id, caption } = options;
    this.order = options.order;
    this.shown = options.columns.filter((column) => column.isExportOnly !== true);
    this.heads = new TableHead(id, this.shown, (column) => { this.sortBy(column); });
    this.table = element(
      'table', { id, role: 'table', class: 'data' },
      element('caption', { class: 'hidden' }, caption),
      this.heads.element,
      this.sizer,
    );
    this.box = element('div', { class: 'table-box' }, this.table);
    this.tools = new TableTools(caption, () => this.exported());
    this.body = element('div', {}, this.tools.element, this.box);
    this.element = element('div', { class: 'data-table' }, this.body, this.nothing);
    this.window = new RowWindow(this.box, () => { this.drawBody(false); });
    this.fit();
    window.addEventListener('beforeprint', () => { this.print(true); });
    window.addEventListener('afterprint', () => { this.print(false); });
  }

  /** Makes rows cards where the room is too small for the columns. */
  private fit(): void {
    const columns = this.shown.length;
    const leastRoom = columns <= 2 ? 0 : columns <= 4 ? 25 : 40;
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
    this.given = rows;
    this.body.hidden = rows.length === 0;
    this.nothing.hidden = rows.length > 0;
    this.nothing.textContent = this.options.empty;
    this.tools.count(counted(rows.length, ...(this.options.nouns ?? ['row', 'rows'] as const)));
    this.sort();
    this.size();
    this.drawBody(true);
  }

  /** All rows in the reader's order, as text. */
  exported(): Exported {
    const { columns } = this.options;
    return {
      names: columns.map((column) => column.name),
      numbers: columns.map((column) => isNumber(column)),
      rows: this.rows.map((row) => columns.map((column) => column.text(row))),
    };
  }

  private sortBy(column: Column<T>): void {
    const descending = this.order?.key === column.key ? !this.order.descending : column.descending === true;
    this.order = { key: column.key, descending };
    this.sort();
    this.box.scrollTop = 0;
    this.drawBody(true);
  }

  private sort(): void {
    const column = this.options.columns.find((candidate) => candidate.key === this.order?.key);
    const compare = column?.compare;
    const sign = this.order?.descending === true ? -1 : 1;
    this.rows = compare === undefined
      ? [...this.given]
      : [...this.given].sort((left, right) => sign * compare(left, right));
    this.heads.show(compare === undefined ? undefined : this.order);
    this.indexes = new Map();
    this.keys = this.rows.map((row, index) => {
      let key = this.options.keyOf(row);
      while (this.indexes.has(key)) {
        key += '+';
      }

      this.indexes.set(key, index);
      return key;
    });
  }

  private get isLong(): boolean {
    return this.rows.length > drawnWhole && !this.printing;
  }

  /** Draws the longest cell of each column where nobody sees it, so that widths stay while the reader scrolls. */
  private size(): void {
    this.sizer.replaceChildren();
    if (this.rows.length <= drawnWhole) {
      return;
    }

    this.sizer.append(element('tr', {}, ...this.shown.map((column) => {
      let longest = this.rows[0];
      let length = -1;
      for (const row of this.rows) {
        const size = column.text(row).length;
        if (size > length) {
          length = size;
          longest = row;
        }
      }

      const shown = longest === undefined ? [] : [column.cell(longest)].flat();
      return element('td', { class: column.className }, ...shown);
    })));
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
      const openedRows = this.keys.filter((key) => this.opened.has(key)).length;
      this.table.setAttribute('aria-rowcount', String(this.rows.length + 1 + openedRows));
      this.window.use({
        count: this.rows.length,
        keyOf: (index) => this.keys[index] ?? '',
        kept: () => this.focused()?.index,
      });
    } else {
      this.table.removeAttribute('aria-rowcount');
      this.window.stop();
    }
  }

  private slots(): Slot[] {
    if (this.isLong) {
      return this.window.slots();
    }

    const shown = this.printing ? this.rows.slice(0, printedRows) : this.rows;
    return shown.map((_, index) => ({ index, start: 0, end: 0 }));
  }

  private place(): void {
    const isLong = this.isLong;
    const wanted: HTMLElement[] = [];
    const keep = new Set<string>();
    let at = 0;
    for (const slot of this.slots()) {
      const row = this.rows[slot.index];
      const key = this.keys[slot.index];
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

    const left = this.rows.length - printedRows;
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
    const made = before ?? this.make(row, key);
    made.group.dataset['index'] = String(index);
    if (this.isLong) {
      let rowIndex = index + 2;
      this.opened.forEach((open) => { rowIndex += (this.indexes.get(open) ?? index) < index ? 1 : 0; });
      made.row.setAttribute('aria-rowindex', String(rowIndex));
      made.row.nextElementSibling?.setAttribute('aria-rowindex', String(rowIndex + 1));
    }

    this.drawn.set(key, made);
    return made;
  }

  private make(row: T, key: string): Drawn {
    const { detail, opens, rowClass } = this.options;
    const columns = this.shown;
    const header = Math.max(0, columns.findIndex((column) => column.isHeader));
    const opening = detail !== undefined && opens?.(row) !== false ? detail : undefined;
    const made = element('tr', { role: 'row', class: rowClass?.(row) });
    const group = element('tbody', { role: 'rowgroup' }, made);
    const id = `${this.options.id}-detail-${String(this.serialOf(key))}`;
    columns.forEach((column, index) => {
      const content = [column.cell(row)].flat();
      const attributes = { class: column.className, 'data-name': column.name };
      const cell = index === header && opening !== undefined
        ? element('div', { class: 'cell opening' }, this.opener(column.text(row), key, id),
          element('div', {}, ...content))
        : element('div', { class: 'cell' }, ...content);
      made.append(column.isHeader === true
        ? element('th', { ...attributes, scope: 'row', role: 'rowheader' }, cell)
        : element('td', { ...attributes, role: 'cell' }, cell));
    });
    if (opening !== undefined) {
      made.classList.add('opens');
      made.addEventListener('click', (event) => { this.clicked(event, key); });
      if (this.opened.has(key)) {
        made.classList.add('is-open');
        group.append(element('tr', { role: 'row', class: 'opened', id }, element(
          'td', { role: 'cell', colspan: columns.length }, element('div', { class: 'opened-in' }, opening(row)))));
      }
    }

    return { group, row: made };
  }

  private serialOf(key: string): number {
    let serial = this.serials.get(key);
    if (serial === undefined) {
      serial = this.serial++;
      this.serials.set(key, serial);
    }

    return serial;
  }

  private opener(name: string, key: string, id: string): HTMLElement {
    const isOpen = this.opened.has(key);
    return button('', {
      class: 'opener',
      'aria-expanded': isOpen ? 'true' : 'false',
      'aria-controls': isOpen ? id : undefined,
      'aria-label': `Details of ${visibleText(name.slice(0, 120))}`,
    }, () => { this.flip(key); });
  }

  /** A click on the row serves the mouse; the button in it serves the keyboard. */
  private clicked(event: MouseEvent, key: string): void {
    const isControl = event.target instanceof Element
      && event.target.closest('button, a, input, select, label, summary') !== null;
    // Selecting text must not open or close a row.
    if (!isControl && window.getSelection()?.isCollapsed !== false) {
      this.flip(key);
    }
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
    const key = [...this.drawn].find(([, drawn]) => drawn.group === group)?.[0] ?? this.keys[index];
    return group === null || key === undefined
      ? undefined
      : { key, index: this.indexes.get(key) ?? index, control: controlsOf(group).indexOf(active) };
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
