import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { HolderContext } from '../../app/holder.tsx';
import { keysQuery } from '../keys/keys-query.ts';
import { useMember } from '../session/library-session.ts';

/** Seals and documents by the library's session: the key of this login signs. */
export function AsHolder({ children }: { children: ReactNode }) {
  const { owns } = useMember();
  const keys = useQuery(keysQuery);
  const own = keys.data?.find((key) => key.own);
  return (
    <HolderContext
      value={{
        primary: owns,
        fingerprint: own?.fingerprint.toLowerCase(),
        seals: '/library/seals',
        newSeal: '/library/seals/new',
        documents: '/library/base',
      }}
    >
      {children}
    </HolderContext>
  );
}
