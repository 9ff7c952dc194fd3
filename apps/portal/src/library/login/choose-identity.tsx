import { type LibrarySession, libraryEntityRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { librarySessionQuery } from '../session/library-session.ts';

/** LIB-LOGIN-08: as what one acts, where the entity is more than one. */
export function ChooseIdentity({ session, onChosen }: { session: LibrarySession; onChosen?: () => void }) {
  const t = useTexts(library);
  const client = useQueryClient();
  const choose = useMutation({
    mutationFn: (identity: LibrarySession['entity']['roles'][number]) =>
      call(libraryEntityRoutes.chooseIdentity, { body: { identity } }),
    onSuccess: (next) => {
      client.setQueryData(librarySessionQuery.queryKey, next);
      onChosen?.();
    },
  });
  return (
    <Page title={t.choose.identityTitle} lead={t.choose.identityLead} narrow>
      <div className="stack-tight">
        {session.entity.roles.map((role) => (
          <button
            key={role}
            type="button"
            className="choice-card"
            aria-pressed={session.identity === role}
            disabled={choose.isPending}
            onClick={() => choose.mutate(role)}
          >
            <strong>{t.roles[role]}</strong>
            <span className="faint">{session.entity.name}</span>
          </button>
        ))}
        {choose.error ? <ProblemBox error={choose.error} /> : null}
      </div>
    </Page>
  );
}
