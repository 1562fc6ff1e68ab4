import { element } from './dom';
import type { Column } from './table-options';

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

/** The longest cell of each column, drawn where nobody sees it, so that widths stay while the reader scrolls. */
export function longestCells<T>(columns: readonly Column<T>[], rows: readonly T[]): HTMLElement {
  return element('tr', {}, ...columns.map((column) => {
    let longest = rows[0];
    let length = -1;
    for (const row of rows) {
      const size = column.text(row).length;
      if (size > length) {
        length = size;
        longest = row;
      }
    }

    return element('td', { class: column.className }, ...(longest === undefined ? [] : [column.cell(longest)].flat()));
  }));
}
