import './styles/print.css';
import { countryName, isCountry } from './countries';
import type { DimensionName } from './data';
import { element } from './dom';
import { dimensionWords } from './drill';
import type { Filter } from './filter';
import { dimensionNames, isEverything, valuesOf } from './filter';
import type { View } from './view';
import { visibleText } from './visible';

/** A value of a filter as a reader knows it: the name of a country and not its code, the text of a template. */
export function valueWords(view: View, dimension: DimensionName, value: string): string {
  switch (dimension) {
    case 'country': {
      const name = countryName(value);
      return isCountry(value) ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    }

    case 'template': return view.data.templates.find((template) => template.id === value)?.text ?? value;
    case 'level': return value === 'None' ? 'no level' : value;
    default: return value;
  }
}

/** A filter in a sentence; empty for the one that lets everything through. */
export function filterWords(view: View, filter: Filter): string {
  if (isEverything(filter)) {
    return '';
  }

  const parts: string[] = [];
  if (filter.from !== undefined) {
    parts.push(`from ${view.clock.minute(filter.from)}`);
  }

  if (filter.to !== undefined) {
    parts.push(`before ${view.clock.minute(filter.to)}`);
  }

  const add = (name: string, values: readonly string[]): void => {
    if (values.length > 0) {
      parts.push(`${name} ${values.map((value) => visibleText(value)).join(' or ')}`);
    }
  };
  add('severity', filter.severities);
  add('rule', filter.rules);
  dimensionNames.forEach((dimension) => {
    add(dimensionWords[dimension], valuesOf(filter, dimension).map((value) => valueWords(view, dimension, value)));
  });
  if (filter.text.trim() !== '') {
    parts.push(`with the words “${visibleText(filter.text.trim())}”`);
  }

  return `Only ${parts.join('; ')}.`;
}

/** The filter in words for paper, where its controls are left out; it goes before the sections. */
export function printedFilter(view: View): HTMLElement {
  const words = element('p', { class: 'printed-filter' });
  const draw = (): void => {
    words.textContent = filterWords(view, view.filter);
    words.classList.toggle('is-empty', words.textContent === '');
  };
  view.onChange(draw);
  draw();
  return words;
}
