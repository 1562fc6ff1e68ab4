import { button, element } from '../dom';
import { duration } from '../format';
import { parseTime, zoneName } from '../time';
import type { View } from '../view';

const hourMs = 3_600_000;

/** Ends of the log that are offered, where the log is longer. */
const presets: readonly [string, number][] = [
  ['Last hour', hourMs], ['Last 6 hours', 6 * hourMs], ['Last day', 24 * hourMs], ['Last 7 days', 168 * hourMs],
];

/** A button that opens two fields for the time by the log's clock, and offers the log's last hour, day and so on. */
export class TimePicker {
  readonly element: HTMLElement;
  private readonly toggle: HTMLButtonElement;
  private readonly panel: HTMLElement;
  private readonly from = element('input', { type: 'datetime-local', id: 'time-from', step: 1 });
  private readonly to = element('input', { type: 'datetime-local', id: 'time-to', step: 1 });
  private readonly fault = element('p', { class: 'fault', role: 'alert' });

  constructor(private readonly view: View) {
    this.toggle = button('Time', {
      class: 'picker-button', id: 'pick-time', 'aria-expanded': 'false', 'aria-controls': 'pick-time-panel',
      'aria-haspopup': 'dialog',
    }, () => { this.flip(); });
    const form = element('form', { class: 'time-panel' }, ...this.fields());
    this.panel = element('div', {
      class: 'picker-panel', id: 'pick-time-panel', role: 'dialog', 'aria-label': 'Filter by time', hidden: true,
    }, form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.apply();
    });
    this.element = element('div', { class: 'picker' }, this.toggle, this.panel);
    this.element.hidden = view.data.summary.lastSeen === undefined;
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.panel.hidden) {
        event.stopPropagation();
        this.close();
        this.toggle.focus();
      }
    });
    document.addEventListener('pointerdown', (event) => {
      if (event.target instanceof Node && !this.element.contains(event.target)) {
        this.close();
      }
    });
  }

  /** Shows the filter's time in the fields. */
  refresh(): void {
    const { from, to } = this.view.filter;
    this.toggle.classList.toggle('chosen', from !== undefined || to !== undefined);
    if (!this.panel.contains(document.activeElement)) {
      this.from.value = this.fieldText(from);
      this.to.value = this.fieldText(to);
    }
  }

  private fields(): HTMLElement[] {
    const { firstSeen, lastSeen } = this.view.data.summary;
    if (firstSeen === undefined || lastSeen === undefined) {
      return [];
    }

    const end = parseTime(lastSeen);
    const length = end.instant - parseTime(firstSeen).instant;
    const offers = presets.filter(([, milliseconds]) => milliseconds < length)
      .map(([name, milliseconds]) => button(name, { class: 'quiet' }, () => {
        // The last event is within: the end is exclusive.
        this.view.change({ from: end.instant + 1 - milliseconds, to: undefined });
        this.leave();
      }));
    const whole = button('Whole log', { class: 'quiet' }, () => {
      this.view.change({ from: undefined, to: undefined });
      this.leave();
    });
    const { step } = this.view.cube;
    return [
      element('div', { class: 'offers' }, ...offers, whole),
      element('label', { for: 'time-from' }, 'From', this.from),
      element('label', { for: 'time-to' }, 'To, not included', this.to),
      this.fault,
      element('button', { type: 'submit', class: 'primary' }, 'Apply'),
      element('p', { class: 'note' }, `By the clock of the log (${zoneName(end.offset)}).${step > 0
        ? ` Events are counted in steps of ${duration(step)}; findings and lines go by the exact time.` : ''}`),
    ];
  }

  private apply(): void {
    const [from, to] = [this.instantOf(this.from.value), this.instantOf(this.to.value)];
    if (from !== undefined && to !== undefined && from >= to) {
      this.fault.textContent = 'The end must be after the begin.';
      return;
    }

    this.fault.textContent = '';
    this.view.change({ from, to });
    this.leave();
  }

  private fieldText(instant: number | undefined): string {
    return instant === undefined ? '' : this.view.clock.text(instant).replace(' ', 'T');
  }

  private instantOf(text: string): number | undefined {
    const wall = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`);
    return Number.isNaN(wall) ? undefined : this.view.clock.instantOf(wall);
  }

  private leave(): void {
    this.close();
    this.toggle.focus({ preventScroll: true });
    this.refresh();
  }

  private flip(): void {
    const isOpening = this.panel.hidden;
    this.panel.hidden = !isOpening;
    this.toggle.setAttribute('aria-expanded', String(isOpening));
    if (isOpening) {
      this.refresh();
      this.panel.style.left = '0';
      const box = this.panel.getBoundingClientRect();
      const over = box.right - document.documentElement.clientWidth + 8;
      this.panel.style.left = over > 0 ? `${String(-Math.min(over, Math.max(0, box.left - 8)))}px` : '0';
      this.panel.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true });
    }
  }

  private close(): void {
    this.panel.hidden = true;
    this.toggle.setAttribute('aria-expanded', 'false');
  }
}
