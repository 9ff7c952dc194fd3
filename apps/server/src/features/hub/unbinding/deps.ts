import type { WorkingCalendar } from '@hufu/kernel';
import type { Attachments } from '../../../infra/attachments/attachments.ts';
import type { Mailer } from '../../../infra/mail/mail.ts';
import type { Outbox } from '../../../infra/outbox/outbox.ts';
import type { HubDeps } from '../deps.ts';

export type UnbindDeps = HubDeps & {
  readonly mailer: Mailer;
  readonly outbox: Outbox;
  readonly attachments: Attachments;
  readonly calendar: WorkingCalendar;
};
