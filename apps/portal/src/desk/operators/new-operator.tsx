import { type DeskRole, deskRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { CertificateChoice } from '../../keybridge/certificate-choice.tsx';
import { KeyGate } from '../../keybridge/key-gate.tsx';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { TextArea, TextField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { RoleChoices } from './role-choices.tsx';

/** Add an operator, whose key is plugged in here: proposed by one person, decided by another. */
export function NewOperator() {
  const texts = useTexts(desk);
  const t = texts.operators;
  const { required } = useTexts(common);
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly DeskRole[]>([]);
  const [reason, setReason] = useState('');
  const [keyId, setKeyId] = useState<string>();
  const [tried, setTried] = useState(false);
  const add = useMutation({
    mutationFn: (certificate: string) =>
      call(deskRoutes.addOperator, {
        body: { name: name.trim(), roles: [...roles], certificate, reason: reason.trim() },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  const missing = (value: string) => (tried && value.trim() === '' ? required : undefined);
  const submit = (event: FormEvent, certificate: string | undefined) => {
    event.preventDefault();
    setTried(true);
    const complete = name.trim() !== '' && roles.length > 0 && reason.trim() !== '';
    if (complete && certificate !== undefined) add.mutate(certificate);
  };
  return (
    <Drawer title={t.add} back="/desk/operators">
      {add.data ? (
        <ProposedNote id={add.data.id} />
      ) : (
        <>
          <h3>{t.readKey}</h3>
          <KeyGate>
            {(certificates) => {
              const key =
                certificates.find((one) => one.keyId === keyId) ??
                (certificates.length === 1 ? certificates[0] : undefined);
              return (
                <form className="form" noValidate onSubmit={(event) => submit(event, key?.certificate)}>
                  <CertificateChoice certificates={certificates} chosen={key?.keyId} onChoose={setKeyId} />
                  <TextField
                    name="name"
                    label={t.name}
                    maxLength={50}
                    error={missing(name)}
                    value={name}
                    onValue={setName}
                  />
                  <RoleChoices
                    roles={roles}
                    onRoles={setRoles}
                    error={tried && roles.length === 0 ? t.rolesMissing : undefined}
                  />
                  <TextArea
                    name="reason"
                    label={texts.reason}
                    hint={texts.reasonHint}
                    maxLength={500}
                    error={missing(reason)}
                    value={reason}
                    onValue={setReason}
                  />
                  {add.error ? <ProblemBox error={add.error} /> : null}
                  <div className="row">
                    <Button kind="primary" type="submit" busy={add.isPending} disabled={key === undefined}>
                      {t.propose}
                    </Button>
                    <span className="faint">{texts.second}</span>
                  </div>
                </form>
              );
            }}
          </KeyGate>
        </>
      )}
    </Drawer>
  );
}
