import type { CubeData, CubeTableData, DimensionData, DimensionName } from './data';

/** The code of events that have no value in a dimension. */
export const noValue = 0;

/** The code of values that a table does not break down. */
export const otherValues = 1;

/**
 * How many events: exact where both ends are equal. They differ where the asked table does not break down some of the
 * values that the query names, so that its events may or may not belong.
 */
export interface Amount {
  least: number;
  most: number;
}

/** Which events to count. */
export interface Query {
  /** First step, inclusive; left out for all, with those that have no time. */
  from?: number;
  /** Last step, exclusive. */
  to?: number;
  /** Codes that a dimension must have one of. */
  where: ReadonlyMap<DimensionName, ReadonlySet<number>>;
}

/** The events of one value of a dimension. */
export interface Group {
  /** `noValue` for events without a value, `otherValues` for all values that are not broken down. */
  code: number;
  value: string;
  amount: Amount;
  /** Bytes sent, of the events counted in `amount.least`. */
  bytes: number;
}

/** Events by step and code. */
export interface Series {
  /** By code: events in each step. */
  counts: Map<number, Float64Array>;
  /** Whether every event of the query is in its own place. */
  exact: boolean;
}

/** A table as typed arrays, its steps summed up. */
interface Table {
  dimensions: readonly DimensionName[];
  /** Step of each row, -1 without a time. */
  step: Int32Array;
  codes: readonly Uint32Array[];
  /** The codes that occur, by column. A value that a table breaks down at all has none of its events under the rest. */
  present: readonly ReadonlySet<number>[];
  count: Float64Array;
  bytes: Float64Array | undefined;
}

/** Row by row, what a query says of a table: 0 not asked for, 1 may be asked for, 2 asked for. */
const enum Fit { No, Perhaps, Yes }

/** Answers queries over the counted events of a log; every answer says how exact it is. */
export class Cube {
  /** Width of a step in milliseconds; 0 without times. */
  readonly step: number;
  /** Number of steps. */
  readonly steps: number;
  private readonly tables: readonly Table[];
  private readonly byName: ReadonlyMap<DimensionName, DimensionData>;
  private readonly codes = new Map<DimensionName, Map<string, number>>();

  constructor(data: CubeData) {
    this.step = data.step;
    this.steps = data.steps;
    this.byName = new Map(data.dimensions.map((dimension) => [dimension.name, dimension]));
    // The narrow tables break down most, so they are asked first.
    this.tables = data.tables.map(unpacked).sort((a, b) => a.dimensions.length - b.dimensions.length);
  }

  /** Whether the log has the dimension at all. */
  has(dimension: DimensionName): boolean {
    return this.byName.has(dimension);
  }

  /** Whether the log has a value of the dimension: the writer names dimensions also where no event tells them. */
  tells(dimension: DimensionName): boolean {
    return (this.byName.get(dimension)?.values.length ?? 0) > otherValues + 1;
  }

  /** The value of a code; empty for the two codes that are none. */
  valueOf(dimension: DimensionName, code: number): string {
    return this.byName.get(dimension)?.values[code] ?? '';
  }

  /** The code of a value, or undefined for one that no table breaks down. */
  codeOf(dimension: DimensionName, value: string): number | undefined {
    let codes = this.codes.get(dimension);
    if (codes === undefined) {
      codes = new Map((this.byName.get(dimension)?.values ?? []).map((name, code) => [name, code]));
      codes.delete('');
      this.codes.set(dimension, codes);
    }

    return codes.get(value);
  }

  /** Counts the events of a query. */
  total(query: Query): Amount {
    return this.best(query, [], (table) => {
      const amount = { least: 0, most: 0 };
      scan(table, query, (row, fit) => { add(amount, fit, table.count[row] ?? 0); });
      return { answer: amount, doubt: amount.most - amount.least };
    }) ?? { least: 0, most: 0 };
  }

  /** Counts the events of a query by the values of a dimension, the most frequent first; the rest, if any, is last. */
  by(dimension: DimensionName, query: Query): Group[] {
    const groups = this.best(query, [dimension], (table) => {
      const codes = table.codes[table.dimensions.indexOf(dimension)] ?? new Uint32Array();
      const found = new Map<number, Group>();
      let doubt = 0;
      scan(table, query, (row, fit) => {
        const code = codes[row] ?? noValue;
        let group = found.get(code);
        if (group === undefined) {
          group = { code, value: this.valueOf(dimension, code), amount: { least: 0, most: 0 }, bytes: 0 };
          found.set(code, group);
        }

        const count = table.count[row] ?? 0;
        add(group.amount, fit, count);
        doubt += fit === Fit.Perhaps || code === otherValues ? count : 0;
        group.bytes += fit === Fit.Yes ? table.bytes?.[row] ?? 0 : 0;
      });
      return { answer: [...found.values()], doubt };
    }) ?? [];
    const isRest = (group: Group): boolean => group.code === otherValues;
    return groups.sort((a, b) => Number(isRest(a)) - Number(isRest(b))
      || b.amount.least - a.amount.least || b.amount.most - a.amount.most || a.code - b.code);
  }

