import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';

/** What is wrong with a group of choices, below it. */
export function StepFault({ error, children }: { error: string | undefined; children: ReactNode }) {
  return (
    <div className={error ? 'pick-wrong' : undefined}>
      {children}
      {error ? (
        <p className="field-error" role="alert">
          <Icon name="warning" size={16} />
          {error}
        </p>
      ) : null}
    </div>
  );
}
