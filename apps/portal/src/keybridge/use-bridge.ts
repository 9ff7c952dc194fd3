import type { KeyBridge } from '@hufu/keybridge-client';
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isCode, localProblem, type ProblemError, toProblem } from '../api/problem.ts';
import { type KeyCertificate, useBridge } from './bridge.ts';

export type BridgeState =
  | { readonly at: 'checking' }
  | { readonly at: 'absent' | 'blocked' | 'outdated' | 'failed'; readonly error: ProblemError }
  | { readonly at: 'unpaired' }
  | { readonly at: 'empty'; readonly error: ProblemError }
  | { readonly at: 'ready'; readonly certificates: readonly KeyCertificate[] };

const LOOK_AGAIN = 3000;

/** Where the certificate assistant stands for this page, kept current: it goes on by itself once things are right. */
export function useBridgeState(): { state: BridgeState; lookAgain: () => void; looking: boolean } {
  const bridge = useBridge();
  const client = useQueryClient();
  const status = useQuery({
    queryKey: ['bridge', 'status'],
    queryFn: bridge === undefined ? skipToken : () => find(bridge),
    retry: false,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      isCode(asProblem(state.error), 'BRIDGE_NOT_RUNNING') ? LOOK_AGAIN : false,
  });
  const paired = status.data?.paired === true;
  const certificates = useQuery({
    queryKey: ['bridge', 'certificates'],
    queryFn: bridge === undefined || !paired ? skipToken : () => bridge.listCertificates(),
    retry: false,
    staleTime: 0,
  });

  useEffect(() => {
    if (!paired || bridge === undefined) return;
    const refresh = () => void client.invalidateQueries({ queryKey: ['bridge', 'certificates'] });
    const lost = () => void client.invalidateQueries({ queryKey: ['bridge', 'status'] });
    return bridge.watchTokens({ onChange: refresh, onLost: lost });
  }, [paired, bridge, client]);

  const lookAgain = () => void client.invalidateQueries({ queryKey: ['bridge'] });
  const looking = status.isFetching || certificates.isFetching;
  return { state: stateOf(), lookAgain, looking };

  function stateOf(): BridgeState {
    if (status.error) return failed(toProblem(status.error));
    if (status.data === undefined) return { at: 'checking' };
    if (!paired || isCode(asProblem(certificates.error), 'BRIDGE_NOT_PAIRED')) return { at: 'unpaired' };
    if (certificates.error) return failed(toProblem(certificates.error));
    if (certificates.data === undefined) return { at: 'checking' };
    const usable = certificates.data.filter((one) => one.usage === 'sign');
    if (usable.length === 0) return { at: 'empty', error: localProblem('TOKEN_NO_CERTIFICATE') };
    return { at: 'ready', certificates: usable };
  }
}

/** Approved by the bridge, and the secret of the pairing still at hand. */
async function find(bridge: KeyBridge): Promise<{ version: string; paired: boolean }> {
  const { version, approved } = await bridge.detect();
  return { version, paired: approved && (await bridge.isPaired()) };
}

const asProblem = (error: unknown): ProblemError | undefined =>
  error === null ? undefined : toProblem(error);

function failed(error: ProblemError): BridgeState {
  if (isCode(error, 'BRIDGE_NOT_RUNNING')) return { at: 'absent', error };
  if (isCode(error, 'BRIDGE_BLOCKED_BY_BROWSER')) return { at: 'blocked', error };
  if (isCode(error, 'BRIDGE_VERSION')) return { at: 'outdated', error };
  if (isCode(error, 'BRIDGE_NOT_PAIRED')) return { at: 'unpaired' };
  if (isCode(error, 'TOKEN_ABSENT', 'TOKEN_NO_CERTIFICATE')) return { at: 'empty', error };
  return { at: 'failed', error };
}
