import { button } from './dom';
import { count } from './format';

/** Rows that a phone shows of a table at first. */
const shownAtFirst = 8;

/** As few more rows as these are shown too: a button would take their room. */
const spare = 2;

/** On a phone shows the first rows of a table and a button for all, so that the page is not endless. */
export class Fold {
  readonly element: HTMLElement;
  private readonly narrow = typeof window.matchMedia === 'function'
    ? window.matchMedia('(max-width: 599px)')
    : undefined;

  private readonly more: HTMLButtonElement;
  private isWhole = false;

  constructor(redraw: () => void) {
    this.more = button('', { class: 'quiet fold', hidden: true }, () => {
      this.isWhole = !this.isWhole;
      redraw();
    });
    this.element = this.more;
    this.narrow?.addEventListener('change', redraw);
  }

  /** How many of these rows are shown; `canFold` tells whether the table may be folded at all. */
  shown(rows: number, canFold: boolean): number {
    const folds = canFold && this.narrow?.matches === true && rows > shownAtFirst + spare;
    this.more.hidden = !folds;
    this.more.textContent = this.isWhole ? `Show the first ${count(shownAtFirst)}` : `Show all ${count(rows)}`;
    this.more.setAttribute('aria-expanded', String(this.isWhole));
    return folds && !this.isWhole ? shownAtFirst : rows;
  }
}
