import { useQuery } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext } from 'react';
import { sessionQuery } from '../api/session.ts';
import { WithSession } from '../hub/need-login.tsx';

type Address = NonNullable<LinkProps['to']>;

/** Who seals here: pages of seals and documents serve the hub's session and the library's alike. */
export type Holder = {
  readonly primary: boolean;
  /** SHA-256 of the certificate of this login, hexadecimal; the only one whose key may sign. */
  readonly fingerprint: string | undefined;
  readonly seals: Address;
  readonly newSeal: Address;
  readonly documents: Address;
};

/** Given by pages of another realm; without it, the hub's session counts. */
export const HolderContext = createContext<Holder | undefined>(undefined);

const HUB = { seals: '/seals', newSeal: '/seals/new', documents: '/signing' } as const;

export function useHolder(): Holder {
  const given = useContext(HolderContext);
  const { data } = useQuery({ ...sessionQuery, enabled: given === undefined });
  return (
    given ?? {
      ...HUB,
      primary: data?.role === 'PRIMARY',
      fingerprint: data?.certificate.fingerprint.toLowerCase(),
    }
  );
}

/** Shows its children to a holder; to others the way to log in. */
export function WithHolder({ children }: { children: (holder: Holder) => ReactNode }) {
  const given = useContext(HolderContext);
  if (given !== undefined) return children(given);
  return <WithSession>{() => <ForHolder>{children}</ForHolder>}</WithSession>;
}

function ForHolder({ children }: { children: (holder: Holder) => ReactNode }) {
  return children(useHolder());
}
