import { button, element } from './dom';
import type { Attributes } from './dom';

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

/** Copies text; says whether the browser let it. */
export async function copyText(text: string): Promise<boolean> {
  // The types say that a clipboard is always there; a page without a secure origin has none.
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  if (clipboard !== undefined) {
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Refused, for want of a permission or of the focus: the older way may still be open.
      return copyBySelection(text);
    }
  }

  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const box = document.createElement('textarea');
  box.value = text;
  box.className = 'hidden';
  box.readOnly = true;
  document.body.append(box);
  box.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way left where the clipboard is refused
    return document.execCommand('copy');
  } finally {
    box.remove();
    if (focused instanceof HTMLElement) {
      focused.focus({ preventScroll: true });
    }
  }
}
