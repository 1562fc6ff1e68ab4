import { element } from '../dom';

/** A selection of slots: from inclusive, to exclusive. */
export interface Selection {
  from: number;
  to: number;
}

/** What a brush is told. */
export interface BrushOptions {
  /** The box that it lies over; positioned, and as wide as the chart. */
  box: HTMLElement;
  /** The slot at whose left edge a time begins, in words. */
  slotText: (slot: number) => string;
  /** Whether a slot holds anything; a click on one that does not clears. */
  isEmpty: (slot: number) => boolean;
  /** Called when the reader has chosen; undefined for all. */
  onSelect: (selection: Selection | undefined) => void;
}

/** How far a pointer moves before it draws, in pixels. */
const dragDistance = 4;

/**
 * Chooses a span of slots: by dragging with mouse, pen or finger, or by two handles that the keyboard moves. The chart
 * below keeps its own pointer events, so its tooltip works on.
 */
export class Brush {
  private slots = 1;
  private left = 0;
  private width = 1;
  private selection: Selection | undefined;
  private readonly before = element('div', { class: 'brush-shade' });
  private readonly after = element('div', { class: 'brush-shade' });
  private readonly handles: readonly [HTMLElement, HTMLElement];
  private readonly layer: HTMLElement;

  constructor(private readonly options: BrushOptions) {
    this.handles = [this.handle('from'), this.handle('to')];
    this.layer = element('div', { class: 'brush' }, this.before, this.after, ...this.handles);
    options.box.append(this.layer);
    options.box.addEventListener('pointerdown', (event) => { this.press(event); });
  }

  /** Where the plot lies, in pixels of the box, and how many slots it has. */
  place(left: number, width: number, slots: number): void {
    this.left = left;
    this.width = Math.max(1, width);
    this.slots = slots;
    this.draw();
  }

  /** Shows a selection; undefined for none. */
  show(selection: Selection | undefined): void {
    this.selection = selection;
    this.draw();
  }

  private choose(selection: Selection | undefined): void {
    const whole = selection?.from === 0 && selection.to === this.slots;
    this.show(whole ? undefined : selection);
    this.options.onSelect(this.selection);
  }

  private slotAt(clientX: number): number {
    const x = clientX - this.options.box.getBoundingClientRect().left - this.left;
    return Math.min(this.slots - 1, Math.max(0, Math.floor((x / this.width) * this.slots)));
  }

  private isInPlot(event: PointerEvent): boolean {
    const x = event.clientX - this.options.box.getBoundingClientRect().left - this.left;
    return x >= 0 && x <= this.width;
  }

  private press(event: PointerEvent): void {
    const handle = this.handles.findIndex((one) => event.target instanceof Node && one.contains(event.target));
    if (event.button !== 0 || (handle < 0 && !this.isInPlot(event))) {
      return;
    }

    const kept = this.selection;
    const now = kept ?? { from: 0, to: this.slots };
    // A handle draws from the other end of the selection; elsewhere a new selection begins.
    const anchor = handle < 0 ? this.slotAt(event.clientX) : handle === 0 ? now.to - 1 : now.from;
    let drawing = handle >= 0;
    const { box } = this.options;
    const move = (moved: PointerEvent): void => {
      drawing ||= Math.abs(moved.clientX - event.clientX) >= dragDistance;
      if (drawing && moved.pointerId === event.pointerId) {
        const slot = this.slotAt(moved.clientX);
        this.show({ from: Math.min(anchor, slot), to: Math.max(anchor, slot) + 1 });
      }
    };
    const stop = (): void => {
      box.removeEventListener('pointermove', move);
      box.removeEventListener('pointerup', end);
      box.removeEventListener('pointercancel', cancel);
    };
    const end = (): void => {
      stop();
      if (drawing) {
        this.choose(this.selection);
      } else {
        this.click(anchor);
      }
    };
    const cancel = (): void => {
      stop();
      this.show(kept);
    };
    box.setPointerCapture(event.pointerId);
    box.addEventListener('pointermove', move);
    box.addEventListener('pointerup', end);
    box.addEventListener('pointercancel', cancel);
  }

  private click(slot: number): void {
    const isInside = this.selection !== undefined && slot >= this.selection.from && slot < this.selection.to;
    if (this.options.isEmpty(slot) || isInside) {
      this.choose(undefined);
    } else {
      this.choose({ from: slot, to: slot + 1 });
    }
  }

  private handle(end: keyof Selection): HTMLElement {
    const made = element('div', {
      class: `brush-handle ${end}`, role: 'slider', tabindex: 0, 'aria-orientation': 'horizontal',
      'aria-label': end === 'from' ? 'Begin of the selected time' : 'End of the selected time',
    });
    made.addEventListener('keydown', (event) => { this.pressKey(event, end); });
    return made;
  }

  private pressKey(event: KeyboardEvent, end: keyof Selection): void {
    const step = event.shiftKey ? 10 : 1;
    const now = this.selection ?? { from: 0, to: this.slots };
    const [least, most] = end === 'from' ? [0, now.to - 1] : [now.from + 1, this.slots];
    const targets: Record<string, number> = {
      ArrowLeft: now[end] - step, ArrowDown: now[end] - step, ArrowRight: now[end] + step, ArrowUp: now[end] + step,
      PageDown: now[end] - 10, PageUp: now[end] + 10, Home: least, End: most,
    };
    if (event.key === 'Escape') {
      event.preventDefault();
      this.choose(undefined);
      return;
    }

    const target = targets[event.key];
    if (target !== undefined && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.choose({ ...now, [end]: Math.min(most, Math.max(least, target)) });
    }
  }

  private draw(): void {
    const { from, to } = this.selection ?? { from: 0, to: this.slots };
    const at = (slot: number): number => this.left + (slot / this.slots) * this.width;
    this.layer.classList.toggle('chosen', this.selection !== undefined);
    place(this.before, at(0), at(from));
    place(this.after, at(to), at(this.slots));
    ([[this.handles[0], from, 'from'], [this.handles[1], to, 'to']] as const).forEach(([handle, slot, end]) => {
      handle.style.left = `${String(at(slot))}px`;
      handle.setAttribute('aria-valuemin', '0');
      handle.setAttribute('aria-valuemax', String(this.slots));
      handle.setAttribute('aria-valuenow', String(slot));
      const isEdge = end === 'from' ? slot === 0 : slot === this.slots;
      const name = end === 'from' ? 'begin of the log' : 'end of the log';
      handle.setAttribute('aria-valuetext', isEdge ? name : this.options.slotText(slot));
    });
  }
}

function place(shade: HTMLElement, from: number, to: number): void {
  shade.style.left = `${String(from)}px`;
  shade.style.width = `${String(Math.max(0, to - from))}px`;
}
