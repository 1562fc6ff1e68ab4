import type { Severity, Theme } from './data';

/** The letters of the charts; the style sheet asks for the same. A chart measures text, so it must know them. */
export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Colours of the charts; the style sheet holds those of the rest. */
export interface Palette {
  text: string;
  muted: string;
  line: string;
  surface: string;
  /** By level, in the order of `levels`. */
  levels: readonly string[];
  /** By outcome: success, failure, unknown. */
  outcomes: readonly string[];
  /** For values that have no colour of their own. */
  other: string;
  severities: Record<Severity, string>;
}

const light: Palette = {
  text: '#1b2330',
  muted: '#566173',
  line: '#dde2ea',
  surface: '#ffffff',
  levels: [
    '#8b95a5', '#c9d0da', '#aeb8c6', '#5b8def', '#2a9d8f',
    '#e3a008', '#e0632a', '#c2253f', '#8e1b6b', '#4c1180',
  ],
  outcomes: ['#2a8f86', '#d1495b', '#a3adbb'],
  other: '#c9d0da',
  severities: {
    Critical: '#9f1239', High: '#c2410c', Medium: '#b07d00', Low: '#2563c9', Informational: '#667085',
  },
};

const dark: Palette = {
  text: '#e6eaf0',
  muted: '#a6b1c0',
  line: '#2c3541',
  surface: '#181e27',
  levels: [
    '#7d8898', '#4b5563', '#667384', '#5a8ff0', '#2fae9f',
    '#e6ac1f', '#f07c43', '#e5506a', '#d05bb0', '#a678e8',
  ],
  outcomes: ['#35a79c', '#ee6c7f', '#5d6979'],
  other: '#4b5563',
  severities: {
    Critical: '#ff6b85', High: '#ff9154', Medium: '#f2c23e', Low: '#7db2ff', Informational: '#9aa6b6',
  },
};

/** The theme of the page: what the reader chose, else the system's; paper is always light. */
export class ThemeSwitch {
  private readonly listeners: (() => void)[] = [];
  private readonly system = window.matchMedia('(prefers-color-scheme: dark)');
  private printing = false;

  /** Starts with the theme that the writer was asked for. */
  constructor(private chosen: Theme) {
    this.apply();
    this.system.addEventListener('change', () => { this.notify(); });
    window.addEventListener('beforeprint', () => { this.print(true); });
    window.addEventListener('afterprint', () => { this.print(false); });
  }

  /** The theme as chosen. */
  get theme(): Theme {
    return this.chosen;
  }

  /** The colours that charts must use now. */
  get palette(): Palette {
    const isDark = this.chosen === 'dark' || (this.chosen === 'auto' && this.system.matches);
    return isDark && !this.printing ? dark : light;
  }

  /** Chooses another theme. */
  choose(theme: Theme): void {
    this.chosen = theme;
    this.apply();
    this.notify();
  }

  /** Calls back when the colours change. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private print(printing: boolean): void {
    this.printing = printing;
    this.notify();
  }

  private apply(): void {
    document.documentElement.dataset['theme'] = this.chosen;
  }

  private notify(): void {
    this.listeners.forEach((listener) => { listener(); });
  }
}
