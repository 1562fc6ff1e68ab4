import type { Order } from './table-head';
import type { Column, TableOptions } from './table-options';

/** The rows of a table in the reader's order, each with a key of its own. */
export class OrderedRows<T> {
  private given: readonly T[] = [];
  private sorted: readonly T[] = [];
  private keysNow: readonly string[] = [];
  private indexes = new Map<string, number>();
  private orderNow: Order | undefined;

  constructor(private readonly options: Pick<TableOptions<T>, 'columns' | 'keyOf' | 'order'>) {
    this.orderNow = options.order;
  }

  /** The rows in order. */
  get rows(): readonly T[] {
    return this.sorted;
  }

  /** Their keys. */
  get keys(): readonly string[] {
    return this.keysNow;
  }

  /** By what they are sorted; undefined where that is no column. */
  get order(): Order | undefined {
    return this.column()?.compare === undefined ? undefined : this.orderNow;
  }

  /** Where the row of a key stands. */
  indexOf(key: string): number | undefined {
    return this.indexes.get(key);
  }

  /** Takes other rows. */
  give(rows: readonly T[]): void {
    this.given = rows;
    this.sort();
  }

  /** Sorts by a column; by the same again, the other way round. */
  sortBy(column: Column<T>): void {
    const descending = this.orderNow?.key === column.key ? !this.orderNow.descending : column.descending === true;
    this.orderNow = { key: column.key, descending };
    this.sort();
  }

  private column(): Column<T> | undefined {
    return this.options.columns.find((candidate) => candidate.key === this.orderNow?.key);
  }

  private sort(): void {
    const compare = this.column()?.compare;
    const sign = this.orderNow?.descending === true ? -1 : 1;
    this.sorted = compare === undefined
      ? [...this.given]
      : [...this.given].sort((left, right) => sign * compare(left, right));
    this.indexes = new Map();
    this.keysNow = this.sorted.map((row, index) => {
      let key = this.options.keyOf(row);
      while (this.indexes.has(key)) {
        key += '+';
      }

      this.indexes.set(key, index);
      return key;
    });
  }
}
