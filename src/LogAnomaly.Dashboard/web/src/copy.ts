import { button, element } from './dom';
import type { Attributes } from './dom';
import { copyText } from './export';

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
