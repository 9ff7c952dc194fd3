import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type AlertTone = 'info' | 'good' | 'attention' | 'bad';

const ICONS: Readonly<Record<AlertTone, IconName>> = {
  info: 'info',
  good: 'check',
  attention: 'warning',
  bad: 'stop',
};

type AlertProps = {
  tone: AlertTone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Read out as soon as it appears. */
  announced?: boolean;
};

export function Alert({ tone, title, children, actions, announced = false }: AlertProps) {
  return (
    <div className={`alert alert-${tone}`} role={announced ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} size={20} />
      <div className="alert-body">
        <p className="alert-title">{title}</p>
        {children ? <div className="alert-text">{children}</div> : null}
        {actions ? <div className="alert-actions">{actions}</div> : null}
      </div>
    </div>
  );
}
