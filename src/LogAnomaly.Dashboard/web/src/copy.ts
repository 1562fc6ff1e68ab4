import { button, element } from './dom';
import type { Attributes } from './dom';

/**
 * Copies text: by the clipboard where the browser lends it (a page from disk may not have it), else by the old command.
 * Tells whether it worked.
 */
export async function copyText(text: string): Promise<boolean> {
  const clipboard = (navigator as Partial<Navigator>).clipboard;
  if (clipboard !== undefined) {
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Refused, as in a page without focus: the old way may still be open.
    }
  }

  const holder = element('textarea', { class: 'hidden', readonly: true, 'aria-hidden': 'true', tabindex: -1 });
  holder.value = text;
  const before = document.activeElement;
  document.body.append(holder);
  holder.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way where the clipboard is not lent
    return typeof document.execCommand === 'function' && document.execCommand('copy');
  } finally {
    holder.remove();
    if (before instanceof HTMLElement) {
      before.focus({ preventScroll: true });
    }
  }
}

/** Selects what an element holds, so that the reader can copy it by hand. */
function select(target: Node): void {
  const range = document.createRange();
  range.selectNodeContents(target);
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/**
 * A button that copies a text and says politely that it did; where nothing may be copied it selects the text shown.
 */
export function copyButton(
  label: string, attributes: Attributes, textOf: () => string, shown?: HTMLElement,
): HTMLElement {
  const said = element('span', { class: 'said', role: 'status' });
  const made = button(label, attributes, () => {
    void copyText(textOf()).then((copied) => {
      if (copied) {
        said.textContent = 'Copied';
      } else if (shown === undefined) {
        said.textContent = 'Not copied: the browser does not allow it';
      } else {
        select(shown);
        said.textContent = 'Selected: copy it with Ctrl+C';
      }

      window.setTimeout(() => { said.textContent = ''; }, 4000);
    });
  });
  return element('span', { class: 'copy' }, made, said);
}
