import type { AuditActor, AuditOrigin } from '../../infra/audit/audit.ts';
import type { Infra } from '../../infra/infra.ts';
import type { HubSigner } from './jws/hub-signer.ts';
import type { ExchangePorts } from './ports.ts';

/** What the use cases of the exchange stand on. */
export type ExchangeDeps = Infra & ExchangePorts & { readonly signer: HubSigner };

/** A platform that calls, and from where. */
export type PlatformBy = { readonly code: string; readonly clientId: string; readonly from: AuditOrigin };

/** Who looks after the exchange: an operator, or the installation itself when it begins. */
export type DeskBy = { readonly actor: AuditActor; readonly from?: AuditOrigin };

export const platformActor = ({ code }: Pick<PlatformBy, 'code'>): AuditActor => ({
  kind: 'platform',
  id: code,
});
