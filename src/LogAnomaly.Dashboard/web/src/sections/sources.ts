import { element, section } from '../dom';
import { counted } from '../format';
import type { View } from '../view';

/** Holds the place of the section until it is built. */
export function sourcesSection(view: View): HTMLElement {
  return section('sources', 'Attack sources', element('p', {}, counted(view.data.sources.length, 'source')));
}
