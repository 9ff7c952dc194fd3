import { phoneRoutes } from '@hufu/contracts';
import { isSameUnitName, normaliseUscc } from '@hufu/kernel';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { type ProblemError, problemTitle, toProblem } from '../api/problem.ts';
import { useLanguage } from '../i18n/language.tsx';
import { enterprisesQuery } from '../people/people-queries.ts';
import type { Draft } from './use-draft.ts';

/** Refusals that belong beside a field. */
const FIELD_OF: Readonly<Record<string, string>> = {
  PHONE_NAME_MISMATCH: 'enterpriseName',
};

/** 认领企业 (MOB-011): what is wrong with the name or the code is told at once, not after the review. */
export function useClaim(draft: Draft) {
  const client = useQueryClient();
  const { language } = useLanguage();
  const claim = useMutation({
    mutationFn: async () => {
      const name = draft.form.enterpriseName.trim();
      const uscc = normaliseUscc(draft.form.uscc);
      await draft.flush();
      const known = await client.fetchQuery(enterprisesQuery);
      if (
        known.some(
          (one) => one.uscc === uscc && one.standing !== 'OPERATOR' && isSameUnitName(one.name, name),
        )
      ) {
        return;
      }
      await call(phoneRoutes.claim, { body: { name, uscc } });
      await client.invalidateQueries({ queryKey: enterprisesQuery.queryKey });
    },
  });
  const problem: ProblemError | undefined = claim.error ? toProblem(claim.error) : undefined;
  const field = problem && FIELD_OF[problem.code];
  return {
    busy: claim.isPending,
    /** What is not about a field. */
    error: field === undefined ? problem : undefined,
    complaints:
      field === undefined || problem === undefined
        ? {}
        : { [field]: problemTitle(problem.problem, language) },
    /** Whether the enterprise is claimed. */
    take: () =>
      claim.mutateAsync().then(
        () => true,
        () => false,
      ),
  };
}
