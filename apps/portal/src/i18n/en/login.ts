import type { Shape } from '../language.tsx';
import type { login as zh } from '../zh/login.ts';

export const login: Shape<typeof zh> = {
  title: 'Unified certificate login',
  lead: 'Plug in the key, enter its password below and log in.',
  button: 'Enterprise login',
  key: 'Choose the key',
  oneKey: 'Key found',
  keys: (count) => `${count} certificates found: choose the one to use`,
  again: 'Read again',
  medium: 'Device',
  pinLow: 'Several wrong passwords already: take care',
  pinFinal: 'One try left; another wrong password locks the key',
  pinLocked: 'Password locked: the issuing authority can reset it',
  unsupported: 'This certificate cannot be used to log in',
  pinTitle: 'Enter the key’s password',
  pinNote:
    'The field belongs to the assistant on your computer. The password goes to the key alone; this site does not see it.',
  forgotten: 'Password forgotten? It cannot be reset here: ask the issuing authority.',
  preparing: 'Preparing the password field',
  retry: 'Enter again',
  chooseAnother: 'Use another key',
  done: 'Logged in',
  goOn: 'Go on',
  bindNow: 'Enterprise binding',
  switchKey: 'Another key was found',
  progress: {
    title: 'Checking the certificate',
    sent: 'Sending the signature',
    SIGNATURE: 'Checking the signature',
    PATH: 'Checking who issued the certificate',
    REVOCATION: 'Asking the authority for the certificate’s status',
    BINDING: 'Looking up the binding',
    waiting: (authority, seconds, limit) =>
      `Waiting for ${authority}: ${seconds} s so far, at most ${limit} s`,
    patience:
      'Some authorities answer slowly. Please wait; leave the key plugged in and do not reload the page.',
    askAuthority: 'If this happens often, ask the authority:',
  },
  gate: {
    checking: 'Looking for the certificate assistant',
    absentLead:
      'Make sure that the CA key is plugged in and its driver is installed. No certificate assistant was found on this computer: it is not installed, or not running.',
    absentText: 'No certificate assistant was found on this computer: it is not installed, or not running.',
    ownDriver: 'Check the driver: only the one downloaded from this library can be used.',
    absentSteps: [
      'Download the driver and install it with “快速安装” (quick installation).',
      'The assistant starts by itself; if it is installed already, start it from the menu.',
      'Come back to this page: it goes on by itself.',
    ],
    download: 'Driver download',
    stillNot:
      'Still nothing? In this order: install the driver again; try another computer; ask the nearest authority whether the key is faulty.',
    blockedTitle: 'The browser keeps this page from the assistant',
    blockedSteps: [
      'Press the icon left of the address to open the settings of this site.',
      'Set “Local network access” to “Allow”.',
      'Come back and press “Try again”.',
    ],
    prompt:
      'The browser may ask whether this site may reach devices on your local network: choose “Allow”. This page talks only to the assistant on your own computer.',
    pairTitle: 'Allow this site in the certificate assistant',
    pairText:
      'Once only. The assistant opens a window with the address of this site: check it and press “Allow”.',
    pair: 'Allow this site to use the key',
    openWindow: 'Open the assistant’s window',
    pairing: 'Waiting for you to allow it in the assistant’s window',
    emptySteps: [
      'Plug in the key and wait for its light.',
      'If it is still not found, install the driver again.',
      'Try another computer, or ask the nearest authority.',
    ],
    retry: 'Try again',
    outdated: 'The certificate assistant is too old',
    ready: 'Certificate assistant ready',
    version: (version) => `Assistant ${version}`,
  },
};
