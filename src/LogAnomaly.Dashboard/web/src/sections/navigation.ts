import { button, element } from '../dom';
import type { View } from '../view';

/**
 * The ways to the sections. They are buttons: the fragment of the URL holds the filter, so that no link may change it.
 */
export class Navigation {
  readonly element: HTMLElement;
  private readonly list = element('ul', { id: 'section-list' });
  private readonly toggle: HTMLButtonElement;
  private readonly items = new Map<string, HTMLElement>();

  /** Sees which section crosses a line in the upper third of the window. */
  private readonly observer = typeof IntersectionObserver === 'function'
    ? new IntersectionObserver((entries) => {
      const seen = entries.find((entry) => entry.isIntersecting);
      if (seen !== undefined) {
        this.mark(seen.target.id);
      }
    }, { rootMargin: '-30% 0px -69% 0px' })
    : undefined;

  constructor(private readonly view: View) {
    this.toggle = button('Sections', {
      class: 'nav-toggle', 'aria-expanded': 'false', 'aria-controls': 'section-list',
    }, () => { this.open(this.toggle.getAttribute('aria-expanded') !== 'true'); });
    this.element = element('nav', { 'aria-label': 'Sections' }, this.toggle, this.list);
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.toggle.getAttribute('aria-expanded') === 'true') {
        this.open(false);
        this.toggle.focus();
      }
    });
  }

  /** Adds a section that is in the page, in the order of the page. */
  add(id: string, name: string, host: HTMLElement): void {
    const made = button(name, {}, () => {
      this.open(false);
      this.view.goTo(id);
    });
    const item = element('li', {}, made);
    this.items.set(id, item);
    this.list.append(item);
    this.observer?.observe(host);
  }

  /** Marks the section that the reader is in. */
  private mark(id: string): void {
    this.items.forEach((item, own) => {
      const target = item.firstElementChild;
      if (own === id) {
        target?.setAttribute('aria-current', 'true');
      } else {
        target?.removeAttribute('aria-current');
      }
    });
  }

  private open(isOpen: boolean): void {
    this.toggle.setAttribute('aria-expanded', String(isOpen));
    this.element.classList.toggle('open', isOpen);
  }
}
