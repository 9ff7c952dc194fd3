import { DeskRole } from '@hufu/contracts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Choices } from '../../ui/form.tsx';
import { useDeskRoles } from '../desk-session.ts';

type RoleChoicesProps = {
  roles: readonly DeskRole[];
  onRoles: (roles: readonly DeskRole[]) => void;
  error: string | undefined;
};

/** Nobody grants a role that they do not hold: only those are offered, beside what is held already. */
export function RoleChoices({ roles, onRoles, error }: RoleChoicesProps) {
  const texts = useTexts(desk);
  const has = useDeskRoles();
  const offered = DeskRole.options.filter((role) => has(role) || roles.includes(role));
  return (
    <Choices
      name="roles"
      label={texts.operators.roles}
      error={error}
      values={roles}
      onValues={(values) => onRoles(DeskRole.options.filter((role) => values.includes(role)))}
      options={offered.map((value) => ({ value, label: texts.roles[value] }))}
    />
  );
}
