import type { Shape } from '../language.tsx';
import type { scan as zh } from '../zh/scan.ts';

export const scan: Shape<typeof zh> = {
  title: 'Scan',
  camera: 'Picture of the camera',
  starting: 'Starting the camera…',
  aim: 'Hold the QR code of the page inside the frame',
  refused: 'The camera is not allowed',
  refusedText:
    'Allow it in the browser’s settings for this site; or choose a picture of the code, or paste its link.',
  absent: 'The camera cannot be used',
  absentText: 'There is none, or another app holds it. Choose a picture of the code, or paste its link.',
  torch: 'Light',
  picture: 'Picture',
  link: 'Paste a link',
  linkLabel: 'Link of the code',
  linkHint: 'Copy the link “open on this device” below the code of the page',
  linkGo: 'Go on',
};
