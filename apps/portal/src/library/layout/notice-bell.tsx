import { warningRoutes } from '@hufu/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Icon } from '../../ui/icon.tsx';

export const unreadQuery = queryOptions({
  queryKey: ['library', 'warnings', 'unread'],
  queryFn: ({ signal }) => call(warningRoutes.unread, { signal }),
  staleTime: 30_000,
  refetchInterval: 120_000,
});

/** How many notices this person has not read. */
export function NoticeBell() {
  const t = useTexts(library).nav;
  const { data } = useQuery(unreadQuery);
  const count = data?.unread ?? 0;
  return (
    <Link
      to="/library/notices"
      className="bell"
      aria-label={count > 0 ? `${t.notices} ${t.unread(count)}` : t.notices}
    >
      <Icon name="bell" size={20} />
      <span>{t.notices}</span>
      {count > 0 ? <span className="bell-count figures">{count > 99 ? '99+' : count}</span> : null}
    </Link>
  );
}
