import { button, element } from './dom';
import type { Column, TableOptions } from './table-options';
import { visibleText } from './visible';

/** A drawn row with what it opened to: a group of its own, so that both have one height. */
export interface Drawn {
  group: HTMLTableSectionElement;
  row: HTMLTableRowElement;
}

/** What opens the rows of a table. */
export interface Opening {
  isOpen: (key: string) => boolean;
  /** Opens a row, or closes it again. */
  flip: (key: string) => void;
}

/** Makes the rows of a table. */
export class RowMaker<T> {
  private readonly serials = new Map<string, number>();

  constructor(
    private readonly options: TableOptions<T>, private readonly columns: readonly Column<T>[],
    private readonly opening: Opening,
  ) {}

  /** A row, and, if it is open, what it opens to. */
  make(row: T, key: string): Drawn {
    const { columns } = this;
    const { detail, opens, rowClass } = this.options;
    const header = Math.max(0, columns.findIndex((column) => column.isHeader));
    const inside = detail !== undefined && opens?.(row) !== false ? detail : undefined;
    const made = element('tr', { role: 'row', class: rowClass?.(row) });
    const group = element('tbody', { role: 'rowgroup' }, made);
    const id = `${this.options.id}-detail-${String(this.serialOf(key))}`;
    columns.forEach((column, index) => {
      const opener = index === header && inside !== undefined ? this.opener(column.text(row), key, id) : undefined;
      made.append(cellOf(column, row, opener));
    });
    if (inside !== undefined) {
      made.classList.add('opens');
      made.addEventListener('click', (event) => { this.clicked(event, key); });
      if (this.opening.isOpen(key)) {
        made.classList.add('is-open');
        group.append(element('tr', { role: 'row', class: 'opened', id }, element(
          'td', { role: 'cell', colspan: columns.length }, element('div', { class: 'opened-in' }, inside(row)))));
      }
    }

    return { group, row: made };
  }

  private serialOf(key: string): number {
    const serial = this.serials.get(key) ?? this.serials.size;
    this.serials.set(key, serial);
    return serial;
  }

  private opener(name: string, key: string, id: string): HTMLElement {
    const isOpen = this.opening.isOpen(key);
    return button('', {
      class: 'opener',
      'aria-expanded': isOpen ? 'true' : 'false',
      'aria-controls': isOpen ? id : undefined,
      'aria-label': `Details of ${visibleText(name.slice(0, 120))}`,
    }, () => { this.opening.flip(key); });
  }

  /** A click on the row serves the mouse; the button in it serves the keyboard. */
  private clicked(event: MouseEvent, key: string): void {
    const isControl = event.target instanceof Element
      && event.target.closest('button, a, input, select, label, summary') !== null;
    // Selecting text must not open or close a row.
    if (!isControl && window.getSelection()?.isCollapsed !== false) {
      this.opening.flip(key);
    }
  }
}

function cellOf<T>(column: Column<T>, row: T, opener: HTMLElement | undefined): HTMLElement {
  const content = [column.cell(row)].flat();
  const attributes = { class: column.className, 'data-name': column.name };
  const cell = opener === undefined
    ? element('div', { class: 'cell' }, ...content)
    : element('div', { class: 'cell opening' }, opener, element('div', {}, ...content));
  if (cell.textContent === '' && cell.querySelector('svg') === null) {
    // Where cells stand under each other, a name with nothing beside it looks like a fault.
    cell.classList.add('blank');
  }

  return column.isHeader === true
    ? element('th', { ...attributes, scope: 'row', role: 'rowheader' }, cell)
    : element('td', { ...attributes, role: 'cell' }, cell);
}
