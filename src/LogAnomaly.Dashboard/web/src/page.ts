import type { PageData } from './data';
import type { ThemeSwitch } from './theme';
import type { Zones } from './time';

/** What every section of the page is drawn from. */
export interface Page {
  data: PageData;
  zones: Zones;
  theme: ThemeSwitch;
}
