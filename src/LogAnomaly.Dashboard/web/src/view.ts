import { countryOfSource } from './countries';
import { Cube, otherValues } from './cube';
import type { Amount, Group, Query, Series } from './cube';
import type { AnomalyData, DimensionName, PageData } from './data';
import { setComplete } from './dom';
import { sourceOf, userOf } from './entity';
import type { Filter } from './filter';
import { everything, fromFragment, toFragment, valuesOf } from './filter';
import { haystack } from './haystack';
import type { ThemeSwitch } from './theme';
import type { LogClock, Zones } from './time';
import { clockOf, parseTime, zonesOf } from './time';

/** A line that the page keeps. */
export interface KeptLine {
  path: string;
  line: number;
  /** Instant in milliseconds; undefined without a time. */
  time: number | undefined;
  raw: string;
  /** Characters cut from the end of `raw`. */
  cut: number;
  /** Index in the data, which is the order of the log. */
  index: number;
}

/**
 * What every section of the page is drawn from: the data, the reader's filter, and the answers to questions under that
 * filter. A section draws itself once and again whenever `onChange` calls back.
 *
 * Time and values narrow events, findings and lines alike. Severity, rule and text narrow findings and lines; a table
 * also leaves out rows whose own words lack the text. Counts of events do not follow severity, rule and text.
 */
export class View {
  readonly cube: Cube;
  readonly zones: Zones;
  /** The log's own clock. */
  readonly clock: LogClock;
  /** Start of step 0, in milliseconds. */
  readonly start: number;
  private filterNow: Filter;
  private listeners: (() => void)[] = [];
  private anomaliesNow: AnomalyData[] | undefined;
  private pending = 0;
  private askedAt: number | undefined;

