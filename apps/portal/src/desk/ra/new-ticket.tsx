import { type DeskRaCertificate, deskRaRoutes, RaApplicant, RaKind, raRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { SelectField, TextField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { TicketCertificate } from './ticket-certificate.tsx';

const EMPTY = {
  channel: 'COUNTER',
  kind: 'NEW',
  certificateId: '',
  applicant: 'ENTERPRISE',
  authority: '',
  sealOrg: '',
  years: '1',
  enterpriseName: '',
  uscc: '',
  legalRepName: '',
  legalRepIdNo: '',
  personName: '',
  personIdNo: '',
  expertNo: '',
  contactPhone: '',
  mailAddress: '',
};
type Values = typeof EMPTY;
type Name = keyof Values;

const UNIT: readonly Name[] = ['enterpriseName', 'uscc', 'legalRepName', 'legalRepIdNo'];
const PERSON: readonly Name[] = ['personName', 'personIdNo'];

/** Which fields this applicant has (F-CAAPP). */
const textsOf = ({ applicant, channel }: Values): readonly Name[] => [
  ...(applicant === 'ENTERPRISE' ? UNIT : PERSON),
  ...(applicant === 'EXPERT' ? (['expertNo'] as const) : []),
  'contactPhone',
  ...(channel === 'ONLINE' ? (['mailAddress'] as const) : []),
];

const OPTIONAL: ReadonlySet<Name> = new Set(['contactPhone']);

function ticketOf(values: Values) {
  const { channel, kind, certificateId, applicant, personName, personIdNo, years, ...form } = values;
  return {
    channel: channel === 'ONLINE' ? ('ONLINE' as const) : ('COUNTER' as const),
    kind: RaKind.parse(kind),
    ...(certificateId === '' ? {} : { certificateId }),
    applicant: RaApplicant.parse(applicant),
    personName,
    personIdNo,
    form: { ...form, years: Number(years) },
  };
}

/** What the register knows of the holder need not be typed again. */
const ofHolder = (certificate: DeskRaCertificate): Partial<Values> => ({
  certificateId: certificate.id,
  applicant: certificate.applicant,
  authority: certificate.authority.id,
  uscc: certificate.uscc,
  expertNo: certificate.expertNo ?? '',
  // A person's name is masked here, and read from the card.
  ...(certificate.applicant === 'ENTERPRISE' ? { enterpriseName: certificate.holder } : {}),
});

/** SM-CA-TICKET: an application is taken down; the material follows in its drawer. */
export function NewTicket() {
  const t = useTexts(ra);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [values, setValues] = useState<Values>(EMPTY);
  const { data: options } = useQuery({
    queryKey: ['ra', 'options'],
    queryFn: ({ signal }) => call(raRoutes.options, { signal }),
  });
  const set = (name: Name) => (value: string) => setValues((old) => ({ ...old, [name]: value }));
  const take = useMutation({
    mutationFn: () => call(deskRaRoutes.create, { body: ticketOf(values) }),
    async onSuccess({ id }) {
      await client.invalidateQueries({ queryKey: ['desk', 'ra'] });
      await navigate({ to: '/desk/ra/$id', params: { id }, search: true });
    },
  });
  const labels = t.form as Readonly<Record<string, string>>;
  const authorities = options?.authorities ?? [];
  const sealOrgs = options?.sealOrgs ?? [];
  return (
    <Drawer
      title={t.newTicketTitle}
      back="/desk/ra"
      wide
      actions={
        <Button kind="primary" busy={take.isPending} onClick={() => take.mutate()}>
          {t.take}
        </Button>
      }
    >
      <form className="stack" onSubmit={(event) => event.preventDefault()}>
        <p>{t.newTicketText}</p>
        <SelectField
          name="channel"
          label={t.channel}
          value={values.channel}
          onValue={set('channel')}
          options={(['COUNTER', 'ONLINE'] as const).map((value) => ({ value, label: t.channels[value] }))}
        />
        <SelectField
          name="kind"
          label={t.kind}
          value={values.kind}
          onValue={(kind) => setValues((old) => ({ ...old, kind, certificateId: '' }))}
          options={RaKind.options.map((value) => ({ value, label: t.kinds[value] }))}
        />
        {values.kind === 'NEW' ? (
          <SelectField
            name="applicant"
            label={t.applicant}
            value={values.applicant}
            onValue={set('applicant')}
            options={RaApplicant.options.map((value) => ({ value, label: t.applicants[value] }))}
          />
        ) : (
          <TicketCertificate
            chosen={values.certificateId}
            onChoose={(found) =>
              setValues((old) => ({ ...old, ...(found ? ofHolder(found) : { certificateId: '' }) }))
            }
          />
        )}
        {textsOf(values).map((name) => (
          <TextField
            key={name}
            name={name}
            label={labels[name] ?? name}
            optional={OPTIONAL.has(name)}
            autoComplete="off"
            value={values[name]}
            onValue={set(name)}
          />
        ))}
        <SelectField
          name="authority"
          label={t.form.authority}
          placeholder=""
          value={values.authority}
          onValue={set('authority')}
          options={authorities.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {values.applicant === 'ENTERPRISE' ? (
          <SelectField
            name="sealOrg"
            label={t.form.sealOrg}
            placeholder=""
            value={values.sealOrg}
            onValue={set('sealOrg')}
            options={sealOrgs.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        <SelectField
          name="years"
          label={t.form.years}
          value={values.years}
          onValue={set('years')}
          options={['1', '2', '3'].map((value) => ({ value, label: t.yearsOf(Number(value)) }))}
        />
        {take.error ? <ProblemBox error={take.error} /> : null}
      </form>
    </Drawer>
  );
}
