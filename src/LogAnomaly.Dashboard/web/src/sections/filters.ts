import { copyButton } from '../copy';
import { isCountry } from '../countries';
import { otherValues } from '../cube';
import type { Amount } from '../cube';
import type { DimensionName, Severity } from '../data';
import { severities } from '../data';
import { button, element, logText, setComplete } from '../dom';
import { dimensionWords } from '../drill';
import { dimensionNames, isEverything, toggled, valuesOf, withValues } from '../filter';
import { valueWords } from '../filter-words';
import { count, counted, duration } from '../format';
import type { View } from '../view';
import { visibleText } from '../visible';
import type { Option } from './picker';
import { Picker, plainOption } from './picker';
import { TimePicker } from './timepicker';

/** Dimensions that have a picker; the others are chosen where they are shown. */
const picked: readonly DimensionName[] = ['host', 'program', 'source', 'user'];

/** What a dimension is called where its name stands alone: `User agent`. */
function labelOf(name: DimensionName): string {
  const word = dimensionWords[name];
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** `1,203`, or `between 1,203 and 1,300` where the page cannot tell. */
function boundsText(amount: Amount): string {
  const { least, most } = amount;
  return least === most ? count(least) : `between ${count(least)} and ${count(most)}`;
}

/** The bar that says what is asked for and lets the reader ask for something else. */
class FilterBar {
  private readonly search: HTMLInputElement;
  private readonly pickers: readonly Picker[];
  private readonly time: TimePicker;
  private readonly severityButtons: readonly HTMLButtonElement[];
  private readonly chips = element('ul', { class: 'filter-chips', 'aria-label': 'Active filters' });
  private readonly summary = element('p', { class: 'filter-summary', role: 'status' });
  private readonly scope = element('p', { class: 'note filter-scope', hidden: true },
    'Severity, rule and text narrow findings and lines, not the counts of events.');

  private readonly clear: HTMLButtonElement;
  private readonly active: HTMLElement;
  private readonly panel: HTMLElement;
  private readonly toggle: HTMLButtonElement;
  private typing = 0;

  constructor(private readonly view: View) {
    this.search = element('input', {
      type: 'search', id: 'filter-text', autocomplete: 'off', spellcheck: 'false', placeholder: 'Search text',
      'aria-label': 'Search text in findings and lines',
    });
    this.search.addEventListener('input', () => {
      // A pause ends a word: the haystack need not be gone through at every letter.
      setComplete(false);
      window.clearTimeout(this.typing);
      this.typing = window.setTimeout(() => { view.change({ text: this.search.value }); }, 120);
    });
    this.severityButtons = severities
      .filter((name) => view.data.severities.some((entry) => entry.name === name && entry.count > 0))
      .map((name) => this.severityButton(name));
    this.time = new TimePicker(view);
    this.pickers = this.makePickers();
    this.clear = button('Clear all', { class: 'quiet' }, () => {
      view.clear();
      this.search.focus({ preventScroll: true });
    });
    this.active = element('div', { class: 'filter-active' }, this.chips, this.clear);
    this.panel = element(
      'div', { class: 'filter-panel', id: 'filter-panel' }, ...this.controls(), this.active, this.scope);
    this.toggle = button('Filter', {
      class: 'filter-toggle', 'aria-expanded': 'false', 'aria-controls': 'filter-panel',
    }, () => { this.flip(); });
    view.onChange(() => { this.redraw(); });
  }

  /** The bar. */
  draw(): HTMLElement {
    this.redraw();
    const line = element('div', { class: 'filter-line' }, this.toggle, this.summary, copyLink());
    return element('div', { class: 'filters', role: 'search', 'aria-label': 'Filter' }, line, this.panel);
  }

  private controls(): HTMLElement[] {
    return [element(
      'div',
      { class: 'filter-controls' },
      this.search,
      this.severityButtons.length === 0 ? null : element(
        'div', { class: 'toggle severities', role: 'group', 'aria-label': 'Severity' }, ...this.severityButtons),
      this.time.element,
      ...this.pickers.map((picker) => picker.element),
      // Beside the summary where there is room, else here.
      copyLink(),
    )];
  }

  private severityButton(name: Severity): HTMLButtonElement {
    const { view } = this;
    const made = button('', { 'aria-pressed': 'false', 'data-severity': name }, () => {
      const now = view.filter.severities;
      view.change({ severities: now.includes(name) ? now.filter((other) => other !== name) : [...now, name] });
    });
    made.append(element('span', { class: `dot ${name.toLowerCase()}`, 'aria-hidden': 'true' }),
      name === 'Informational' ? 'Info' : name);
    if (name === 'Informational') {
      made.setAttribute('aria-label', name);
    }

    return made;
  }

  private makePickers(): Picker[] {
    const { view } = this;
    const byValue = picked.filter((name) => view.cube.tells(name)).map((name) => new Picker({
      id: `pick-${name}`, name: labelOf(name), unit: 'events',
      options: () => this.valuesOf(name),
      chosen: () => valuesOf(view.filter, name),
      onToggle: (value) => { view.set(toggled(view.filter, name, value)); },
    }));
    const byRule = new Picker({
      id: 'pick-rule', name: 'Rule', unit: 'findings',
      options: () => rulesOf(view),
      chosen: () => view.filter.rules,
      onToggle: (rule) => {
        const now = view.filter.rules;
        view.change({ rules: now.includes(rule) ? now.filter((other) => other !== rule) : [...now, rule] });
      },
    });
    return view.data.anomalies.length === 0 ? byValue : [...byValue, byRule];
  }

  /** The values of a dimension under the rest of the filter, with those that are chosen already. */
  private valuesOf(name: DimensionName): Option[] {
    const { view } = this;
    const groups = view.cube.by(name, view.query({ without: name }))
      .filter((group) => group.value !== '' && group.code !== otherValues);
    const options = groups.map((group) => plainOption(group.value, group.amount.least));
    const missing = valuesOf(view.filter, name).filter((value) => !groups.some((group) => group.value === value));
    return [...missing.map((value) => plainOption(value)), ...options];
  }

  private flip(): void {
    const isOpen = this.panel.classList.toggle('open');
    this.toggle.setAttribute('aria-expanded', String(isOpen));
  }

  private redraw(): void {
    const { view } = this;
    const { filter, data } = view;
    const isAll = isEverything(filter);
    if (document.activeElement !== this.search) {
      this.search.value = filter.text;
    }

    this.severityButtons.forEach((made) => {
      made.setAttribute('aria-pressed', String(filter.severities.some((name) => name === made.dataset['severity'])));
    });
    this.pickers.forEach((picker) => { picker.refresh(); });
    this.time.refresh();
    const parts = this.parts();
    const wasInside = this.active.contains(document.activeElement);
    this.chips.replaceChildren(...parts);
    this.active.hidden = isAll;
    if (wasInside && !this.active.contains(document.activeElement)) {
      // A chip that is removed must not throw the keyboard back to the top of the page.
      (isAll ? this.search : this.clear).focus({ preventScroll: true });
    }

    this.scope.hidden = filter.severities.length === 0 && filter.rules.length === 0 && filter.text.trim() === '';
    this.toggle.textContent = parts.length === 0 ? 'Filter' : `Filter (${count(parts.length)})`;
    const events = counted(data.summary.eventCount, 'event');
    const findings = counted(data.anomalies.length, 'finding');
    const total = view.total();
    const found = view.anomalies().length;
    const someEvents = total.least === data.summary.eventCount ? events : `${boundsText(total)} of ${events}`;
    const someFindings = found === data.anomalies.length ? findings : `${count(found)} of ${findings}`;
    this.summary.textContent = `${someEvents}, ${someFindings}`;
  }

  private parts(): HTMLElement[] {
    const { view } = this;
    const { filter } = view;
    const chips: HTMLElement[] = [];
    if (filter.from !== undefined || filter.to !== undefined) {
      chips.push(chip('Time', timeText(view), () => { view.change({ from: undefined, to: undefined }); }));
    }

    for (const name of filter.severities) {
      chips.push(chip('Severity', name, () => {
        view.change({ severities: view.filter.severities.filter((other) => other !== name) });
      }));
    }

    for (const rule of filter.rules) {
      chips.push(chip('Rule', rule, () => {
        view.change({ rules: view.filter.rules.filter((other) => other !== rule) });
      }));
    }

    for (const name of dimensionNames) {
      for (const value of valuesOf(filter, name)) {
        const label = name === 'country' && !isCountry(value) ? 'Origin' : labelOf(name);
        chips.push(chip(label, shortened(valueWords(view, name, value)), () => {
          view.set(withValues(view.filter, name, valuesOf(view.filter, name).filter((other) => other !== value)));
        }));
      }
    }

    if (filter.text.trim() !== '') {
      chips.push(chip('Text', filter.text.trim(), () => {
        this.search.value = '';
        view.change({ text: '' });
      }));
    }

    return chips;
  }
}

/** A long value by its beginning. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function chip(name: string, value: string, remove: () => void): HTMLElement {
  const made = button('', { class: 'filter-chip' }, remove);
  made.append(
    element('span', { class: 'hidden' }, 'Remove filter '), element('span', { class: 'muted' }, name), ' ',
    logText(value), element('span', { class: 'cross', 'aria-hidden': 'true' }, '×'));
  return element('li', {}, made);
}

/** The time of the filter, to the minute where that says all. */
function timeText(view: View): string {
  const { from, to } = view.filter;
  const text = (instant: number): string => view.clock.minute(instant);
  if (from === undefined) {
    return `before ${text(to ?? 0)}`;
  }

  if (to === undefined) {
    return `from ${text(from)}`;
  }

  const [begin, end] = [text(from), text(to)];
  return `${begin} to ${begin.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end} (${duration(to - from)})`;
}

/** The rules, and detectors where no rule made a finding, by their findings. */
function rulesOf(view: View): Option[] {
  const counts = new Map<string, { label: string; count: number }>();
  for (const { ruleId, ruleName, detector } of view.data.anomalies) {
    const id = ruleId ?? detector;
    const label = visibleText(`${id} ${ruleId === undefined ? '' : ruleName ?? ''}`.trim());
    const known = counts.get(id) ?? { label, count: 0 };
    known.count++;
    counts.set(id, known);
  }

  return [...counts].map(([value, known]) => ({ value, ...known })).sort((a, b) => b.count - a.count);
}

/** A button that copies the address, whose fragment holds the filter. */
function copyLink(): HTMLElement {
  return copyButton('Copy link', { class: 'quiet' }, () => window.location.href);
}

/** The filter bar. */
export function filterBar(view: View): HTMLElement {
  return new FilterBar(view).draw();
}
