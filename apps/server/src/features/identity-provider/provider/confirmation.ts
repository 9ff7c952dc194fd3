import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { currentScope } from '../store/request-scope.ts';

const { base, Check, Prompt } = interactionPolicy;

/** What 确认登录 leaves with the interaction. */
export type Confirmation = { readonly confirmed: true; readonly sessionUid: string };

const confirmedRequests = new WeakSet<KoaContextWithOIDC>();

/**
 * Whether this very authorisation was confirmed twice by the holder, in this session (HUB-062, HUB-063): either on
 * the interaction that it resumes, or on the hub a moment ago, which is used up hereby.
 */
export function takeConfirmation(ctx: KoaContextWithOIDC): boolean {
  if (confirmedRequests.has(ctx)) return true;
  const { session, result, client } = ctx.oidc;
  const consent = result?.consent as Partial<Confirmation> | undefined;
  if (consent?.confirmed === true && consent.sessionUid === session?.uid) {
    confirmedRequests.add(ctx);
    return true;
  }
  const scope = currentScope();
  const uid = session?.uid;
  const clientId = client?.clientId;
  if (!scope || uid === undefined || clientId === undefined) return false;
  if (!scope.session(uid)?.intents.includes(clientId)) return false;
  scope.write({ do: 'use-intent', uid, clientId });
  confirmedRequests.add(ctx);
  return true;
}

/** The provider's own reasons to ask for a login; consent is asked for always, whatever was granted before. */
export function confirmationPolicy(): interactionPolicy.Prompt[] {
  const policy = base();
  policy.remove('consent');
  policy.add(
    new Prompt(
      { name: 'consent', requestable: true },
      new Check(
        'confirmation_missing',
        'the holder has to confirm this login',
        'interaction_required',
        (ctx) => (confirmedRequests.has(ctx) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT),
      ),
    ),
  );
  return policy;
}
