import { visible } from './visible';

/** What may stand inside an element: text or other elements. Text is never read as markup. */
export type Child = Node | string | null | undefined;

/** Attributes of a new element; `undefined` and `false` leave the attribute out, `true` sets it empty. */
export type Attributes = Record<string, string | number | boolean | undefined>;

/** Makes an element with attributes and content. The page has no other way to make one. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'style' || name.startsWith('on')) {
      throw new Error(`${name} is no attribute of this page: its policy would refuse it.`);
    }

    if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== undefined && value !== false) {
      made.setAttribute(name, String(value));
    }
  }

  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/**
 * Text that came from a log, isolated from the direction of the text around it, with every character that would not
 * show (control, direction, zero width) made visible.
 */
export function logText(text: string, className?: string): HTMLElement {
  const holder = element('bdi', { class: className });
  for (const part of visible(text)) {
    holder.append(
      part.mark === undefined ? part.text : element('span', { class: 'mark', title: part.mark }, part.text));
  }

  return holder;
}

/** Text of our own in which a date and its time stay in one piece where the line is short. */
export function sentence(text: string): DocumentFragment {
  const whole = document.createDocumentFragment();
  // With a capturing group, split() gives the dates and times at the odd places.
  text.split(/(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?|\d\d:\d\d(?::\d\d)?)/).forEach((part, index) => {
    whole.append(index % 2 === 0 ? part : element('span', { class: 'whole' }, part));
  });
  return whole;
}

/** A button that does something on this page. */
export function button(label: string, attributes: Attributes, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A section of the page with its heading, which also names its landmark and takes the focus of those sent to it. */
export function section(id: string, heading: string, ...children: Child[]): HTMLElement {
  const headingId = `${id}-heading`;
  return element(
    'section',
    { id, 'aria-labelledby': headingId },
    element('h2', { id: headingId, tabindex: -1 }, heading),
    ...children,
  );
}

/** A box that scrolls sideways instead of the page; the keyboard can reach and scroll it. */
export function scroller(label: string, child: Node): HTMLElement {
  return element('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': label }, child);
}

/** Says on the root element whether the page shows what was asked for, for programs that wait for it. */
export function setComplete(isComplete: boolean): void {
  document.documentElement.dataset['complete'] = String(isComplete);
}
