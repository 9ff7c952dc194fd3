import { type PhonePerson, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useTexts } from '../i18n/language.tsx';
import { people as texts } from '../i18n/people.ts';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';

type RemovePersonProps = { enterpriseId: string; person: PhonePerson };

/** The administrator removes a person, or a person leaves: grants end, halves are destroyed. */
export function RemovePerson({ enterpriseId, person }: RemovePersonProps) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const action = person.self ? t.leave : t.remove;
  const remove = useMutation({
    mutationFn: () => call(phoneRoutes.removePerson, { params: { id: enterpriseId, personId: person.id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['people'] });
      await client.invalidateQueries({ queryKey: ['certificates'] });
      void navigate({ to: '/people', replace: true });
    },
  });
  return (
    <>
      <button type="button" className="destroy-link" onClick={() => setOpen(true)}>
        {action}
      </button>
      {open ? (
        <ConfirmSheet
          title={person.self ? t.leaveTitle : t.removeTitle(person.name)}
          action={action}
          destroys
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setOpen(false)}
        >
          <p>{person.self ? t.leaveText : t.removeText}</p>
        </ConfirmSheet>
      ) : null}
    </>
  );
}
