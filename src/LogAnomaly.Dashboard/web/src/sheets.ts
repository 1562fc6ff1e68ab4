import { section, setComplete } from './dom';
import { whenIdle } from './idle';
import type { View } from './view';

/** A section that is drawn, and how to draw it anew. */
interface Sheet {
  host: HTMLElement;
  listeners: readonly (() => void)[];
  isNear: boolean;
  isStale: boolean;
}

/** How far beyond the window a section counts as seen. */
const margin = '200px';

/**
 * The sections of the page. On a change of the filter those that are seen are drawn anew at once; the others wait until
 * the browser is idle, or until they are seen or printed, so that a filter answers at once however long the page is.
 */
export class Sheets {
  private readonly sheets = new Map<Element, Sheet>();
  private readonly observer = typeof IntersectionObserver === 'function'
    ? new IntersectionObserver((entries) => { this.see(entries); }, { rootMargin: margin })
    : undefined;

  private isWaiting = false;
  private isWhole = false;

  constructor(private readonly view: View) {
    view.onChange(() => { this.change(); });
    window.addEventListener('beforeprint', () => { this.drawAll(); });
  }

  /**
   * Makes a section; where that fails, a sentence stands in its place, for one section must not take the page down.
   */
  make(id: string, name: string, draw: () => HTMLElement | null): HTMLElement | null {
    const { made, listeners } = this.view.gather(() => guarded(id, name, draw));
    if (made !== null) {
      const sheet = { host: made, listeners, isNear: this.observer === undefined, isStale: false };
      this.sheets.set(made, sheet);
      this.observer?.observe(made);
    }

    return made;
  }

  /** Says that all sections are made; from here on the root element says whether all of them show what is asked for. */
  end(): void {
    this.isWhole = true;
    this.wait();
  }

  /** Draws what is stale, as before printing. */
  drawAll(): void {
    this.sheets.forEach(redraw);
  }

  private see(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const sheet = this.sheets.get(entry.target);
      if (sheet !== undefined) {
        sheet.isNear = entry.isIntersecting;
        if (sheet.isNear) {
          redraw(sheet);
        }
      }
    }
  }

  private change(): void {
    this.sheets.forEach((sheet) => {
      sheet.isStale = true;
      if (sheet.isNear) {
        redraw(sheet);
      }
    });
    this.wait();
  }

  /** Draws the sections that are not seen, one at a time, when the browser has nothing better to do. */
  private wait(): void {
    if (this.isWaiting) {
      return;
    }

    if (![...this.sheets.values()].some((sheet) => sheet.isStale)) {
      if (this.isWhole) {
        setComplete(true);
      }

      return;
    }

    this.isWaiting = true;
    whenIdle(() => {
      this.isWaiting = false;
      const stale = [...this.sheets.values()].find((sheet) => sheet.isStale);
      if (stale !== undefined) {
        redraw(stale);
      }

      this.wait();
    });
  }
}

function redraw(sheet: Sheet): void {
  if (!sheet.isStale) {
    return;
  }

  sheet.isStale = false;
  try {
    sheet.listeners.forEach((listener) => { listener(); });
  } catch (error) {
    console.error(error);
    sheet.host.replaceChildren(...failure(sheet.host.id, 'This section').childNodes);
  }
}

function guarded(id: string, name: string, draw: () => HTMLElement | null): HTMLElement | null {
  try {
    return draw();
  } catch (error) {
    console.error(error);
    return failure(id, name);
  }
}

/** What stands in the place of a section that could not be drawn. */
function failure(id: string, name: string): HTMLElement {
  const said = document.createElement('p');
  said.className = 'warning';
  said.textContent = 'This part of the page could not be drawn; the rest is not touched by that.';
  return section(id, name, said);
}