  /** Counts the events of a query by step and by the values of a dimension; without one, all under `noValue`. */
  series(dimension: DimensionName | undefined, query: Query): Series {
    return this.best(query, dimension === undefined ? [] : [dimension], (table) => {
      const codes = dimension === undefined ? undefined : table.codes[table.dimensions.indexOf(dimension)];
      const counts = new Map<number, Float64Array>();
      let doubt = 0;
      scan(table, query, (row, fit) => {
        const step = table.step[row] ?? -1;
        const code = codes?.[row] ?? noValue;
        const count = table.count[row] ?? 0;
        doubt += fit === Fit.Perhaps || (codes !== undefined && code === otherValues) ? count : 0;
        if (step < 0 || fit !== Fit.Yes) {
          return;
        }

        let series = counts.get(code);
        if (series === undefined) {
          series = new Float64Array(this.steps);
          counts.set(code, series);
        }

        series[step] = (series[step] ?? 0) + count;
      });
      return { answer: { counts, exact: doubt === 0 }, doubt };
    }) ?? { counts: new Map(), exact: true };
  }

  /** Asks the tables that have the dimensions, until one has no doubt; else the one with the least. */
  private best<T>(
    query: Query, grouped: readonly DimensionName[], ask: (table: Table) => { answer: T; doubt: number },
  ): T | undefined {
    const needed = [...query.where.keys(), ...grouped];
    let best: { answer: T; doubt: number } | undefined;
    for (const table of this.tables) {
      if (!needed.every((dimension) => table.dimensions.includes(dimension))) {
        continue;
      }

      const asked = ask(table);
      if (best === undefined || asked.doubt < best.doubt) {
        best = asked;
      }

      if (best.doubt === 0) {
        break;
      }
    }

    return best?.answer;
  }
}

/** The amount as one number: the least that it is. */
export function known(amount: Amount): number {
  return amount.least;
}

function add(amount: Amount, fit: Fit, count: number): void {
  amount.most += count;
  if (fit === Fit.Yes) {
    amount.least += count;
  }
}

function unpacked(data: CubeTableData): Table {
  const step = new Int32Array(data.time.length);
  let at = 0;
  // Rows without a time come first: the first delta is -1 and the later ones of them 0.
  data.time.forEach((delta, row) => {
    at += delta;
    step[row] = at;
  });
  return {
    dimensions: data.dimensions,
    step,
    codes: data.codes.map((column) => Uint32Array.from(column)),
    present: data.codes.map((column) => new Set(column)),
    count: Float64Array.from(data.count),
    bytes: data.bytes === undefined ? undefined : Float64Array.from(data.bytes),
  };
}

/** Calls back for each row that is, or may be, asked for. */
function scan(table: Table, query: Query, found: (row: number, fit: Fit) => void): void {
  const tests = [...query.where].map(([dimension, codes]) => {
    const index = table.dimensions.indexOf(dimension);
    const present = table.present[index];
    return {
      column: table.codes[index] ?? new Uint32Array(), codes,
      // Where all that is asked for has rows of its own, nothing of it is among the rest.
      isWhole: [...codes].every((code) => present?.has(code) === true),
    };
  });
  // Rows without a time meet no time that is asked for.
  const hasTime = query.from !== undefined || query.to !== undefined;
  const first = hasTime ? lowerBound(table.step, Math.max(0, query.from ?? 0)) : 0;
  const end = query.to === undefined ? table.step.length : lowerBound(table.step, query.to);
  for (let row = first; row < end; row++) {
    let fit = Fit.Yes;
    for (const { column, codes, isWhole } of tests) {
      const code = column[row] ?? noValue;
      if (code === otherValues && !isWhole) {
        fit = Fit.Perhaps;
      } else if (!codes.has(code)) {
        fit = Fit.No;
        break;
      }
    }

    if (fit !== Fit.No) {
      found(row, fit);
    }
  }
}

/** The first row whose step is not less; rows are in order of time. */
function lowerBound(steps: Int32Array, step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] ?? 0) < step) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low;
}
