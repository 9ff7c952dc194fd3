import { type LibraryWarning, type UnreadWarnings, warningRoutes } from '@hufu/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import { unreadQuery } from '../layout/notice-bell.tsx';
import { MailPreferences } from './mail-preferences.tsx';

const route = getRouteApi('/member/library/notices');
const TONES: Readonly<Record<LibraryWarning['tone'], Tone>> = {
  info: 'busy',
  warning: 'attention',
  urgent: 'bad',
};

/** 消息提醒: the newest first, each with the way to what it is about. */
export function NoticesPage() {
  const t = useTexts(library).notices;
  const client = useQueryClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { unread, ...page } = search;
  const list = useQuery({
    queryKey: ['library', 'warnings', 'list', search],
    queryFn: ({ signal }) =>
      call(warningRoutes.list, { query: { ...page, ...(unread ? { unread: 'true' } : {}) }, signal }),
    placeholderData: keepPreviousData,
  });
  const read = useMutation({
    mutationFn: (which: { ids: string[] } | { all: true }) => call(warningRoutes.read, { body: which }),
    onSuccess: (counts: UnreadWarnings) => {
      client.setQueryData(unreadQuery.queryKey, counts);
      void client.invalidateQueries({ queryKey: ['library', 'warnings', 'list'] });
    },
  });
  return (
    <Page
      title={t.title}
      aside={
        list.data && list.data.total > 0 ? (
          <Button busy={read.isPending} onClick={() => read.mutate({ all: true })}>
            {t.allRead}
          </Button>
        ) : null
      }
    >
      <div className="stack">
        <label className="choice agree">
          <input
            type="checkbox"
            checked={unread === true}
            onChange={(event) => void navigate({ search: event.target.checked ? { unread: true } : {} })}
          />
          <span>{t.unreadOnly}</span>
        </label>
        <Loaded query={list} skeleton={<Skeleton lines={5} />}>
          {(data) =>
            data.total === 0 ? (
              <Empty title={t.empty} />
            ) : (
              <div className="stack-tight">
                <ul className="notice-list">
                  {data.items.map((notice) => (
                    <Notice
                      key={notice.id}
                      notice={notice}
                      onRead={() => read.mutate({ ids: [notice.id] })}
                    />
                  ))}
                </ul>
                <Pager {...data} />
              </div>
            )
          }
        </Loaded>
        <MailPreferences />
      </div>
    </Page>
  );
}

function Notice({ notice, onRead }: { notice: LibraryWarning; onRead: () => void }) {
  const t = useTexts(library).notices;
  const { kind, tone, text, link, at, read } = notice;
  const noteRead = () => {
    if (!read) onRead();
  };
  return (
    <li className={read ? 'notice' : 'notice notice-unread'}>
      <Status tone={TONES[tone]}>{t.kinds[kind]}</Status>
      <span className="notice-text">{text}</span>
      <time className="figures faint">{minute(at)}</time>
      <span className="row">
        {link ? (
          <Link to={link as '/library/home'} onClick={noteRead}>
            {t.go}
          </Link>
        ) : null}
        {read ? null : (
          <button type="button" className="link-button" onClick={noteRead}>
            {t.markRead}
          </button>
        )}
      </span>
    </li>
  );
}
