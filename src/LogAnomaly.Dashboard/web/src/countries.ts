import type { SourceData, SourceOrigin } from './data';

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** Kinds of sources that have no country, in words that stand in place of one. */
const originNames: Readonly<Record<SourceOrigin | 'Unknown', string>> = {
  Public: 'Unknown country',
  Unknown: 'Unknown country',
  Private: 'Private network',
  Loopback: 'This machine (loopback)',
  LinkLocal: 'Link-local address',
  Documentation: 'Documentation range',
  Shared: 'Shared by a provider (carrier NAT)',
  Multicast: 'Multicast address',
  Reserved: 'Reserved address',
  Name: 'Host name',
};

/** Whether a value of the dimension `country` is a country and not a kind of address. */
export function isCountry(value: string): boolean {
  return /^[A-Z]{2}$/.test(value);
}

/** A value of the dimension `country` in words: `Germany`, `Private network`. */
export function countryName(value: string): string {
  if (isCountry(value)) {
    return names.of(value) ?? value;
  }

  const origin = /^\((\w+)\)$/.exec(value)?.[1] ?? '';
  return Object.hasOwn(originNames, origin) ? originNames[origin as SourceOrigin] : value;
}

/** The value of the dimension `country` for a source. */
export function countryOfSource(source: SourceData): string {
  return source.country ?? (source.origin === 'Public' ? '(Unknown)' : `(${source.origin})`);
}
