import { copyText } from './copy';
import { button, element } from './dom';
import type { Exported } from './export';
import { csvOf, fileName, save, tabbedOf } from './export';
import { counted } from './format';

/** What stands above a table: how many rows it has, and the buttons that take them out of the page. */
export class TableTools {
  readonly element: HTMLElement;
  private readonly counter = element('span', { class: 'table-count' });
  private readonly told = element('span', { class: 'table-told', role: 'status' });

  constructor(private readonly caption: string, private readonly exported: () => Exported) {
    this.element = element('div', { class: 'table-tools' }, this.counter, this.told,
      button('Copy', { 'aria-label': `Copy the table: ${caption}` }, () => { void this.copy(); }),
      button('CSV', { 'aria-label': `CSV file of the table: ${caption}` }, () => { this.save(); }));
  }

  /** Says how many rows there are. */
  count(words: string): void {
    this.counter.textContent = words;
    this.told.textContent = '';
  }

  private async copy(): Promise<void> {
    const table = this.exported();
    const done = await copyText(tabbedOf(table));
    this.told.textContent = done ? `Copied ${counted(table.rows.length, 'row')}.` : 'The browser refused to copy.';
  }

  private save(): void {
    const name = `${fileName(this.caption)}.csv`;
    save(name, 'text/csv;charset=utf-8', csvOf(this.exported()));
    this.told.textContent = `Saved as ${name}.`;
  }
}
