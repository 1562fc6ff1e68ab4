import type { Child } from './dom';
import { element } from './dom';

/** A column of a table. */
export interface Column<T> {
  /** Short name without spaces, for ids and the order. */
  key: string;
  name: string;
  /** Class of its cells: `number` aligns right; `wide` gives way on a narrow screen. */
  className?: string;
  /** Whether its cells name their rows. */
  isHeader?: boolean;
  /** Compares two rows, the least first; a column without it cannot be sorted by. */
  compare?: (left: T, right: T) => number;
  /** Whether the first click sorts the greatest first. */
  descending?: boolean;
  /** What a cell shows. */
  cell: (row: T) => Child | Child[];
  /** The same as plain text, for CSV and the clipboard: numbers without separators, times in ISO 8601. */
  text: (row: T) => string;
}

export interface TableOptions<T> {
  /** Id of the table; those of its parts begin with it. */
  id: string;
  /** What the table holds, for those who do not see it, and in file names: `Attack sources`. */
  caption: string;
  columns: readonly Column<T>[];
  /** Column and direction at first; left out for the order of the rows. */
  order?: { key: string; descending: boolean };
  /** Tells rows apart across changes, so that an opened row stays open. */
  keyOf: (row: T) => string;
  /** What a row opens to; a table without it has no rows that open. */
  detail?: (row: T) => HTMLElement;
  /** Said in place of the table when it has no rows. */
  empty: string;
}

/** A table of the page: sortable, copied and saved as CSV, its rows drawn only where they are seen. */
export class DataTable<T> {
  readonly element: HTMLElement = element('div');

  constructor(private readonly options: TableOptions<T>) {}

  /** Shows these rows, in the reader's order. */
  setRows(rows: readonly T[]): void {
    const { columns } = this.options;
    const cell = (column: Column<T>, row: T): HTMLElement => (
      element('td', { class: column.className }, ...[column.cell(row)].flat()));
    this.element.replaceChildren(element('table', { id: this.options.id }, ...rows.map((row) => (
      element('tr', {}, ...columns.map((column) => cell(column, row)))))));
  }
}
