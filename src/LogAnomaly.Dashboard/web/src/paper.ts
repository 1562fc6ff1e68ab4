/** Width in pixels that fits between the margins of A4 and of Letter. */
const paperWidth = 680;

/** Draws a chart at the width of paper while it is printed: a drawing of its own size would be cut off at the edge. */
export function fitOnPaper(box: HTMLElement, draw: () => void): void {
  window.addEventListener('beforeprint', () => {
    box.style.width = `${String(paperWidth)}px`;
    draw();
  });
  window.addEventListener('afterprint', () => {
    box.style.width = '';
    draw();
  });
}
