import { type UnbindReceipt, unbindRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { type ProblemError, toProblem } from '../../api/problem.ts';
import { upload } from '../../api/upload.ts';
import type { UnbindRequest } from './unbind-form.tsx';

export type Receipt = z.infer<typeof UnbindReceipt>;

/** Sends an application, or a corrected one when `token` names it. */
export function useSubmitUnbind(token: string | undefined, onDone: (receipt: Receipt) => void) {
  const [sent, setSent] = useState<number>();
  const submit = useMutation({
    mutationFn: async ({ form, files }: UnbindRequest): Promise<Receipt> => {
      setSent(0);
      const common = { form, files, onProgress: setSent };
      return token === undefined
        ? upload(unbindRoutes.submit, common)
        : upload(unbindRoutes.resubmit, { ...common, params: { token } });
    },
    onSuccess: onDone,
    onSettled: () => setSent(undefined),
  });
  const error: ProblemError | undefined = submit.error ? toProblem(submit.error) : undefined;
  return { submit: submit.mutate, sent, error };
}
