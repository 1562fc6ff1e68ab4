import { button, element, logText } from '../dom';
import { count } from '../format';
import { visibleText } from '../visible';

/** A value that can be chosen. */
export interface Option {
  value: string;
  label: string;
  /** How often it occurs; undefined where that is not known. */
  count?: number | undefined;
}

/** What a picker is told. */
export interface PickerOptions {
  id: string;
  /** What is picked, for its button: `Host`. */
  name: string;
  /** What the counts count: `events`. */
  unit: string;
  /** The values, the most frequent first; asked each time it opens. */
  options: () => Option[];
  chosen: () => readonly string[];
  onToggle: (value: string) => void;
}

/** Options shown at once; the search finds the others. */
const mostShown = 100;

/** A button that opens a list of values to choose from, with a search; all by keyboard. */
export class Picker {
  readonly element: HTMLElement;
  private readonly toggle: HTMLButtonElement;
  private readonly panel: HTMLElement;
  private readonly search: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly rest = element('p', { class: 'note' });
  private all: Option[] = [];
  private shown: Option[] = [];
  private active = -1;

  constructor(private readonly options: PickerOptions) {
    const { id, name } = options;
    this.toggle = button(name, {
      class: 'picker-button', id, 'aria-expanded': 'false', 'aria-controls': `${id}-panel`, 'aria-haspopup': 'dialog',
    }, () => { this.flip(); });
    this.search = element('input', {
      type: 'text', role: 'combobox', id: `${id}-search`, autocomplete: 'off', spellcheck: 'false',
      'aria-expanded': 'true', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list',
      'aria-label': `Find ${name.toLowerCase()}`,
      placeholder: `Find ${name.toLowerCase()}`,
    });
    this.list = element('ul', {
      role: 'listbox', id: `${id}-list`, 'aria-multiselectable': 'true', 'aria-label': `${name}, by ${options.unit}`,
    });
    this.panel = element('div', {
      class: 'picker-panel', id: `${id}-panel`, role: 'dialog', 'aria-label': `Filter by ${name.toLowerCase()}`,
      hidden: true,
    }, this.search, this.list, this.rest);
    this.element = element('div', { class: 'picker' }, this.toggle, this.panel);
    this.search.addEventListener('input', () => { this.draw(); });
    this.search.addEventListener('keydown', (event) => { this.press(event); });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.panel.hidden) {
        event.stopPropagation();
        this.close();
        this.toggle.focus();
      }
    });
    // Where the focus or the pointer goes elsewhere, the list would only cover the page.
    this.element.addEventListener('focusout', (event) => {
      if (event.relatedTarget instanceof Node && !this.element.contains(event.relatedTarget)) {
        this.close();
      }
    });
    document.addEventListener('pointerdown', (event) => {
      if (!this.panel.hidden && event.target instanceof Node && !this.element.contains(event.target)) {
        this.close();
      }
    });
  }

  /** Says on the button how many values are chosen. */
  refresh(): void {
    const chosen = this.options.chosen().length;
    this.toggle.replaceChildren(
      this.options.name,
      ...(chosen === 0 ? [] : [element('span', { class: 'tally' }, count(chosen)),
        element('span', { class: 'hidden' }, 'chosen')]),
    );
    this.toggle.classList.toggle('chosen', chosen > 0);
    if (!this.panel.hidden) {
      // The bar may have moved its buttons.
      this.keepInside();
    }
  }

  private flip(): void {
    if (!this.panel.hidden) {
      this.close();
      return;
    }

    this.all = this.options.options();
    this.search.value = '';
    this.panel.hidden = false;
    this.toggle.setAttribute('aria-expanded', 'true');
    this.draw();
    this.keepInside();
    this.search.focus({ preventScroll: true });
  }

  /** Moves the panel so that it stays within the window. */
  private keepInside(): void {
    this.panel.style.left = '0';
    const box = this.panel.getBoundingClientRect();
    const over = box.right - document.documentElement.clientWidth + 8;
    if (over > 0) {
      this.panel.style.left = `${String(-Math.min(over, Math.max(0, box.left - 8)))}px`;
    }
  }

  private close(): void {
    this.panel.hidden = true;
    this.toggle.setAttribute('aria-expanded', 'false');
  }

  private draw(): void {
    const words = this.search.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const fits = this.all.filter((option) => words.every((word) => option.label.toLowerCase().includes(word)));
    this.shown = fits.slice(0, mostShown);
    this.active = -1;
    this.list.hidden = fits.length === 0;
    this.drawOptions();
    const left = fits.length - this.shown.length;
    this.rest.textContent = fits.length === 0
      ? 'Nothing fits.'
      : left > 0 ? `${count(left)} more: type to find them.` : '';
    this.rest.hidden = this.rest.textContent === '';
  }

  private drawOptions(): void {
    const chosen = this.options.chosen();
    this.list.replaceChildren(...this.shown.map((option, index) => {
      const made = element(
        'li',
        {
          role: 'option', id: `${this.options.id}-${String(index)}`,
          'aria-selected': String(chosen.includes(option.value)), class: index === this.active ? 'active' : undefined,
        },
        element('span', { class: 'tick', 'aria-hidden': 'true' }),
        element('span', { class: 'label' }, logText(option.label)),
        option.count === undefined ? null : element('span', { class: 'number' }, count(option.count)),
      );
      made.addEventListener('pointerdown', (event) => {
        // Keeps the focus in the search, whose list this is.
        event.preventDefault();
      });
      made.addEventListener('click', () => { this.pick(index); });
      return made;
    }));
    if (this.active < 0) {
      this.search.removeAttribute('aria-activedescendant');
    } else {
      this.search.setAttribute('aria-activedescendant', `${this.options.id}-${String(this.active)}`);
    }
  }

  private press(event: KeyboardEvent): void {
    const last = this.shown.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: Math.min(last, this.active + 1), ArrowUp: Math.max(0, this.active - 1),
      PageDown: Math.min(last, this.active + 10), PageUp: Math.max(0, this.active - 10),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.active = next;
      this.drawOptions();
      this.list.children[next]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.pick(this.active < 0 && this.shown.length === 1 ? 0 : this.active);
    }
  }

  private pick(index: number): void {
    const option = this.shown[index];
    if (option !== undefined) {
      this.active = index;
      this.options.onToggle(option.value);
      this.drawOptions();
      this.refresh();
    }
  }
}

/** A label of a value: itself with its hidden characters shown. */
export function plainOption(value: string, times?: number): Option {
  return { value, label: visibleText(value), count: times };
}
