import type { Child } from './dom';

/** A column of a table. */
export interface Column<T> {
  /** Short name without spaces, for ids and the order. */
  key: string;
  name: string;
  /** What its name leaves open, for those who rest on its head. */
  hint?: string;
  /** Class of its cells: `number` aligns right, `text` takes the room that is left, `time` stays in one piece. */
  className?: string;
  /** Whether its cells name their rows. */
  isHeader?: boolean;
  /** Compares two rows, the least first; a column without it cannot be sorted by. */
  compare?: (left: T, right: T) => number;
  /** Whether the first click sorts the greatest first. */
  descending?: boolean;
  /** Whether only exports hold it, because the page shows the same in another way. */
  isExportOnly?: boolean;
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
  /** Whether a row opens; left out for all of a table with details. */
  opens?: (row: T) => boolean;
  /** Class of a row. */
  rowClass?: (row: T) => string | undefined;
  /** What the rows are called: one and many; `row` and `rows` when left out. */
  nouns?: readonly [string, string];
  /** Said in place of the table when it has no rows. */
  empty: string;
}

/** Whether the cells of a column hold numbers. */
export function isNumber<T>(column: Column<T>): boolean {
  return column.className?.split(' ').includes('number') === true;
}
