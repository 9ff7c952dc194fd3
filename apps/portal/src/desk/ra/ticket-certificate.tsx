import { type DeskRaCertificate, deskRaRoutes } from '@hufu/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { day } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { SelectField, TextField } from '../../ui/form.tsx';

type TicketCertificateProps = {
  chosen: string;
  onChoose: (certificate: DeskRaCertificate | undefined) => void;
};

/** The certificate that a ticket is about, found by its holder's name, code or serial number. */
export function TicketCertificate({ chosen, onChoose }: TicketCertificateProps) {
  const t = useTexts(ra);
  const [typed, setTyped] = useState('');
  const q = typed.trim();
  const { data } = useQuery({
    queryKey: ['desk', 'ra', 'certificates', 'of-ticket', q],
    queryFn: ({ signal }) =>
      call(deskRaRoutes.certificates, {
        query: { page: 1, pageSize: 20, ...(q === '' ? {} : { q }) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const items = data?.items ?? [];
  return (
    <>
      <TextField
        name="find"
        label={t.findCertificate}
        hint={t.findCertificateHint}
        optional
        autoComplete="off"
        value={typed}
        onValue={setTyped}
      />
      <SelectField
        name="certificateId"
        label={t.ofCertificate}
        placeholder=""
        value={chosen}
        onValue={(id) => onChoose(items.find((one) => one.id === id))}
        options={items.map((one) => ({
          value: one.id,
          label: `${one.holder} · ${t.media[one.medium]} · ${t.certificateStates[one.state]} · ${day(one.validTo)}`,
        }))}
      />
    </>
  );
}
