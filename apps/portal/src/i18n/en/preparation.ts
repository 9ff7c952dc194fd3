import type { Shape } from '../language.tsx';
import type { preparation as zh } from '../zh/preparation.ts';

export const preparation: Shape<typeof zh> = {
  title: 'Setting up for the trading platforms',
  lead: 'Once, before the first tender; about ten minutes.',
  parts: [
    {
      title: 'Computer and browser',
      steps: [
        'Windows 10, macOS 12 or later, or a desktop Linux, with the right time and the time zone of Beijing.',
        'A present version of Edge, Chrome, Firefox or Safari. No security settings need to be changed.',
        'Let this site and the platforms open windows: sealing and downloads need them.',
      ],
    },
    {
      title: 'Certificate assistant',
      steps: [
        'Download the assistant, run the installer, choose the folder, press “Quick install”. It serves all platforms.',
        'It starts by itself. When the browser asks about devices on the local network, choose “Allow”.',
        'At the first reading of a key the assistant opens a window: check the address and allow it, once for each site.',
      ],
    },
    {
      title: 'Digital certificate',
      steps: [
        'Plug the enterprise key in and let the assistant show the certificate; if it does not, run its check.',
        'Without a key, apply for an enterprise certificate in the app on your phone and scan to log in and to seal.',
        'For a forgotten password, an expired or a lost certificate ask the issuing CA; nobody else can reset it.',
      ],
    },
    {
      title: 'The first entry',
      steps: [
        'Bind the enterprise in the hub.',
        'Log in, choose the platform, authorise and confirm. The platform is then active and can be entered directly.',
        'Choose as what you act.',
      ],
    },
    {
      title: 'Information of the enterprise',
      steps: [
        'Complete the base information in the entity library and sign the letter of commitment.',
        'On the platform sign the letter of integrity and the notice of use; both must be signed before you sync.',
        'Copy the sync code from the library, sync on the platform, and check what is missing. After a change in the library, sync again.',
      ],
    },
  ],
  links: {
    downloads: 'Downloads',
    bind: 'Bind an enterprise',
    library: 'Entity library',
    help: 'Questions and answers',
  },
  still: 'Still in trouble? Call ',
};
