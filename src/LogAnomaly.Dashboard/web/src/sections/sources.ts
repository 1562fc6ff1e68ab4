import { section } from '../dom';
import type { View } from '../view';

/** Holds the place of the section until it is built. */
export function sourcesSection(_view: View): HTMLElement {
  return section('sources', 'Sources');
}
