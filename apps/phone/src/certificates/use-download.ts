import type { PhoneCertificate, RaIssued, RaOrder } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isCode, toProblem } from '../api/problem.ts';
import { putOrder } from '../apply/order-queries.ts';
import {
  abandonDownload,
  type DownloadStep,
  fetchCertificate,
  prepareDownload,
} from './download-certificate.ts';
import { pendingDownload } from './pending-download.ts';

type Given = { readonly order: RaOrder; readonly former: PhoneCertificate | undefined };

/** What the authority says no to, for good: the keys are of no use any more. */
const isRefused = (error: unknown): boolean => isCode(error, 'RA_CSR', 'RA_KEY_SAME', 'PHONE_HALF_FOREIGN');

/** The download as the page sees it: its step, its end, and how to go on after a failure. */
export function useDownload({ order, former }: Given) {
  const client = useQueryClient();
  const [step, setStep] = useState<DownloadStep>();
  const run = useMutation({
    mutationFn: async (pin: string | undefined): Promise<RaIssued> => {
      const ready =
        pendingDownload.of(order.id) ??
        (pin === undefined ? undefined : await prepareDownload({ order, pin, former, onStep: setStep }));
      if (ready === undefined) throw toProblem(undefined);
      setStep('issue');
      try {
        const issued = await fetchCertificate(order.id, ready);
        setStep('store');
        return issued;
      } catch (error) {
        if (isRefused(error)) await abandonDownload(order.id, ready);
        throw error;
      }
    },
    onSuccess: async ({ order: answer }) => {
      putOrder(client, answer);
      await client.invalidateQueries({ queryKey: ['certificates'] });
    },
  });
  return {
    step,
    busy: run.isPending,
    error: run.error,
    issued: run.data,
    start: (pin: string) => run.mutate(pin),
    /** With the requests that are ready: no PIN is needed. */
    resume: pendingDownload.of(order.id) === undefined ? undefined : () => run.mutate(undefined),
    reset: run.reset,
  };
}
