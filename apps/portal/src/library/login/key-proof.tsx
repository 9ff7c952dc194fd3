import type { ScanAct } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type ProblemError, toProblem } from '../../api/problem.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import type { Proof } from '../../keybridge/pin-panel.tsx';
import type { Means } from '../../phone/means.tsx';
import { Signer } from '../../phone/signer.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type KeyProofProps<T> = {
  act: ScanAct;
  /** Sends the signed challenge; an authority that answers slowly may take a minute. */
  send: (proof: Proof) => Promise<T>;
  onDone: (answer: T) => void;
  only?: Means;
  /** What scanning is called here. */
  phoneLabel?: string;
  /** Why, in a sentence. */
  explain?: (error: ProblemError) => ReactNode;
  /** What to press next. */
  advice?: (error: ProblemError) => ReactNode;
};

/** A certificate proves itself, on a lock or on a phone; then one hears what the library says. */
export function KeyProof<T>({ send, onDone, explain, advice, ...signing }: KeyProofProps<T>) {
  const t = useTexts(library).login;
  const prove = useMutation({ mutationFn: send, onSuccess: onDone });
  if (prove.isPending) {
    return (
      <div role="status" className="stack-tight">
        <p>{t.checking}</p>
        <Skeleton lines={2} />
      </div>
    );
  }
  if (prove.error) {
    const problem = toProblem(prove.error);
    return (
      <ProblemBox
        error={problem}
        actions={
          <>
            {advice?.(problem)}
            <Button icon="refresh" onClick={() => prove.reset()}>
              {problem.problem.retry === 'never' ? t.another : t.retry}
            </Button>
          </>
        }
      >
        {explain?.(problem)}
      </ProblemBox>
    );
  }
  return <Signer {...signing} onSigned={(proof) => prove.mutate(proof)} />;
}
