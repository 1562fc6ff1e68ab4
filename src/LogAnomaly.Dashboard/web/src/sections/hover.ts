import { element } from '../dom';

/** Room between the line and the words beside it, in pixels. */
const gap = 12;

/** A line and words that follow the pointer over a chart of slots; the same stands in its table for other readers. */
export class Hover {
  private left = 0;
  private width = 1;
  private slots = 1;
  private at = -1;
  private readonly line = element('div', { class: 'hover-line', hidden: true });
  private readonly words = element('div', { class: 'hover-words', hidden: true });

  constructor(private readonly box: HTMLElement, private readonly wordsOf: (slot: number) => HTMLElement) {
    box.append(this.line, this.words);
    box.addEventListener('pointermove', (event) => { this.move(event); });
    box.addEventListener('pointerleave', () => { this.hide(); });
    box.addEventListener('pointercancel', () => { this.hide(); });
  }

  /** Where the plot lies, in pixels of the box, and how many slots it has. */
  place(left: number, width: number, slots: number): void {
    this.left = left;
    this.width = Math.max(1, width);
    this.slots = slots;
    this.hide();
  }

  private move(event: PointerEvent): void {
    const box = this.box.getBoundingClientRect();
    const slot = Math.floor(((event.clientX - box.left - this.left) / this.width) * this.slots);
    if (slot < 0 || slot >= this.slots) {
      this.hide();
      return;
    }

    if (slot !== this.at) {
      this.at = slot;
      this.words.replaceChildren(this.wordsOf(slot));
    }

    this.line.hidden = false;
    this.words.hidden = false;
    const x = this.left + ((slot + 0.5) / this.slots) * this.width;
    this.line.style.left = `${String(x)}px`;
    // Beside the line, on the side that has the room.
    const size = this.words.offsetWidth;
    const right = x + gap + size <= box.width ? x + gap : x - gap - size;
    this.words.style.left = `${String(Math.max(0, Math.min(right, box.width - size)))}px`;
  }

  private hide(): void {
    this.at = -1;
    this.line.hidden = true;
    this.words.hidden = true;
  }
}
