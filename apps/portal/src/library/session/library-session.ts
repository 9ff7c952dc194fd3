import { type LibrarySession, libraryEntityRoutes } from '@hufu/contracts';
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { call } from '../../api/client.ts';
import { isCode } from '../../api/problem.ts';
import { dropAllDrafts } from '../form/draft-store.ts';
import type { Owner } from '../form/record-form.tsx';

/** Who is logged in to the library; null for nobody. */
export const librarySessionQuery = queryOptions({
  queryKey: ['library', 'session'],
  queryFn: async ({ signal }): Promise<LibrarySession | null> => {
    try {
      return await call(libraryEntityRoutes.session, { signal });
    } catch (error) {
      if (isCode(error, 'LIBRARY_SESSION_REQUIRED')) return null;
      throw error;
    }
  },
  staleTime: 15_000,
});

/** After a login: nothing of an earlier session may show any more. */
export function enterLibrary(client: QueryClient, session: LibrarySession): void {
  forgetOthers(client);
  client.setQueryData(librarySessionQuery.queryKey, session);
}

/** Signing and seals answer the library's pages by its session: they go with it. */
function forgetOthers(client: QueryClient): void {
  client.removeQueries({
    predicate: ({ queryKey: [realm, part] }) =>
      (realm === 'library' && part !== 'session') ||
      (realm === 'hub' && (part === 'signing' || part === 'seals')),
  });
}

export function useLibraryLogout(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(libraryEntityRoutes.logout),
    onSuccess: () => {
      dropAllDrafts();
      forgetOthers(client);
      client.setQueryData(librarySessionQuery.queryKey, null);
      onDone();
    },
  });
}

export type Member = {
  readonly session: LibrarySession;
  readonly owner: Owner;
  /** Whether this caller may maintain a module, to show only what can be used; the server decides. */
  readonly maintains: (module: string) => boolean;
  /** The primary key, or the natural person: what belongs to the entity as a whole. */
  readonly owns: boolean;
};

export function memberOf(session: LibrarySession): Member {
  const { entity, standing, modules } = session;
  const writes = entity.state !== 'FROZEN' && standing !== 'SECONDARY';
  return {
    session,
    owner: { id: entity.id, name: entity.name, uscc: entity.uscc },
    owns: writes && (standing === 'PRIMARY' || standing === 'NATURAL'),
    maintains: (module) => writes && (modules === 'all' || modules.includes(module)),
  };
}

export const MemberContext = createContext<Member | undefined>(undefined);

/** The member whose pages these are. Only below the library's layout. */
export function useMember(): Member {
  const member = useContext(MemberContext);
  if (member === undefined) throw new Error('outside the pages of the library');
  return member;
}
