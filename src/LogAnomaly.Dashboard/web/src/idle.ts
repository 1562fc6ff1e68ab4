/** Calls back when the browser is idle, in half a second at the latest. */
export function whenIdle(work: () => void): void {
  if (typeof window.requestIdleCallback === 'function') {
    window.requestIdleCallback(work, { timeout: 500 });
  } else {
    window.setTimeout(work, 16);
  }
}
