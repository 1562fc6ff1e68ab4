import { section } from '../dom';
import type { View } from '../view';

/** Holds the place of the section until it is built. */
export function linesSection(_view: View): HTMLElement | null {
  return section('lines', 'Lines');
}
