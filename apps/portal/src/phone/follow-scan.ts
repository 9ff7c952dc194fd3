import { ScanSession, scanRoutes } from '@hufu/contracts';
import { acceptLanguage, addressOf, call } from '../api/client.ts';

const OPEN: readonly ScanSession['state'][] = ['WAITING', 'SCANNED', 'READY', 'CONFIRMED'];
export const isOpenScan = ({ state }: Pick<ScanSession, 'state'>): boolean => OPEN.includes(state);

type Following = {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly onScan: (scan: ScanSession) => void;
};

/**
 * Tells every change of a scan until it has ended. The server pushes; where something on the way swallows the stream,
 * it is asked instead.
 * @throws ProblemError when the scan cannot be asked after
 */
export async function followScan(following: Following): Promise<void> {
  if (!(await pushed(following))) await asked(following);
}

/** @returns false when no stream came about, or the server would not have it */
function pushed({ id, signal, onScan }: Following): Promise<boolean> {
  return new Promise((resolve) => {
    const address = addressOf(scanRoutes.events, {
      params: { id },
      query: { lang: acceptLanguage() === 'en' ? 'en' : 'zh' },
    });
    const stream = new EventSource(address);
    const end = (heard: boolean) => {
      stream.close();
      resolve(heard);
    };
    stream.addEventListener('scan', ({ data }: MessageEvent<string>) => {
      const scan = ScanSession.safeParse(JSON.parse(data));
      if (!scan.success) return end(false);
      if (signal.aborted) return end(true);
      onScan(scan.data);
      if (!isOpenScan(scan.data)) end(true);
    });
    // A stream that only broke off is taken up again by the browser itself.
    stream.addEventListener('error', () => {
      if (stream.readyState === EventSource.CLOSED) end(false);
    });
    signal.addEventListener('abort', () => end(true), { once: true });
  });
}

async function asked({ id, signal, onScan }: Following): Promise<void> {
  let version: number | undefined;
  while (!signal.aborted) {
    const scan = await call(scanRoutes.find, {
      params: { id },
      query: version === undefined ? {} : { wait: 10, version },
      signal,
    });
    if (scan.version !== version) onScan(scan);
    if (!isOpenScan(scan)) return;
    version = scan.version;
  }
}
