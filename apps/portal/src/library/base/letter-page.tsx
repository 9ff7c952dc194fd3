import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { taskQuery } from '../../signing/signing-query.ts';
import { Task } from '../../signing/task-page.tsx';
import { Alert } from '../../ui/alert.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { librarySessionQuery, useMember } from '../session/library-session.ts';
import { AsHolder } from './as-holder.tsx';
import { letterQuery } from './letter-card.tsx';

const route = getRouteApi('/member/library/letter/$id');

/** 在线签署承诺书: 放置印章 → 确认签章 → 验章 → 完成签章. Once it is 已签章, the registration may be complete. */
export function LetterPage() {
  const t = useTexts(library);
  const { id } = route.useParams();
  const client = useQueryClient();
  const { session } = useMember();
  const task = useQuery(taskQuery(id));
  const signed = task.data?.mine?.status === 'SIGNED';
  useEffect(() => {
    if (!signed) return;
    void client.invalidateQueries({ queryKey: librarySessionQuery.queryKey });
    void client.invalidateQueries({ queryKey: letterQuery.queryKey });
    void client.invalidateQueries({ queryKey: ['library', 'sync-code'] });
  }, [signed, client]);
  return (
    <div className="stack">
      {signed && session.entity.state === 'ACTIVE' ? (
        <Alert
          tone="good"
          announced
          title={t.base.finished}
          actions={
            <ButtonLink kind="primary" to="/library/home">
              {t.nav.home}
            </ButtonLink>
          }
        />
      ) : null}
      <AsHolder>
        <Task id={id} back="/library/base" backWords={t.letter.back} alone />
      </AsHolder>
    </div>
  );
}
