import {
  Virtualizer, defaultRangeExtractor, elementScroll, measureElement, observeElementOffset, observeElementRect,
} from '@tanstack/virtual-core';
import type { VirtualizerOptions } from '@tanstack/virtual-core';

/** Where a row stands in the whole table, in pixels. */
export interface Slot {
  index: number;
  start: number;
  end: number;
}

type Options = VirtualizerOptions<HTMLElement, HTMLElement>;

/** What the window must know of the rows. */
export interface Rows {
  count: number;
  keyOf: (index: number) => string;
  /** A row that stays drawn wherever the reader scrolls, because it holds the focus. */
  kept: () => number | undefined;
}

const assumedHeight = 36;
/** Height of the box before it is laid out. */
const assumedBox = 512;

/** Tells which rows of a long table are seen, from the heights that they turn out to have. */
export class RowWindow {
  private virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private leave: (() => void) | undefined;

  /** Watches a box that scrolls; `redraw` is called when other rows are seen or heights change. */
  constructor(private readonly box: HTMLElement, private readonly redraw: () => void) {}

  /** Goes on with these rows. Heights are kept by key. */
  use(rows: Rows): void {
    const options: Options = {
      count: rows.count,
      getScrollElement: () => this.box,
      estimateSize: () => assumedHeight,
      getItemKey: rows.keyOf,
      overscan: 8,
      observeElementRect: (instance, call) => observeElementRect(instance, (rect) => {
        call({ width: rect.width, height: rect.height === 0 ? assumedBox : rect.height });
      }),
      observeElementOffset,
      scrollToFn: elementScroll,
      // Heights are learned when the browser tells them, after it has laid out all that changed. To ask for one while
      // drawing would make it lay out the page for each table. A row in a hidden section has none.
      measureElement: (row, entry, instance) => (entry === undefined
        ? instance.itemSizeCache.get(rows.keyOf(instance.indexFromElement(row))) ?? assumedHeight
        : measureElement(row, entry, instance) || assumedHeight),
      rangeExtractor: (range) => {
        const seen = defaultRangeExtractor(range);
        const kept = rows.kept();
        return kept === undefined || kept >= rows.count || seen.includes(kept)
          ? seen
          : [...seen, kept].sort((a, b) => a - b);
      },
      onChange: () => { this.redraw(); },
    };
    if (this.virtualizer === undefined) {
      this.virtualizer = new Virtualizer(options);
      // The names with underscores are how the library's own bindings for frameworks begin and go on.
      this.leave = this.virtualizer._didMount();
    } else {
      this.virtualizer.setOptions(options);
    }

    this.virtualizer._willUpdate();
  }

  /** Stops watching. */
  stop(): void {
    this.leave?.();
    this.virtualizer = undefined;
    this.leave = undefined;
  }

  /** The rows to draw, in order. */
  slots(): Slot[] {
    return this.virtualizer?.getVirtualItems() ?? [];
  }

  /** Height of all rows. */
  height(): number {
    return this.virtualizer?.getTotalSize() ?? 0;
  }

  /** Learns the height of a drawn row, whose `data-index` tells which it is. */
  measure(row: HTMLElement): void {
    this.virtualizer?.measureElement(row);
  }

  /** Forgets rows that are no longer drawn. */
  forget(): void {
    this.virtualizer?.measureElement(null);
  }
}
