import '../styles/sources.css';
import { Chart } from '../charts/echarts';
import type { MapWords } from '../charts/map';
import { mapDescription, mapOption } from '../charts/map';
import { countryName, isCountry } from '../countries';
import { button, element, section } from '../dom';
import { amountText, drill, dimensionWords } from '../drill';
import { toggled, valuesOf } from '../filter';
import { count, counted, percent } from '../format';
import type { Origin } from '../origins';
import { bubblesOf, failedQueries, isNarrowed, originsOf } from '../origins';
import type { View } from '../view';
import { sourceTable } from './source-table';

const mostListed = 10;

/** What the map counts: failed logins, or, where the log has none, requests or events. */
export function mapWords(view: View): MapWords {
  const all = { where: new Map() };
  if (originsOf(view, failedQueries(view, all)).length > 0) {
    return { nouns: ['failed-login event', 'failed-login events'], isBad: true };
  }

  const kinds = view.cube.by('kind', all).filter((group) => group.value !== '' && group.amount.most > 0);
  return kinds.length > 0 && kinds.every((group) => group.value === 'Access')
    ? { nouns: ['request', 'requests'], isBad: false }
    : { nouns: ['event', 'events'], isBad: false };
}

/** What the section says first: how much comes from how many countries, and what the numbers are. */
export function intro(origins: readonly Origin[], words: MapWords): string {
  const [one, many] = words.nouns;
  const known = origins.filter((origin) => isCountry(origin.value));
  const total = origins.reduce((sum, origin) => sum + origin.least, 0);
  const none = words.isBad ? '' : `The log tells of no failed login from a source, so ${many} are counted. `;
  if (total === 0) {
    return `${none}No ${one} with a source is under the filter.`;
  }

  const first = known[0];
  const most = first === undefined ? ''
    : `, ${countryName(first.value)} first with ${percent(first.least / Math.max(1, total))}`;
  const from = known.length === 0
    ? 'none from a public address with a known country'
    : `from ${counted(known.length, 'country', 'countries')}`
      + (known.length > 1 ? most : ` (${countryName(first?.value ?? '')})`);
  return `${none}${counted(total, one, many)}, ${from}.`;
}

function pickCountry(view: View, value: string): HTMLElement {
  const isOn = valuesOf(view.filter, 'country').includes(value);
  return button(countryName(value), {
    class: 'pick', 'aria-pressed': isOn ? 'true' : 'false',
    title: isOn ? 'Show other countries again' : `Show only this ${dimensionWords.country}`,
  }, () => { view.set(toggled(view.filter, 'country', value)); });
}

function originRow(view: View, origin: Origin, most: number, total: number, words: MapWords): HTMLElement {
  const selected = valuesOf(view.filter, 'country');
  const isPale = selected.length > 0 && !selected.includes(origin.value);
  const text = amountText(origin);
  const values = {
    ...view.filter.values, country: [origin.value], ...(words.isBad ? { outcome: ['Failure'] } : {}),
  };
  const bar = element('span', { class: 'share-bar' });
  bar.style.width = `${String(Math.round(100 * origin.least / Math.max(1, most)))}%`;
  return element(
    'tr',
    { class: isPale ? 'is-pale' : undefined },
    element('th', { scope: 'row' }, origin.value === '' ? 'Others, not told apart' : pickCountry(view, origin.value)),
    element('td', { class: 'number' }, origin.value === '' ? text
      : drill(view, text, { values }, `${text} ${words.nouns[1]}, ${countryName(origin.value)}`)),
    element('td', { class: 'share', title: percent(origin.least / Math.max(1, total)) }, bar),
  );
}

/** The list of countries beside the map: the same in numbers. */
class CountryList {
  readonly element = element('div');
  private isWhole = false;

  constructor(private readonly view: View) {}

