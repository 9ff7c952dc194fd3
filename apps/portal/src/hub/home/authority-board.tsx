import type { AuthorityContact } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { authoritiesQuery } from '../../api/site.ts';
import { common } from '../../i18n/common.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { AuthorityHealth } from '../authority-health.tsx';

/** The state of every recognised authority on one board. */
export function AuthorityBoard() {
  const authorities = useQuery({ ...authoritiesQuery, refetchInterval: 60_000 });
  return (
    <Loaded query={authorities} skeleton={<Skeleton lines={1} tall />}>
      {(list) => (
        <ul className="board">
          {list
            .filter((authority) => authority.joined)
            .map((authority) => (
              <BoardLine key={authority.id} authority={authority} />
            ))}
        </ul>
      )}
    </Loaded>
  );
}

function BoardLine({ authority }: { authority: AuthorityContact }) {
  const t = useTexts(common);
  const named = useNamed();
  return (
    <li className="board-line">
      <span className="board-name">{named(authority)}</span>
      <AuthorityHealth authority={authority} />
      <span className="faint">
        {t.hotline} <PhoneLink phone={authority.phone} />
      </span>
    </li>
  );
}
