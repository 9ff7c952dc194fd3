import { type PhoneInvitation, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { day } from '../format/dates.ts';
import { useTexts } from '../i18n/language.tsx';
import { people as texts } from '../i18n/people.ts';
import { Button } from '../ui/button.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { peopleQuery } from './people-queries.ts';

type InvitationsProps = { enterpriseId: string; invitations: readonly PhoneInvitation[] };

/** Invitations that have not been answered. */
export function Invitations({ enterpriseId, invitations }: InvitationsProps) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (id: string) => call(phoneRoutes.withdrawInvitation, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: peopleQuery(enterpriseId).queryKey }),
  });
  if (invitations.length === 0) return null;
  return (
    <>
      <Group title={t.invitations}>
        {invitations.map(({ id, mobileMasked, expiresAt }) => (
          <Cell
            key={id}
            icon="inbox"
            title={<span className="figures">{mobileMasked}</span>}
            note={t.until(day(expiresAt))}
            value={
              <Button
                kind="quiet"
                aria-label={`${t.withdrawInvitation}：${mobileMasked}`}
                busy={withdraw.isPending && withdraw.variables === id}
                onClick={() => withdraw.mutate(id)}
              >
                {t.withdrawInvitation}
              </Button>
            }
          />
        ))}
      </Group>
      {withdraw.error ? <ProblemBox error={withdraw.error} /> : null}
    </>
  );
}
