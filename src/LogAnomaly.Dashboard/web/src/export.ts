import { visibleExcept } from './visible';

/** Tables as text that other programs read. */
export interface Exported {
  names: readonly string[];
  /** Cells by row; `numbers` tells which columns hold numbers. */
  rows: readonly (readonly string[])[];
  numbers: readonly boolean[];
}

// A spreadsheet runs a cell that begins with one of these, its full-width forms too, as a formula.
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const number = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A cell that no spreadsheet takes for a formula. Characters that would not show are written as the page writes them,
 * since a terminal that prints the file would obey them; line breaks and tabs stay.
 */
export function harmless(text: string, isNumber = false): string {
  return formula.test(text) && !(isNumber && number.test(text)) ? `'${visibleExcept(text)}` : visibleExcept(text);
}

/** The table by RFC 4180, in UTF-8 with the mark by which Excel knows it. */
export function csvOf(table: Exported): string {
  const line = (cells: readonly string[]): string => cells.map((cell) => quoted(cell, /[",\r\n]/)).join(',');
  return `\ufeff${[table.names, ...safeRows(table)].map((cells) => `${line(cells)}\r\n`).join('')}`;
}

/** The table as text parted by tabs, which spreadsheets take from the clipboard. */
export function tabbedOf(table: Exported): string {
  return [table.names, ...safeRows(table)]
    .map((cells) => cells.map((cell) => quoted(cell, /["\t\r\n]/)).join('\t')).join('\n');
}

function safeRows(table: Exported): string[][] {
  return table.rows.map((cells) => cells.map((cell, column) => harmless(cell, table.numbers[column])));
}

function quoted(cell: string, special: RegExp): string {
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A name for a file: `Attack sources` gives `attack-sources`. */
export function fileName(text: string): string {
  const name = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 60);
  return name === '' ? 'table' : name;
}

/** Saves text as a file of the reader's, without asking the network. */
export function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers begin to read only after the click has been handled.
  setTimeout(() => { URL.revokeObjectURL(address); }, 60_000);
}