  constructor(readonly data: PageData, readonly theme: ThemeSwitch) {
    this.cube = new Cube(data.cube);
    this.zones = zonesOf(data);
    this.clock = clockOf(data);
    this.start = data.cube.start === undefined ? 0 : parseTime(data.cube.start).instant;
    this.filterNow = fromFragment(window.location.hash);
    window.addEventListener('hashchange', () => {
      if (window.location.hash.replace(/^#/, '') !== toFragment(this.filterNow)) {
        this.take(fromFragment(window.location.hash));
      }
    });
  }

  /** What the reader asks to see. */
  get filter(): Filter {
    return this.filterNow;
  }

  /** Asks for something else; the URL's fragment follows, and the sections draw anew before the next frame. */
  set(filter: Filter): void {
    this.take(filter);
    // A state for each step would fill the history while a brush is drawn, so the entry is replaced.
    window.history.replaceState(null, '', addressOf(filter));
  }

  /** Changes a part of the filter. */
  change(part: Partial<Filter>): void {
    this.set({ ...this.filterNow, ...part });
  }

  /** Lets everything through. */
  clear(): void {
    this.set(everything);
  }

  /** Calls back when the answers change: another filter, other colours or newer data. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /**
   * Makes a section and keeps the listeners that it adds apart, so that who shows it can draw it anew when it is seen.
   */
  gather<T>(make: () => T): { made: T; listeners: readonly (() => void)[] } {
    const others = this.listeners;
    const listeners: (() => void)[] = [];
    this.listeners = listeners;
    try {
      return { made: make(), listeners };
    } finally {
      this.listeners = others;
    }
  }

  /** Sets the filter and brings the reader to the lines that it leaves. */
  showLines(part: Partial<Filter>): void {
    this.changeAt('lines', part);
  }

  /** Changes a part of the filter and brings the reader to a section; the browser's way back leads here again. */
  changeAt(id: string, part: Partial<Filter>): void {
    const filter = { ...this.filterNow, ...part };
    const address = addressOf(filter);
    if (address !== addressOf(this.filterNow)) {
      window.history.pushState(null, '', address);
    }

    this.take(filter);
    this.goTo(id);
  }

  /** Brings the reader to a section, by eye and by keyboard. */
  goTo(id: string): void {
    const section = document.getElementById(id);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  /** The filter as a query of the cube; a part may be left out, such as the dimension that a table lists. */
  query(options: { withoutTime?: boolean; without?: DimensionName } = {}): Query {
    const where = new Map<DimensionName, ReadonlySet<number>>();
    for (const [name, values] of Object.entries(this.filterNow.values) as [DimensionName, readonly string[]][]) {
      if (name !== options.without && this.cube.has(name)) {
        // A value that no table breaks down may be among the others of any row.
        where.set(name, new Set(values.map((value) => this.cube.codeOf(name, value) ?? -1)));
      }
    }

    const { from, to } = this.filterNow;
    const { step } = this.cube;
    if (options.withoutTime === true || step === 0) {
      return { where };
    }

    return {
      where,
      ...(from === undefined ? {} : { from: Math.floor((from - this.start) / step) }),
      ...(to === undefined ? {} : { to: Math.ceil((to - this.start) / step) }),
    };
  }

  /** The instant at which a step of the cube begins. */
  instantOf(step: number): number {
    return this.start + step * this.cube.step;
  }

  /** Events under the filter. */
  total(): Amount {
    return this.cube.total(this.query());
  }

  /** Events under the filter by the values of a dimension; groups without a value are left out unless asked for. */
  by(dimension: DimensionName, options: { withNone?: boolean } = {}): Group[] {
    const groups = this.cube.by(dimension, this.query());
    return options.withNone === true
      ? groups
      : groups.filter((group) => group.value !== '' || group.code === otherValues);
  }

  /** Events over time under the filter without its time, by the values of a dimension. */
  series(dimension: DimensionName | undefined): Series {
    return this.cube.series(dimension, this.query({ withoutTime: true }));
  }

  /** Findings under the filter, in the order of the data. */
  anomalies(): AnomalyData[] {
    this.anomaliesNow ??= this.data.anomalies.filter((anomaly) => this.admits(anomaly));
    return this.anomaliesNow;
  }

  /** Findings under the filter without its time, in the order of the data. */
  anomaliesAtAnyTime(): AnomalyData[] {
    const { from, to } = this.filterNow;
    return from === undefined && to === undefined
      ? this.anomalies()
      : this.data.anomalies.filter((anomaly) => this.admits(anomaly, true));
  }

  /** Whether a text holds all words of the filter, in any case. */
  hasText(text: string): boolean {
    return this.hasWords(text.toLowerCase());
  }

  /** Lines under the filter that the page keeps, in the order of the log. */
  lines(): KeptLine[] {
    const { lines, cube } = this.data;
    const tests = (Object.entries(this.filterNow.values) as [DimensionName, readonly string[]][])
      .map(([name, values]) => ({
        column: lines.codes[cube.dimensions.findIndex((dimension) => dimension.name === name)],
        codes: new Set(values.map((value) => this.cube.codeOf(name, value) ?? -1)),
      }))
      .filter((test) => test.column !== undefined);
    const found: KeptLine[] = [];
    for (let index = 0; index < lines.line.length; index++) {
      const sinceStart = lines.time[index] ?? -1;
      const time = sinceStart < 0 ? undefined : this.start + sinceStart;
      const raw = lines.raw[index] ?? '';
      if (this.isWithin(time, time) && tests.every(({ column, codes }) => codes.has(column?.[index] ?? 0))
        && this.hasText(raw)) {
        const path = lines.paths[lines.path[index] ?? 0] ?? '';
        found.push({ path, line: lines.line[index] ?? 0, time, raw, cut: lines.cut[String(index)] ?? 0, index });
      }
    }

    return found;
  }

  /** Whether a span of instants meets the filter's time; nothing without a time meets one. */
  isWithin(first: number | undefined, last: number | undefined): boolean {
    const { from, to } = this.filterNow;
    return (from === undefined || (last !== undefined && last >= from))
      && (to === undefined || (first !== undefined && first < to));
  }

  private words(): string[] {
    return this.filterNow.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  }

  private admits(anomaly: AnomalyData, atAnyTime = false): boolean {
    const { severities, rules } = this.filterNow;
    const first = anomaly.time === undefined ? undefined : Date.parse(anomaly.time);
    const last = anomaly.lastTime === undefined ? first : Date.parse(anomaly.lastTime);
    return (severities.length === 0 || severities.includes(anomaly.severity))
      && (rules.length === 0 || rules.includes(anomaly.ruleId ?? anomaly.detector))
      && (atAnyTime || this.isWithin(first, last))
      && (Object.keys(this.filterNow.values) as DimensionName[]).every((name) => this.hasValue(anomaly, name))
      && (this.filterNow.text.trim() === '' || this.hasWords(haystack(anomaly)));
  }

  private hasWords(lower: string): boolean {
    return this.words().every((word) => lower.includes(word));
  }

  /** Whether a finding has one of the filter's values; a dimension that findings do not tell admits them. */
  private hasValue(anomaly: AnomalyData, name: DimensionName): boolean {
    const values = valuesOf(this.filterNow, name);
    const source = sourceOf(anomaly);
    const has = (value: string | undefined): boolean => value !== undefined && values.includes(value);
    switch (name) {
      case 'kind': return has(anomaly.kind);
      case 'level': return has(anomaly.level);
      case 'host': return has(anomaly.host);
      case 'program': return has(anomaly.program);
      case 'source': return has(source);
      case 'country': return has(this.countryOf(source));
      case 'user': return has(userOf(anomaly));
      case 'template': return has(anomaly.templateId);
      case 'path':
      case 'agent': return anomaly.evidence.some((line) => values.some((value) => line.raw.includes(value)));
      default: return true;
    }
  }

  /** The value of the dimension `country` for a source. */
  countryOf(source: string | undefined): string | undefined {
    const known = source === undefined ? undefined : this.sourcesByName().get(source);
    return known === undefined ? undefined : countryOfSource(known);
  }

  private sources: Map<string, PageData['sources'][number]> | undefined;

  private sourcesByName(): Map<string, PageData['sources'][number]> {
    this.sources ??= new Map(this.data.sources.map((source) => [source.name, source]));
    return this.sources;
  }

  private take(filter: Filter): void {
    this.filterNow = filter;
    this.anomaliesNow = undefined;
    this.askedAt ??= performance.now();
    this.notify();
  }

  /** Draws anew once before the next frame, however often it is asked. */
  notify(): void {
    if (this.pending !== 0) {
      return;
    }

    setComplete(false);
    this.pending = requestAnimationFrame(() => {
      this.pending = 0;
      this.listeners.forEach((listener) => { listener(); });
      if (this.askedAt !== undefined) {
        performance.measure('loganomaly-filter', { start: this.askedAt });
        this.askedAt = undefined;
      }
    });
  }
}

/** The page's own address with a filter in its fragment. */
function addressOf(filter: Filter): string {
  const fragment = toFragment(filter);
  const { pathname, search } = window.location;
  return fragment === '' ? `${pathname}${search}` : `#${fragment}`;
}
