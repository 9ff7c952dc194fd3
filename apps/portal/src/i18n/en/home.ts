import type { Shape } from '../language.tsx';
import type { home as zh } from '../zh/home.ts';

export const home: Shape<typeof zh> = {
  title: 'Home',
  motto: 'One key, one driver, every platform of the region',
  lead: 'Get one CA key from any recognised authority in the region, bind it once, and log in to every trading platform that has joined.',
  entries: {
    login: { title: 'Enterprise login', text: 'Bound already: plug in the key and enter its password.' },
    phone: {
      title: '标证通 login',
      text: 'With a certificate on your phone: scan and log in. The first time, scan to bind.',
    },
    bind: {
      title: 'Enterprise binding',
      text: 'First time: read the certificate, add your particulars; effective at once.',
    },
    driver: {
      title: 'Driver download',
      text: 'One driver for the keys of every authority; install it once.',
    },
    unbind: {
      title: 'Unbind a certificate',
      text: 'The key is lost or will not log in: apply online, handled within the working day.',
    },
  },
  how: 'How to enter a platform',
  steps: [
    {
      title: 'Read certificate',
      text: 'The assistant on your computer reads the key. The password goes to the key alone; neither page nor server sees it.',
    },
    { title: 'Confirm', text: 'Check the enterprise and the validity on the certificate.' },
    { title: 'Authorise', text: 'Choose one platform, see what it will be told, confirm twice.' },
    {
      title: 'Enter the platform',
      text: 'You arrive logged in. The next platform in the same session asks for no password.',
    },
  ],
  board: 'State of the authorities',
  boardHint:
    'We watch each authority’s revocation list and online answers all the time; refreshed every minute.',
  platforms: 'Trading platforms',
  joined: 'Joined',
  notJoined: 'Not joined',
  suspended: 'Suspended',
  joinedCount: (joined, total) => `${total} platforms, ${joined} of them joined`,
  notJoinedHint: 'Ask the trading centre whether the mutual-recognition driver can be used there.',
  help: 'Help',
  faq: 'Questions and answers',
  faqText: 'What people ask most about binding, login, further keys and unbinding.',
  supportTitle: 'Contacts',
  supportText: 'Telephone numbers of the platforms and authorities.',
  hotlineText: 'Answered on working days.',
};
