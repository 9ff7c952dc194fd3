import { type RaOrder, raRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { type ProblemError, toProblem } from '../api/problem.ts';
import { complaintsByField } from './complaints.ts';
import { orderQuery, putOrder } from './order-queries.ts';
import type { Draft } from './use-draft.ts';

/** MOB-045 and OD-31: what was confirmed about files that the change may lose. */
export type Accepted = { readonly acceptWarning: boolean; readonly acceptEnvelopes: string[] };

/** 提交, after the last typing has been saved (MOB-015, OD-28). */
export function useSubmit(order: RaOrder, draft: Draft) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const submit = useMutation({
    mutationFn: async (accepted: Accepted) => {
      await draft.flush();
      const { version } = await client.ensureQueryData(orderQuery(order.id));
      return call(raRoutes.submit, {
        params: { id: order.id },
        body: { version, declared: true, ...accepted },
      });
    },
    onSuccess: (answer) => {
      putOrder(client, answer);
      void navigate({ to: '/orders/$id', params: { id: order.id }, replace: true });
    },
  });
  const error: ProblemError | undefined = submit.error ? toProblem(submit.error) : undefined;
  return {
    send: submit.mutate,
    busy: submit.isPending,
    error,
    complaints: complaintsByField(error?.errors ?? []),
  };
}
