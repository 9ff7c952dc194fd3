import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Task } from '../../signing/task-page.tsx';
import { librarySessionQuery } from '../session/library-session.ts';
import { AsHolder } from './as-holder.tsx';
import { letterQuery } from './letter-card.tsx';

const route = getRouteApi('/member/library/letter/$id');

/** 在线签署承诺书: 放置印章 → 确认签章 → 验章 → 完成签章. Leaving it, the registration may be complete. */
export function LetterPage() {
  const t = useTexts(library).letter;
  const { id } = route.useParams();
  const client = useQueryClient();
  useEffect(
    () => () => {
      void client.invalidateQueries({ queryKey: librarySessionQuery.queryKey });
      void client.invalidateQueries({ queryKey: letterQuery.queryKey });
      void client.invalidateQueries({ queryKey: ['library', 'sync-code'] });
    },
    [client],
  );
  return (
    <AsHolder>
      <Task id={id} back="/library/base" backWords={t.back} />
    </AsHolder>
  );
}
