import { type PhoneUse, phoneRoutes } from '@hufu/contracts';
import { getRouteApi } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { minute } from '../format/dates.ts';
import { useTexts } from '../i18n/language.tsx';
import { uses as texts } from '../i18n/uses.ts';
import { Button } from '../ui/button.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { UseOutcome } from './use-outcome.tsx';
import { usePages } from './use-pages.ts';
import './messages.css';

const route = getRouteApi('/member/uses');

/** 最近使用: every use of a key, one's own and of the certificates that one administers. */
export function UsesPage() {
  const t = useTexts(texts);
  const { certificate } = route.useSearch();
  const uses = usePages(['uses', 'pages', certificate ?? 'all'], (page, signal) =>
    call(phoneRoutes.uses, {
      query: { page, pageSize: 20, ...(certificate && { certificateId: certificate }) },
      signal,
    }),
  );
  return (
    <Screen title={t.title} back="/">
      <Loaded query={uses}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={t.empty}>{t.emptyText}</Empty>;
          return (
            <>
              <Group>
                {items.map((use) => (
                  <UseRow key={use.id} use={use} />
                ))}
              </Group>
              {uses.hasNextPage ? (
                <Button block busy={uses.isFetchingNextPage} onClick={() => void uses.fetchNextPage()}>
                  {t.more}
                </Button>
              ) : null}
              <Group title={t.notMine}>
                <Cell icon="device" title={t.toDevices} note={t.notMineText} link={{ to: '/devices' }} />
              </Group>
            </>
          );
        }}
      </Loaded>
    </Screen>
  );
}

function UseRow({ use }: { use: PhoneUse }) {
  const t = useTexts(texts);
  const { purpose, count, certificate, person, deviceName, origin, at, outcome } = use;
  return (
    <Cell
      title={count > 1 ? `${t.purposes[purpose]}（${t.countOf(count)}）` : t.purposes[purpose]}
      note={
        <>
          {certificate ? <span className="note-line">{certificate.subjectName}</span> : null}
          <span className="note-line">{t.by(person, deviceName)}</span>
          {origin ? <span className="note-line">{origin}</span> : null}
          <time className="note-line figures">{minute(at)}</time>
        </>
      }
      value={<UseOutcome outcome={outcome} />}
    />
  );
}
