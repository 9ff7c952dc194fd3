import type { PhoneEnterprise, PhonePerson } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { day } from '../format/dates.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { people as texts } from '../i18n/people.ts';
import { Cell, Group } from '../ui/cell.tsx';
import { Facts } from '../ui/facts.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { Status } from '../ui/status.tsx';
import { enterprisesQuery, peopleQuery } from './people-queries.ts';
import { RemovePerson } from './remove-person.tsx';
import { TransferStep } from './transfer-step.tsx';

const route = getRouteApi('/member/verified/enterprises/$id/people/$personId');

/** 人员信息, with 转授管理员 for the administrator (MOB-046). */
export function PersonPage() {
  const t = useTexts(texts);
  const { noRecords } = useTexts(common);
  const { id, personId } = route.useParams();
  const people = useQuery(peopleQuery(id));
  const enterprises = useQuery(enterprisesQuery);
  const person = people.data?.people.find((one) => one.id === personId);
  const enterprise = enterprises.data?.find((one) => one.id === id);
  const administers = enterprise?.standing === 'ADMIN';
  return (
    <Screen
      title={t.person}
      back="/people"
      footer={
        person && administers && person.role === 'OPERATOR' ? (
          <TransferStep enterpriseId={id} person={person} />
        ) : undefined
      }
    >
      <Loaded query={people}>
        {() =>
          person === undefined || enterprise === undefined ? (
            enterprises.isPending ? null : (
              <Empty title={noRecords} />
            )
          ) : (
            <PersonBody person={person} enterprise={enterprise} />
          )
        }
      </Loaded>
    </Screen>
  );
}

function PersonBody({ person, enterprise }: { person: PhonePerson; enterprise: PhoneEnterprise }) {
  const t = useTexts(texts);
  const administers = enterprise.standing === 'ADMIN';
  return (
    <>
      <section className="panel">
        <h2>{person.self ? `${person.name}（${t.me}）` : person.name}</h2>
        <Facts
          facts={[
            { label: t.role, value: t.roles[person.role] },
            { label: t.mobile, value: <span className="figures">{person.mobileMasked}</span> },
            {
              label: t.realName,
              value: (
                <Status tone={person.verified ? 'good' : 'idle'}>
                  {person.verified ? t.verified : t.unverified}
                </Status>
              ),
            },
            { label: t.since, value: <time>{day(person.since)}</time> },
          ]}
        />
      </section>
      {administers && person.role === 'OPERATOR' ? (
        <Group>
          <Cell
            icon="grant"
            title={t.grants}
            value={t.grantsOf(person.grants)}
            link={{ to: '/grants/detail', search: { enterprise: enterprise.id, person: person.id } }}
          />
        </Group>
      ) : null}
      {person.role === 'OPERATOR' && (administers || person.self) ? (
        <RemovePerson enterpriseId={enterprise.id} person={person} />
      ) : null}
    </>
  );
}
