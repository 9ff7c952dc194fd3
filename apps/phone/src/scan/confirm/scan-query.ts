import { type PhoneScan, phoneScanRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { queryClient } from '../../app/query-client.ts';
import type { Scanned } from '../scanned.ts';
import { assertTogether } from './scan-messages.ts';

const OPEN: readonly PhoneScan['state'][] = ['WAITING', 'SCANNED', 'READY', 'CONFIRMED'];

export const isOpenScan = ({ state }: PhoneScan): boolean => OPEN.includes(state);

/** Seconds that the server may hold a question back until something changes. */
const WAIT = 15;

/** After a question that got no answer. */
const PAUSE_MS = 2500;

/** A scan, followed until it ends: what happens on the page shows on the phone. */
export const scanQuery = ({ token }: Scanned) => {
  const queryKey = ['scan', token] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<PhoneScan> => {
      const known = queryClient.getQueryData<PhoneScan>(queryKey);
      const scan = await (known === undefined
        ? call(phoneScanRoutes.read, { body: { token }, signal })
        : call(phoneScanRoutes.find, {
            params: { id: known.id },
            query: { wait: WAIT, version: known.version },
            signal,
          }));
      assertTogether(scan);
      return scan;
    },
    refetchInterval: ({ state: { data, error } }) => {
      if (data === undefined || !isOpenScan(data)) return false;
      return error === null ? 300 : PAUSE_MS;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
};
