import { type PhonePerson, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { certificatesQuery, scopesQuery } from '../certificates/certificate-queries.ts';
import { grants as texts } from '../i18n/grants.ts';
import { useTexts } from '../i18n/language.tsx';
import { peopleQuery } from '../people/people-queries.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { PickList } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { grantsQuery } from './grant-queries.ts';
import { liveOf, openScopes } from './group-grants.ts';
import { ScopeChoice } from './scope-choice.tsx';
import './grants.css';

const route = getRouteApi('/member/verified/grants/new');

type Chosen = {
  readonly certificateId: string;
  readonly personId: string;
  readonly scopes: readonly string[];
};

/** 新增授权 (MOB-047): which certificate, who, where. */
export function NewGrantPage() {
  const t = useTexts(texts);
  const { enterprise = '', person = '', scope } = route.useSearch();
  const [chosen, setChosen] = useState<Chosen>({
    certificateId: '',
    personId: person,
    scopes: scope === undefined ? [] : [scope],
  });
  const [asked, setAsked] = useState(false);
  const certificates = useQuery(certificatesQuery('effective'));
  const people = useQuery(peopleQuery(enterprise));
  const own = certificates.data?.filter(
    (one) => one.enterprise?.id === enterprise && one.standing === 'HOLDER',
  );
  const certificateId = chosen.certificateId || (own?.length === 1 ? (own[0]?.id ?? '') : '');
  const client = useQueryClient();
  const grant = useMutation({
    mutationFn: () =>
      call(phoneRoutes.grant, {
        params: { id: enterprise },
        body: { certificateId, personId: chosen.personId, scopes: [...chosen.scopes] },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: grantsQuery(enterprise).queryKey }),
  });
  const complete = certificateId !== '' && chosen.personId !== '' && chosen.scopes.length > 0;
  const press = () => {
    setAsked(true);
    if (complete) grant.mutate();
  };
  if (grant.isSuccess) return <Granted certificateId={certificateId} />;
  const operators = people.data?.people.filter(({ role }) => role === 'OPERATOR') ?? [];
  const possible = (own?.length ?? 0) > 0 && operators.length > 0;
  return (
    <Screen
      title={t.form.title}
      back="/grants"
      footer={
        possible ? (
          <Button kind="primary" block busy={grant.isPending} onClick={press}>
            {t.form.submit}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={certificates}>
        {() =>
          own === undefined || own.length === 0 ? (
            <Empty title={t.form.noCertificate} />
          ) : (
            <PickList
              label={t.form.certificate}
              name="certificate"
              value={certificateId}
              onValue={(id) => setChosen({ ...chosen, certificateId: id })}
              choices={own.map(({ id, subjectName, serialNumber }) => ({
                value: id,
                label: subjectName,
                note: t.certificate(serialNumber.slice(-8)),
              }))}
            />
          )
        }
      </Loaded>
      <Loaded query={people}>
        {() => (
          <Persons
            operators={operators}
            value={chosen.personId}
            enterprise={enterprise}
            onValue={(personId) => setChosen({ ...chosen, personId })}
          />
        )}
      </Loaded>
      <Scopes
        enterprise={enterprise}
        person={chosen.personId}
        certificate={certificateId}
        values={chosen.scopes}
        onValues={(scopes) => setChosen({ ...chosen, scopes })}
      />
      {asked && !complete ? (
        <p className="field-error" role="alert">
          <Icon name="warning" size={16} />
          {t.form.missing}
        </p>
      ) : null}
      {grant.error ? <ProblemBox error={grant.error} /> : null}
    </Screen>
  );
}

type PersonsProps = {
  operators: readonly PhonePerson[];
  value: string;
  enterprise: string;
  onValue: (id: string) => void;
};

function Persons({ operators, value, enterprise, onValue }: PersonsProps) {
  const t = useTexts(texts);
  if (operators.length === 0) {
    return (
      <Empty title={t.form.noPerson}>
        <ButtonLink kind="primary" to="/people" search={{ enterprise }}>
          {t.form.toPeople}
        </ButtonLink>
      </Empty>
    );
  }
  return (
    <PickList
      label={t.form.person}
      name="person"
      value={value}
      onValue={onValue}
      choices={operators.map(({ id, name, mobileMasked }) => ({
        value: id,
        label: name,
        note: mobileMasked,
      }))}
    />
  );
}

type ScopesProps = {
  enterprise: string;
  person: string;
  certificate: string;
  values: readonly string[];
  onValues: (values: readonly string[]) => void;
};

/** What the person does not have yet with this certificate. */
function Scopes({ enterprise, person, certificate, values, onValues }: ScopesProps) {
  const scopes = useQuery(scopesQuery);
  const grants = useQuery(grantsQuery(enterprise)).data ?? [];
  const held = liveOf(grants).filter(
    (grant) => grant.person.id === person && grant.certificate.id === certificate,
  );
  return (
    <Loaded query={scopes}>
      {(all) => <ScopeChoice scopes={openScopes(all, held)} values={values} onValues={onValues} />}
    </Loaded>
  );
}

function Granted({ certificateId }: { certificateId: string }) {
  const t = useTexts(texts).form;
  return (
    <Screen title={t.title} back="/grants">
      <div className="done" role="status">
        <span className="done-mark">
          <Icon name="check" size={40} />
        </span>
        <h2>{t.done}</h2>
        <p>{t.doneText}</p>
        <ButtonLink kind="primary" block to="/grants" replace>
          {t.finish}
        </ButtonLink>
        <ButtonLink block to="/certificates/$id/offer" params={{ id: certificateId }}>
          {t.share}
        </ButtonLink>
      </div>
    </Screen>
  );
}