  draw(origins: readonly Origin[], words: MapWords): void {
    const most = origins.reduce((greatest, origin) => Math.max(greatest, origin.least), 0);
    const total = origins.reduce((sum, origin) => sum + origin.least, 0);
    const shown = this.isWhole ? origins : origins.slice(0, mostListed);
    const name = words.nouns[1].charAt(0).toUpperCase() + words.nouns[1].slice(1);
    const head = element(
      'tr', {}, element('th', { scope: 'col' }, 'Country or kind'),
      element('th', { scope: 'col', class: 'number' }, name),
      element('th', { scope: 'col' }, element('span', { class: 'hidden' }, 'Share')));
    const more = button(
      this.isWhole ? `Show the first ${count(mostListed)}` : `Show all ${count(origins.length)}`,
      { class: 'link more-countries', 'aria-expanded': this.isWhole ? 'true' : 'false' },
      () => {
        this.isWhole = !this.isWhole;
        this.draw(origins, words);
        this.element.querySelector<HTMLElement>('.more-countries')?.focus();
      });
    this.element.replaceChildren(...(origins.length === 0 ? [] : [element(
      'table',
      { class: words.isBad ? 'countries bad' : 'countries' },
      element('caption', { class: 'hidden' }, `${name} by country`),
      element('thead', {}, head),
      element('tbody', {}, ...shown.map((origin) => originRow(this.view, origin, most, total, words))),
    )]), ...(origins.length > mostListed ? [more] : []));
  }
}

/** The world map; the chart is made when the box is in the page. */
class WorldMap {
  readonly element: HTMLElement;
  private readonly box = element('div', { class: 'map', role: 'img' });
  private chart: Chart | undefined;
  private drawn = '';

  constructor(private readonly view: View, private readonly words: MapWords) {
    this.element = element(
      'div', { class: 'map-box' }, this.box,
      element('p', { class: 'note help' },
        'The area of a bubble is as its number. A click on one shows that country alone.'));
  }

  draw(origins: readonly Origin[]): void {
    const bubbles = bubblesOf(origins);
    this.box.setAttribute('aria-label', mapDescription(bubbles, this.words));
    // The land is as dear to draw as the rest of the section together.
    const wanted = JSON.stringify([bubbles, valuesOf(this.view.filter, 'country'), this.view.theme.palette.surface]);
    if (this.chart !== undefined) {
      if (wanted !== this.drawn) {
        this.drawn = wanted;
        this.chart.draw();
      }
    } else if (this.box.isConnected) {
      this.start();
    } else {
      // A chart measures its box, which is not in the page yet.
      requestAnimationFrame(() => {
        if (this.chart === undefined && this.box.isConnected) {
          this.start();
        }
      });
    }
  }

  private start(): void {
    this.chart = new Chart(this.box, (width) => mapOption(
      bubblesOf(mapOrigins(this.view, this.words)), this.words, this.view.theme.palette, width,
      valuesOf(this.view.filter, 'country')));
    this.chart.onClick((country) => { this.view.set(toggled(this.view.filter, 'country', country)); });
  }
}

/** What the map and its list count: all countries, also those that the filter does not select, to choose among. */
function mapOrigins(view: View, words: MapWords): Origin[] {
  const query = view.query({ without: 'country' });
  return originsOf(view, words.isBad ? failedQueries(view, query) : [query]);
}

/** Where failed logins come from, as a map, by country and by source; null where no event tells. */
export function sourcesSection(view: View): HTMLElement | null {
  if (view.data.sources.length === 0 && !view.cube.tells('country')) {
    return null;
  }

  const words = mapWords(view);
  const whole = originsOf(view, words.isBad ? failedQueries(view, { where: new Map() }) : [{ where: new Map() }]);
  const hasMap = whole.some((origin) => isCountry(origin.value));
  const said = element('p', { class: 'muted' });
  const note = element('p', { class: 'note' });
  const list = new CountryList(view);
  const map = hasMap ? new WorldMap(view, words) : undefined;
  const table = sourceTable(view);
  const draw = (): void => {
    const origins = mapOrigins(view, words);
    said.textContent = intro(origins, words)
      + (words.isBad ? ' An event is a line of the log, and a server may write several of one try.' : '')
      + (hasMap || whole.length === 0 ? '' : ' No source has a public address of a known country, so there is no map.');
    list.draw(origins, words);
    map?.draw(origins);
    table.draw();
    note.textContent = isNarrowed(view)
      ? 'Events are those under the filter; logins, users and times of a source are those of the whole log.'
      : '';
  };
  draw();
  view.onChange(draw);
  view.theme.onChange(draw);
  return section(
    'sources',
    words.isBad ? 'Attack sources' : 'Sources',
    said,
    element('div', { class: hasMap ? 'places' : 'places no-map' }, map?.element, list.element),
    element('h3', {}, 'Each source'),
    note,
    table.element,
    element('p', { class: 'note' }, 'The country is the one that an address is registered for, '
      + 'which is not always where its machine stands.'),
  );
}
