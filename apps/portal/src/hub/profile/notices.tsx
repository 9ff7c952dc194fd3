import { hubRoutes, type Notice } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { profile as profileTexts } from '../../i18n/profile.ts';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Status } from '../../ui/status.tsx';
import { noticesQuery } from './profile-query.ts';

type NoticeView = z.infer<typeof Notice>;

/** What happened to the enterprise's keys, for every holder of one of them. */
export function Notices() {
  const t = useTexts(profileTexts);
  const client = useQueryClient();
  const notices = useQuery(noticesQuery);
  const read = useMutation({
    mutationFn: () => call(hubRoutes.readNotices),
    onSuccess: () => client.invalidateQueries({ queryKey: ['hub'] }),
  });
  const unread = notices.data?.some((notice) => notice.readAt === null) ?? false;
  return (
    <section className="card" id="notices">
      <div className="card-head">
        <h2>{t.notices}</h2>
        {unread ? (
          <Button kind="quiet" icon="check" busy={read.isPending} onClick={() => read.mutate()}>
            {t.readAll}
          </Button>
        ) : null}
      </div>
      <Loaded query={notices}>
        {(list) =>
          list.length === 0 ? (
            <p className="faint">{t.noNotices}</p>
          ) : (
            <ul>
              {list.map((notice) => (
                <NoticeLine key={notice.id} notice={notice} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

/** The server's addresses for what is on this page anyway. */
const HERE = new Set(['/me', '/profile']);

function NoticeLine({ notice }: { notice: NoticeView }) {
  const t = useTexts(profileTexts);
  return (
    <li className="notice">
      <p className="notice-head">
        {notice.title}
        {notice.readAt === null ? <Status tone="busy">{t.unread}</Status> : null}
        <time className="faint">{minute(notice.at)}</time>
      </p>
      <p>{notice.body}</p>
      {notice.href && !HERE.has(notice.href) ? (
        <p>
          <Link to={notice.href}>{t.open}</Link>
        </p>
      ) : null}
    </li>
  );
}
