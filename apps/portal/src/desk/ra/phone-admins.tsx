import { deskPhoneRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { day } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty, Loaded } from '../../ui/loaded.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { ReplaceAdmin } from './replace-admin.tsx';

const letterOf = (id: string): string => deskPhoneRoutes.letter.path.replace(':id', encodeURIComponent(id));

/** 更换管理员 (SM-MOB-ADMIN): what was taken down here, with the letter that whoever decides must read. */
export function PhoneAdmins() {
  const t = useTexts(ra).admins;
  const has = useDeskRoles();
  const [asking, setAsking] = useState(false);
  const [proposed, setProposed] = useState<string>();
  const replacements = useQuery({
    queryKey: ['desk', 'ra', 'phone-admins'],
    queryFn: ({ signal }) => call(deskPhoneRoutes.list, { query: { page: 1, pageSize: 20 }, signal }),
  });
  return (
    <section className="stack" aria-labelledby="phone-admins">
      <h2 id="phone-admins">{t.title}</h2>
      <p>{t.text}</p>
      {has('clerk', 'reviewer') ? (
        <div>
          <Button onClick={() => setAsking(true)}>{t.replace}</Button>
        </div>
      ) : null}
      {proposed === undefined ? null : <ProposedNote id={proposed} />}
      <Loaded query={replacements}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.none} />
          ) : (
            <DataTable
              caption={t.title}
              rows={items}
              rowKey={(row) => row.id}
              columns={[
                { key: 'enterprise', label: t.enterprise, render: (row) => row.enterprise.name },
                { key: 'former', label: t.former, render: (row) => row.former },
                { key: 'candidate', label: t.candidate, render: (row) => row.candidate },
                { key: 'state', label: t.state, render: (row) => t.states[row.state] },
                { key: 'at', label: t.at, render: (row) => <time>{day(row.at)}</time> },
                {
                  key: 'letter',
                  label: t.letter,
                  render: (row) => (
                    <a href={letterOf(row.id)} target="_blank" rel="noreferrer">
                      {t.open}
                    </a>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {asking ? <ReplaceAdmin onProposed={setProposed} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}
