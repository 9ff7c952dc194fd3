import type { PhoneEnterprise, PhonePeople } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { day } from '../format/dates.ts';
import { useTexts } from '../i18n/language.tsx';
import { people as texts } from '../i18n/people.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { EnterpriseChoice } from './enterprise-choice.tsx';
import { Invitations } from './invitations.tsx';
import { InviteSheet } from './invite-sheet.tsx';
import { enterprisesQuery, peopleQuery } from './people-queries.ts';

const route = getRouteApi('/member/verified/people');

/** 人员管理: the enterprise on top (MOB-044), its people below (MOB-046). */
export function PeoplePage() {
  const t = useTexts(texts);
  const { enterprise: chosen } = route.useSearch();
  const navigate = useNavigate();
  const [inviting, setInviting] = useState(false);
  const enterprises = useQuery(enterprisesQuery);
  const current = enterprises.data?.find(({ id }) => id === chosen) ?? enterprises.data?.[0];
  return (
    <Screen
      title={t.title}
      back="/"
      action={
        current?.standing === 'ADMIN' ? (
          <button
            type="button"
            className="icon-button"
            aria-label={t.invite}
            onClick={() => setInviting(true)}
          >
            <Icon name="plus" size={22} />
          </button>
        ) : null
      }
    >
      <Loaded query={enterprises} skeleton={<Skeleton lines={2} tall />}>
        {(all) =>
          current === undefined ? (
            <Empty title={t.none}>
              <p>{t.noneText}</p>
              <ButtonLink kind="primary" to="/apply" search={{ applicant: 'ENTERPRISE' }}>
                {t.apply}
              </ButtonLink>
            </Empty>
          ) : (
            <>
              <EnterpriseChoice
                enterprises={all}
                value={current.id}
                onValue={(id) => void navigate({ to: '/people', search: { enterprise: id }, replace: true })}
              />
              <PeopleOf enterprise={current} />
            </>
          )
        }
      </Loaded>
      {inviting && current ? (
        <InviteSheet enterpriseId={current.id} onClose={() => setInviting(false)} />
      ) : null}
    </Screen>
  );
}

function PeopleOf({ enterprise }: { enterprise: PhoneEnterprise }) {
  const t = useTexts(texts);
  const { id, name, standing } = enterprise;
  const people = useQuery({ ...peopleQuery(id), enabled: standing !== 'CLAIMED' });
  return (
    <>
      <Group>
        <Cell
          icon="card"
          title={name}
          note={t.openEnterprise}
          value={t.standings[standing]}
          link={{ to: '/enterprises/$id', params: { id } }}
        />
      </Group>
      {standing === 'CLAIMED' ? (
        <p className="faint">{t.claimedNote}</p>
      ) : (
        <Loaded query={people}>{(data) => <PeopleRows enterprise={enterprise} data={data} />}</Loaded>
      )}
    </>
  );
}

function PeopleRows({ enterprise, data }: { enterprise: PhoneEnterprise; data: PhonePeople }) {
  const t = useTexts(texts);
  return (
    <>
      <Group title={t.people} note={enterprise.standing === 'ADMIN' ? undefined : t.onlyAdmin}>
        {data.people.map((person) => (
          <Cell
            key={person.id}
            icon="person"
            title={person.self ? `${person.name}（${t.me}）` : person.name}
            note={
              person.transferId === null ? (
                <>
                  {person.mobileMasked} · <time>{day(person.since)}</time>
                </>
              ) : (
                t.waitingTransfer
              )
            }
            value={t.roles[person.role]}
            link={{
              to: '/enterprises/$id/people/$personId',
              params: { id: enterprise.id, personId: person.id },
            }}
          />
        ))}
      </Group>
      <Invitations enterpriseId={enterprise.id} invitations={data.invitations} />
    </>
  );
}
