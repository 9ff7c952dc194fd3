import { type RaForm, type RaOrder, raRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { call } from '../api/client.ts';
import { isCode } from '../api/problem.ts';
import { createDraftKeeper, type DraftState } from './draft-keeper.ts';
import { orderQuery, putOrder } from './order-queries.ts';

const PAUSE_MS = 900;

const afterPause = (run: () => void): (() => void) => {
  const timer = setTimeout(run, PAUSE_MS);
  return () => clearTimeout(timer);
};

export type Draft = {
  readonly form: RaForm;
  readonly state: DraftState;
  readonly change: (part: Partial<RaForm>) => void;
  /** Saves what is not saved yet. */
  readonly flush: () => Promise<void>;
};

/** The form of an order while it is being filled in: kept at the server, so that another phone goes on with it. */
export function useDraft(order: RaOrder): Draft {
  const client = useQueryClient();
  const [form, setForm] = useState(order.form);
  const [state, setState] = useState<DraftState>('saved');
  const { id } = order;

  const keeper = useMemo(() => {
    const put = async (next: RaForm): Promise<void> => {
      const { version } = await client.ensureQueryData(orderQuery(id));
      putOrder(client, await call(raRoutes.save, { params: { id }, body: { version, form: next } }));
    };
    return createDraftKeeper<RaForm>({
      // A file that was handed in meanwhile has made the version older: the form still counts.
      save: async (next) => {
        try {
          await put(next);
        } catch (error) {
          if (!isCode(error, 'RA_STALE')) throw error;
          await client.fetchQuery(orderQuery(id));
          await put(next);
        }
      },
      onState: setState,
      later: afterPause,
    });
  }, [client, id]);

  useEffect(() => {
    const online = () => void keeper.flush().catch(() => undefined);
    addEventListener('online', online);
    return () => {
      removeEventListener('online', online);
      void keeper.flush().catch(() => undefined);
    };
  }, [keeper]);

  const change = useCallback(
    (part: Partial<RaForm>) => {
      setForm((before) => {
        const after = { ...before, ...part };
        keeper.change(after);
        return after;
      });
    },
    [keeper],
  );
  return { form, state, change, flush: keeper.flush };
}
