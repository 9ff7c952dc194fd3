import type { Shape } from '../language.tsx';
import type { help as zh } from '../zh/help.ts';

export const help: Shape<typeof zh> = {
  title: 'Help',
  search: 'Search',
  none: 'Nothing found',
  contact: 'No answer here? Ask the certification authority or the service desk of the trading platform.',
  groups: { apply: 'Applying', use: 'Scanning', manage: 'Managing', safe: 'Safety' },
};
