import { type PhoneMessage, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { minute } from '../format/dates.ts';
import { useTexts } from '../i18n/language.tsx';
import { messages as texts } from '../i18n/messages.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { factReader } from './message-facts.ts';
import { messageTarget } from './message-target.ts';
import { useFactWords } from './use-fact-words.ts';
import { usePages } from './use-pages.ts';
import './messages.css';

const KEY = ['messages'] as const;

/** 消息, the newest first; one that is opened counts as read. */
export function MessagesPage() {
  const t = useTexts(texts);
  const client = useQueryClient();
  const messages = usePages(KEY, (page, signal) =>
    call(phoneRoutes.messages, { query: { page, pageSize: 20 }, signal }),
  );
  const read = useMutation({
    mutationFn: (ids?: string[]) =>
      call(phoneRoutes.readMessages, { body: ids === undefined ? {} : { ids } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: KEY });
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const items = messages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Screen title={t.title} back="/">
      <Loaded query={messages}>
        {() =>
          items.length === 0 ? (
            <Empty title={t.empty}>{t.emptyText}</Empty>
          ) : (
            <>
              {items.some((message) => !message.read) ? (
                <div className="messages-head">
                  <Button
                    kind="quiet"
                    icon="check"
                    busy={read.isPending}
                    onClick={() => read.mutate(undefined)}
                  >
                    {t.readAll}
                  </Button>
                </div>
              ) : null}
              <ul className="cells">
                {items.map((message) => (
                  <MessageRow
                    key={message.id}
                    message={message}
                    onOpen={() => message.read || read.mutate([message.id])}
                  />
                ))}
              </ul>
              {messages.hasNextPage ? (
                <Button
                  block
                  busy={messages.isFetchingNextPage}
                  onClick={() => void messages.fetchNextPage()}
                >
                  {t.more}
                </Button>
              ) : null}
            </>
          )
        }
      </Loaded>
    </Screen>
  );
}

function MessageRow({ message, onOpen }: { message: PhoneMessage; onOpen: () => void }) {
  const t = useTexts(texts);
  const { kind, at, read } = message;
  const fact = factReader(message, useFactWords());
  return (
    <li>
      <Link {...messageTarget(message)} className="cell cell-way" onClick={onOpen}>
        <span className="cell-text">
          <span className={read ? 'cell-title' : 'cell-title message-new'}>
            {t.kinds[kind]}
            {read ? null : <span className="visually-hidden">（{t.unread}）</span>}
          </span>
          <span className="cell-note">{t.texts[kind](fact)}</span>
          <time className="cell-note figures">{minute(at)}</time>
        </span>
        <Icon name="right" size={16} />
      </Link>
    </li>
  );
}
