import type { SignedChallenge } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { type ProblemError, toProblem } from '../../api/problem.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { KeySigner } from '../../keybridge/key-signer.tsx';
import type { Act } from '../../keybridge/pin-panel.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type KeyProofProps<T> = {
  act: Act;
  /** Sends the signed challenge; an authority that answers slowly may take a minute. */
  send: (proof: z.input<typeof SignedChallenge>) => Promise<T>;
  onDone: (answer: T) => void;
  advice?: (error: ProblemError) => ReactNode;
};

/** The inserted key proves itself: choose it, enter its password, hear what the library says. */
export function KeyProof<T>({ act, send, onDone, advice }: KeyProofProps<T>) {
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
      />
    );
  }
  return <KeySigner act={act} onSigned={(proof) => prove.mutate(proof)} />;
}
