import { button, element } from './dom';
import type { Column } from './table-options';

/** A column to sort by, and which way. */
export interface Order {
  key: string;
  descending: boolean;
}

/** The heads of a table: those by which it can be sorted are buttons. */
export class TableHead<T> {
  readonly element: HTMLElement;
  private readonly cells = new Map<string, HTMLTableCellElement>();

  constructor(id: string, columns: readonly Column<T>[], sortBy: (column: Column<T>) => void) {
    this.element = element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...columns.map((column) => {
      const cell = headCell(id, column, sortBy);
      this.cells.set(column.key, cell);
      return cell;
    })));
  }

  /** Says by which column the rows are sorted; undefined for none. */
  show(order: Order | undefined): void {
    for (const [key, cell] of this.cells) {
      if (key === order?.key) {
        cell.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
      } else {
        cell.removeAttribute('aria-sort');
      }
    }
  }
}

function headCell<T>(id: string, column: Column<T>, sortBy: (column: Column<T>) => void): HTMLTableCellElement {
  const cell = element('th', { scope: 'col', role: 'columnheader', class: column.className, title: column.hint });
  if (column.compare === undefined) {
    cell.append(column.name);
    cell.classList.add('fixed');
    return cell;
  }

  const sort = button(column.name, { class: 'sort', id: `${id}-sort-${column.key}` }, () => { sortBy(column); });
  sort.append(element('span', { class: 'arrow', 'aria-hidden': 'true' }));
  // Chromium repeats the head on each sheet of paper, but not the buttons in it.
  cell.append(sort, element('span', { class: 'printed' }, column.name));
  if (column.hint !== undefined) {
    sort.setAttribute('aria-description', column.hint);
  }

  return cell;
}
