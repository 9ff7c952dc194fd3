import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { ButtonLink } from '../../ui/button.tsx';

/** A step was proposed; a second person decides. */
export function ProposedNote({ id }: { id: string }) {
  const t = useTexts(desk);
  return (
    <Alert
      tone="good"
      title={t.proposed}
      announced
      actions={
        <ButtonLink to="/desk/approvals/$id" params={{ id }}>
          {t.seeApprovals}
        </ButtonLink>
      }
    />
  );
}
