import { element } from './dom';

/** What the keyboard can reach within an element. */
export function controlsOf(group: Element): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>('button, a[href], input, select, summary, [tabindex]')];
}

/** Puts exactly these elements after the first, leaving those that stand right where they are: moving drops focus. */
export function arrange(parent: Element, first: Element, wanted: readonly HTMLElement[]): void {
  const staying = new Set<Element>(wanted);
  let next = first.nextElementSibling;
  while (next !== null) {
    const after = next.nextElementSibling;
    if (!staying.has(next)) {
      next.remove();
    }

    next = after;
  }

  let at = first.nextElementSibling;
  for (const node of wanted) {
    if (node === at) {
      at = at.nextElementSibling;
    } else {
      parent.insertBefore(node, at);
    }
  }
}

/** Stands for rows that are not drawn. */
export function spacer(height: number, columns: number): HTMLElement {
  const cell = element('td', { colspan: columns });
  cell.style.height = `${String(height)}px`;
  return element('tbody', { class: 'spacer', 'aria-hidden': 'true' }, element('tr', {}, cell));
}
