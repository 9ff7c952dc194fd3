import { useQuery } from '@tanstack/react-query';
import { apply } from '../../i18n/apply.ts';
import { useTexts } from '../../i18n/language.tsx';
import { enterprisesQuery } from '../../people/people-queries.ts';
import { Cell, Group } from '../../ui/cell.tsx';
import { TextField } from '../../ui/form.tsx';
import type { StepProps } from './step-props.ts';

/** 认领企业 (MOB-011): name and code, or an enterprise that one administers already. */
export function EnterpriseStep({ order, draft, errors }: StepProps) {
  const t = useTexts(apply);
  const own = useQuery(enterprisesQuery).data?.filter(({ standing }) => standing !== 'OPERATOR') ?? [];
  const { form, change } = draft;
  const empty = form.enterpriseName === '' && form.uscc === '';
  return (
    <>
      <TextField
        label={t.fields.enterpriseName}
        hint={t.enterpriseHint}
        maxLength={200}
        autoComplete="organization"
        error={errors['enterpriseName']}
        value={form.enterpriseName}
        onValue={(enterpriseName) => change({ enterpriseName })}
      />
      <TextField
        label={t.fields.uscc}
        hint={t.usccHint}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        className="figures"
        error={errors['uscc']}
        value={form.uscc}
        onValue={(uscc) => change({ uscc })}
      />
      {order.kind === 'NEW' && empty && own.length > 0 ? (
        <Group title={t.ownEnterprises}>
          {own.map(({ id, name, uscc }) => (
            <Cell
              key={id}
              title={name}
              note={<span className="figures">{uscc}</span>}
              onPress={() => change({ enterpriseName: name, uscc })}
            />
          ))}
        </Group>
      ) : null}
      {order.kind === 'NEW' ? <p className="faint">{t.claimNote}</p> : null}
    </>
  );
}
